//! Which products a list holds, and in which order (`spec/cocart-v2.md` 7.1).

use super::args::ids;
use super::{Context, dates, order};
use crate::api::Profile;
use crate::api::params::text_of;
use crate::store::{ATTRIBUTE_PREFIX, Product, ProductStatus, ProductType, Term, to_f64};
use crate::value::{Map, Value};
use crate::woo::{Direction, builtin, find, number, sort, text};
use std::cmp::Ordering;

/// What a list is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Products,
    /// The variations of a product.
    Variations(u64),
}

/// The products that a request's filters let through, in the order asked for.
pub(super) fn find<'r>(context: &'r Context<'_>, source: Source) -> Vec<&'r Product> {
    let query = Query { context, posted: &context.asked.params.merged };
    let all = &context.visit.shop.snapshot().products;
    let mut found: Vec<&Product> = all
        .iter()
        .filter(|product| product.status == ProductStatus::Publish)
        .filter(|product| query.is_of_kind(product, source) && query.lets_through(product))
        .collect();
    order::sort(context, query.posted, &mut found);
    found
}

struct Query<'r, 'a> {
    context: &'r Context<'a>,
    posted: &'r Map,
}

impl Query<'_, '_> {
    /// A parameter's text, if it says anything to PHP.
    fn text(&self, name: &str) -> Option<String> {
        let text = self.posted.get(name).and_then(text_of)?.trim().to_owned();
        (!text::is_empty(&text)).then_some(text)
    }

    /// A truth value; where the route does not declare it, it stays a text, which is none.
    fn flag(&self, name: &str) -> Option<bool> {
        let is_one = self.context.declared.named(name).is_some();
        (is_one && self.posted.contains(name)).then(|| self.context.asked.params.flag(name))
    }

    /// Whether an id is among those of a parameter that has any.
    fn names(&self, name: &str, id: u64) -> Option<bool> {
        let ids = self.posted.get(name).map(ids).filter(|ids| !ids.is_empty())?;
        Some(ids.contains(&id))
    }

    fn is_of_kind(&self, product: &Product, source: Source) -> bool {
        let is_variation = product.kind == ProductType::Variation;
        if let Source::Variations(parent) = source
            && product.parent_id != parent
        {
            return false;
        }
        match self.text("type").as_deref() {
            Some("variation") => is_variation,
            // the variations of a product have no type
            kind if source != Source::Products => is_variation && kind.is_none(),
            Some(kind) => product.kind.name() == kind,
            // a SKU is looked for among the variations as well
            None => !is_variation || self.text("sku").is_some(),
        }
    }

    fn lets_through(&self, product: &Product) -> bool {
        self.is_listed(product)
            && self.is_visible(product)
            && self.is_on_sale_as_asked(product)
            && self.has_price(product)
            && self.has_terms(product)
            && self.is_found(product)
            && self.is_dated(product)
            // 4.3.6 takes the parameter and forgets it on products (`spec/server-defects.md` A)
            && self.text("stock_status").is_none_or(|asked| asked == product.stock_status.name())
    }

    fn is_listed(&self, product: &Product) -> bool {
        // who asks for what is on sale, or is not, asks for nothing else by id
        let by_sale = self.flag("on_sale");
        (by_sale == Some(true) || self.names("include", product.id) != Some(false))
            && (by_sale == Some(false) || self.names("exclude", product.id) != Some(true))
            && self.names("parent", product.parent_id) != Some(false)
            && self.names("parent_exclude", product.parent_id) != Some(true)
            && self.text("slug").is_none_or(|slug| product.slug == text::slug(&slug))
            && self.has_sku(product)
    }

    fn has_sku(&self, product: &Product) -> bool {
        let Some(asked) = self.text("sku") else { return true };
        // a variation shows its parent's SKU where it has none of its own
        let inherited =
            product.parent_id != 0 && self.context.visit.shop.parent(product).sku == product.sku;
        let own = if inherited { "" } else { product.sku.as_str() };
        !own.is_empty()
            && asked
                .split(',')
                .chain([asked.as_str()])
                .any(|sku| text::folded(sku) == text::folded(own))
    }

    fn is_visible(&self, product: &Product) -> bool {
        let asked = self.text("catalog_visibility");
        let own = match product.kind {
            ProductType::Variation => "visible",
            _ => product.catalog_visibility.as_str(),
        };
        let own = if own.is_empty() { "visible" } else { own };
        let visible = match asked.as_deref().unwrap_or("visible") {
            "any" => true,
            "visible" => own == "visible",
            "hidden" => own == "hidden",
            place => own == "visible" || own == place,
        };
        let details = self.context.details(product);
        let featured = self.flag("featured").is_none_or(|asked| details.featured == asked);
        let rating = number::float_of(&product.average_rating).round();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let rated = self.names("rating", rating as u64).is_none_or(|named| named && rating > 0.0);
        visible && featured && rated
    }

