//! The items of the cart, each built once for as long as nothing changes that it shows: an answer
//! costs the lines that changed, and the others are the very branches they were before.

use super::item;
use crate::cart::memo::{ItemDocuments, ShownLine, ShownLines};
use crate::cart::{Line, Visit};
use crate::value::{Map, Value};
use std::sync::Arc;

/// The list that was answered, and the one before it.
const MOST_KEPT: usize = 2;

/// One item.
pub(in crate::api) fn one_item(visit: &Visit<'_>, line: &Line, thumb: bool) -> Value {
    remembered(visit, line, &shown_lines(visit, thumb, false))
}

/// The items of some lines, or the shorter form of removed ones.
pub(super) fn list(visit: &Visit<'_>, lines: &[&Line], thumb: bool, removed: bool) -> Vec<Value> {
    if lines.is_empty() {
        return Vec::new();
    }
    let shown = shown_lines(visit, thumb, removed);
    lines.iter().map(|line| remembered(visit, line, &shown)).collect()
}

/// All items by item key: `cart/items`, and `items` of the keyed profiles.
pub(in crate::api) fn keyed_items(visit: &Visit<'_>, thumb: bool) -> Map {
    let items = items(visit, thumb);
    let mut map = Map::with_capacity(items.len());
    for (line, item) in visit.cart.lines.iter().zip(items.iter()) {
        map.push(line.key.clone(), item.clone());
    }
    map
}

/// The items of all lines as they stand.
pub(super) fn items(visit: &Visit<'_>, thumb: bool) -> Arc<Vec<Value>> {
    let (lines, memo) = (&visit.cart.lines, &visit.cart.memo.items);
    let shown = shown_lines(visit, thumb, false);
    let priced: Vec<usize> = visit.posted_prices().filter_map(|key| lines.position(key)).collect();
    let mut all = memo.take().unwrap_or_default();
    all.retain(|known| *known.shown == *shown);
    let known = to_renew(&mut all);
    let changed = known.as_ref().and_then(|known| {
        let changed = lines.changed_since(known.moment)?;
        (!changed.moved() || known.priced.is_empty()).then_some(changed)
    });
    let documents = match (known, changed) {
        (Some(mut known), Some(changed)) => {
            let list = Arc::make_mut(&mut known.list);
            changed.take_out(list);
            for at in changed.touched.iter().chain(&known.priced).chain(&priced) {
                let Some(line) = lines.get(*at) else { continue };
                let item = remembered(visit, line, &known.shown);
                match list.get_mut(*at) {
                    Some(slot) => *slot = item,
                    None => list.push(item),
                }
            }
            ItemDocuments { moment: lines.moment(), priced, ..known }
        }
        _ => {
            let list = lines.iter().map(|line| remembered(visit, line, &shown)).collect();
            ItemDocuments { moment: lines.moment(), shown, priced, list: Arc::new(list) }
        }
    };
    let list = Arc::clone(&documents.list);
    all.insert(0, documents);
    all.truncate(MOST_KEPT);
    memo.put(all);
    list
}

/// The documents to bring up to date: those whose list nobody else has, which needs no copy, else
/// the newest.
fn to_renew(all: &mut Vec<ItemDocuments>) -> Option<ItemDocuments> {
    match all.iter().position(|known| Arc::strong_count(&known.list) == 1) {
        Some(at) => Some(all.remove(at)),
        None => all.first().cloned(),
    }
}

fn shown_lines(visit: &Visit<'_>, thumb: bool, removed: bool) -> Arc<ShownLines> {
    let tells_sales = visit.profile.is_v5();
    Arc::new(ShownLines {
        revision: visit.shop.revision(),
        profile: visit.profile,
        thumb,
        removed,
        taxed_at: visit.taxed_at(),
        now: tells_sales.then_some(visit.now),
    })
}

fn remembered(visit: &Visit<'_>, line: &Line, all: &Arc<ShownLines>) -> Value {
    let totals = line.totals.as_ref();
    let posted = visit.cart.price_overrides.iter().find(|(key, _)| *key == line.key);
    let shown = ShownLine {
        all: Arc::clone(all),
        posted_price: posted.map(|(_, price)| price.clone()),
        custom_price: visit.custom_price(&line.key),
    };
    let figures = totals.map_or([0.0; 4], |t| [t.subtotal, t.subtotal_tax, t.total, t.tax]);
    let figures = (line.quantity, figures);
    let memo = &line.memo.document;
    let known = memo.take().filter(|(of, _, _)| *of == shown);
    let is_same = known.as_ref().is_some_and(|(_, own, _)| *own == figures);
    let build = || item::build(visit, line, all.thumb, all.removed);
    let mut item = known.map_or_else(build, |(_, _, item)| item);
    if !is_same {
        item::renew(visit, line, all.removed, &mut item);
    }
    memo.put((shown, figures, item.clone()));
    item
}