    fn is_on_sale_as_asked(&self, product: &Product) -> bool {
        self.flag("on_sale").is_none_or(|asked| {
            let visit = &self.context.visit;
            let on_sale = match product.kind {
                ProductType::Variable => {
                    visit.shop.variations(product.id).iter().any(|v| visit.is_on_sale(v))
                }
                _ => visit.is_on_sale(product),
            };
            on_sale == asked
        })
    }

    fn has_price(&self, product: &Product) -> bool {
        let visit = &self.context.visit;
        let rounding = visit.generation.rounding;
        let rounded =
            |price: f64, places: u8| rounding.php(price, i32::from(places), Direction::Up);
        let prices = prices(self.context, product);
        if self.flag("hide_free") == Some(true) {
            // 4.3.6 has the database compare whole numbers
            let places =
                if visit.profile == Profile::V43 { 0 } else { visit.settings().price_decimals };
            if !prices.iter().any(|price| rounded(*price, places) > 0.0) {
                return false;
            }
        }
        if self.text("min_price").is_none() && self.text("max_price").is_none() {
            return true;
        }
        // where one bound counts, the other does as well, be it 0
        let bound = |name: &str| Some(number::float_of(&text_of(self.posted.get(name)?)?));
        let (least, most) = (bound("min_price"), bound("max_price"));
        prices.iter().any(|price| {
            let price = rounded(*price, visit.settings().price_decimals);
            price >= least.unwrap_or(0.0) && most.is_none_or(|most| price <= most)
        })
    }

    fn has_terms(&self, product: &Product) -> bool {
        // a variation's categories are its parent's
        let categories: &[u32] = match product.kind {
            ProductType::Variation => &[],
            _ => &product.category_ids,
        };
        self.is_among("tag", &self.context.details(product).tag_ids)
            && self.is_among("category", categories)
            && self.has_attributes(product)
    }

    /// 4.3.6 knows neither `not in` nor lists of terms, and joins attributes by "and" alone.
    fn is_as_recorded(&self) -> bool {
        self.context.visit.profile == Profile::V43
    }

    /// Whether a list of answers is what an operator asks for.
    fn holds(&self, operator: Option<String>, answers: &[bool]) -> bool {
        match operator.as_deref() {
            Some("not in") if !self.is_as_recorded() => !answers.contains(&true),
            Some("and") => !answers.contains(&false),
            _ => answers.contains(&true),
        }
    }

    /// Whether the terms asked for, ids or slugs, are among a product's own. What is below a
    /// category counts as in it, and "and" asks for all of that; variations have no terms.
    fn is_among(&self, taxonomy: &str, own: &[u32]) -> bool {
        let Some(asked) = self.text(taxonomy) else { return true };
        let shop = self.context.visit.shop;
        let operator = self.text(&format!("{taxonomy}_operator"));
        let wants_all = operator.as_deref() == Some("and");
        let terms = match taxonomy {
            "category" => &self.context.catalogue.categories,
            _ => &self.context.catalogue.tags,
        };
        let has = |term: &str| {
            let (id, slug) = (term.trim().parse::<u32>(), text::slug(term));
            let is_named =
                |term: &&Term| id.as_ref().map_or(term.slug == slug, |id| term.id == *id);
            let Some(named) = terms.iter().find(is_named) else { return false };
            let is_below = |term: &&Term| shop.with_ancestors(&[term.id]).contains(&named.id);
            let mut below = terms.iter().filter(is_below);
            let is_own = |term: &Term| own.contains(&term.id);
            if wants_all { below.all(is_own) } else { below.any(is_own) }
        };
        let between = if self.is_as_recorded() { '\0' } else { ',' };
        self.holds(operator, &asked.split(between).map(has).collect::<Vec<_>>())
    }

    fn has_attributes(&self, product: &Product) -> bool {
        let asked = self.posted.get("attributes").map(Value::elements).unwrap_or_default();
        let answers = asked.into_iter().filter_map(|filter| self.has_attribute(product, filter));
        let answers: Vec<bool> = answers.collect();
        let relation = if self.is_as_recorded() { None } else { self.text("attribute_relation") };
        let relation = relation.or_else(|| Some("and".to_owned()));
        answers.is_empty() || self.holds(relation, &answers)
    }

    /// The answer of one filter; `None` where it names no term or no global attribute.
    fn has_attribute(&self, product: &Product, filter: &Value) -> Option<bool> {
        let name = filter.get("attribute").and_then(text_of)?;
        let attribute = self.context.catalogue.attributes.iter().find(|a| a.slug == name)?;
        let terms = filter.get("term_id").map(ids).unwrap_or_default();
        let slugs: Vec<String> = if terms.is_empty() {
            match filter.get("slug")? {
                Value::Text(text) => text.split(',').map(|slug| slug.trim().to_owned()).collect(),
                list => list.elements().into_iter().filter_map(text_of).collect(),
            }
        } else {
            let known = attribute.terms.iter().filter(|t| terms.contains(&u64::from(t.id)));
            known.map(|term| term.slug.clone()).collect()
        };
        if slugs.iter().all(String::is_empty) && terms.is_empty() {
            return None;
        }
        let own = product.attributes.iter().find(|a| a.slug == name);
        let key = format!("{ATTRIBUTE_PREFIX}{name}");
        let has = |slug: &String| {
            own.is_some_and(|a| a.options.iter().any(|o| o.value == *slug))
                || product.variation.iter().any(|(own, value)| *own == key && value == slug)
        };
        let operator = filter.get("operator").and_then(text_of);
        Some(self.holds(operator, &slugs.iter().map(has).collect::<Vec<_>>()))
    }

    /// WordPress's search: every word in the title or in one of the texts.
    fn is_found(&self, product: &Product) -> bool {
        let Some(asked) = self.text("search") else { return true };
        let details = self.context.details(product);
        let texts = [&product.name, &details.description, &details.short_description];
        let texts = texts.map(|text| text::folded(text));
        search_words(&asked).iter().all(|word| {
            let (word, wanted) = match word.strip_prefix('-').filter(|rest| !rest.is_empty()) {
                Some(rest) => (text::folded(rest), false),
                None => (text::folded(word), true),
            };
            texts.iter().any(|text| find::contains(text, &word)) == wanted
        })
    }

    /// By the shop's clock, to the second: as texts, which a zone does not change.
    fn is_dated(&self, product: &Product) -> bool {
        let local = dates::local(self.context.details(product).created);
        let asked = |name: &str| {
            let text = find::replace(&find::replace(&self.text(name)?, " ", "T"), "t", "T");
            Some(local.as_str().cmp(text.get(..local.len())?))
        };
        asked("after").is_none_or(Ordering::is_gt) && asked("before").is_none_or(Ordering::is_lt)
    }
}

/// The prices a product is found by: a variable product has its variations', a grouped one its
/// cheapest and its dearest member's.
pub(super) fn prices(context: &Context<'_>, product: &Product) -> Vec<f64> {
    let shop = context.visit.shop;
    let price = |product: &Product| product.price.map(to_f64);
    match product.kind {
        ProductType::Variable => {
            shop.variations(product.id).into_iter().filter_map(price).collect()
        }
        ProductType::Grouped => {
            let members = context.details(product).grouped_ids.iter();
            let mut prices: Vec<f64> =
                members.filter_map(|id| shop.product(*id).and_then(price)).collect();
            sort::stable_sort(&mut prices, f64::total_cmp);
            let ends = [prices.first().copied(), prices.last().copied()];
            ends.into_iter().flatten().collect()
        }
        _ => price(product).into_iter().collect(),
    }
}

/// The words of a search: quoted ones stay together, single letters and the commonest do not
/// count unless nothing else is left.
fn search_words(asked: &str) -> Vec<String> {
    const COMMON: &str = "about|an|are|as|at|be|by|com|for|from|how|in|is|\
        it|of|on|or|that|the|this|to|was|what|when|where|who|will|with|www";
    let mut words: Vec<String> = Vec::new();
    for (at, part) in asked.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split([' ', '\t', ',', '+']).map(str::to_owned));
        }
    }
    let is_single =
        |word: &str| word.len() == 1 && word.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    words.retain(|word| {
        let lower = builtin::lower(word);
        !word.is_empty() && !is_single(word) && COMMON.split('|').all(|common| common != lower)
    });
    if words.is_empty() || words.len() > 9 { vec![asked.to_owned()] } else { words }
}

#[cfg(test)]
mod tests {
    use super::search_words;

    #[test]
    fn quotes_keep_words_together() {
        assert_eq!(search_words("the \"basic tee\" a red,blue"), ["basic tee", "red", "blue"]);
        assert_eq!(search_words("the"), ["the"]);
    }
}
