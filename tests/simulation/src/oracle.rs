//! What must hold at the end, whatever happened (`docs/sync-tests.md`).

use crate::server::CUSTOMER;
use crate::shopper::visible;
use crate::world::{Left, Violation, World};
use std::collections::BTreeMap;

/// Compares shop, tabs and wishes.
pub fn judge(world: &World) -> Result<(), Violation> {
    let Some(first) = world.tabs.values().next() else { return Ok(()) };
    let key = first.journal.sync().base().cart_key.clone();
    let there = world.server.carts.get(&key).map(|cart| cart.by_product()).unwrap_or_default();
    for (id, tab) in &world.tabs {
        let sync = tab.journal.sync();
        if sync.status().pending > 0 || !sync.is_settled() {
            return Err(format!("tab {id} still waits: {:?}, {:?}", sync.status(), sync.pending()));
        }
        let view = visible(&tab.journal);
        if view.lines != there {
            return Err(format!("tab {id} shows {:?}, the shop has {there:?}", view.lines));
        }
    }
    if world.is_exact() {
        if !world.wanted().contains(&there) {
            return Err(format!("the shop has {there:?}, asked for was {:?}", world.wanted()));
        }
        without_conflicts(world)?;
    } else if world.is_ordered() {
        ordered(world, &there)?;
    } else if key == CUSTOMER {
        two_devices(world, &there)?;
    } else {
        stock(world, &there)?;
    }
    Ok(())
}

/// What was bought does not come back; what the order did not concern is as it was asked for, and
/// of the rest there is no more than was ever asked for.
fn ordered(world: &World, there: &BTreeMap<i64, f64>) -> Result<(), Violation> {
    for id in 1..=5 {
        let has = there.get(&id).copied().unwrap_or(0.0);
        let asked = world.asked.lines.get(&id).copied().unwrap_or(0.0);
        let most = world.most.get(&id).copied().unwrap_or(0.0);
        let left = world.left.get(&id);
        match left {
            // sent before anybody knew of the order, and its answer lost: given back to decide about
            None if has < asked && world.told_of.contains(&id) => {}
            None if has != asked => {
                return Err(format!(
                    "{has} of product {id}, which nobody bought, instead of {asked}"
                ));
            }
            Some(Left::Nothing) if has > 0.0 => {
                return Err(format!("{has} of product {id}, which was bought"));
            }
            _ if has > most => {
                return Err(format!(
                    "{has} of product {id}, of which at most {most} were asked for"
                ));
            }
            _ => {}
        }
    }
    if world.left.is_empty() { without_conflicts(world) } else { Ok(()) }
}

fn without_conflicts(world: &World) -> Result<(), Violation> {
    // an address that was entered into a cart that is empty by now: the server's own refusal
    if world.conflicts.iter().any(|code| code != "cocart_cart_empty") {
        return Err(format!("conflicts without a cause: {:?}", world.conflicts));
    }
    Ok(())
}

/// In a shop that runs short nothing is more than was asked for or than there is, and what is
/// less was reported.
fn stock(world: &World, there: &BTreeMap<i64, f64>) -> Result<(), Violation> {
    for (id, quantity) in there {
        let most = world.server.shop.stock.get(id).copied().unwrap_or(f64::INFINITY);
        if *quantity > most {
            return Err(format!("{quantity} of product {id}, of which there are {most}"));
        }
    }
    for (id, quantity) in &world.asked.lines {
        let has = there.get(id).copied().unwrap_or(0.0);
        if !world.server.shop.stock.contains_key(id) && has != *quantity {
            return Err(format!("{has} of product {id} instead of {quantity}, and none was short"));
        }
        if has < *quantity && untold(world) {
            return Err(format!(
                "only {has} of product {id} instead of {quantity}, and nobody was told"
            ));
        }
    }
    Ok(())
}

/// With two writers: what the other device never wrote to is exactly what was asked for; what it
/// only added to is not less, unless that was reported or it met what was asked for here; nothing
/// comes from nowhere.
fn two_devices(world: &World, there: &BTreeMap<i64, f64>) -> Result<(), Violation> {
    let reported = !untold(world);
    let mut most = world.most.clone();
    for (id, _, quantity) in &world.others {
        *most.entry(*id).or_insert(0.0) += quantity;
    }
    for id in 1..=5 {
        let has = there.get(&id).copied().unwrap_or(0.0);
        let asked = world.asked.lines.get(&id).copied().unwrap_or(0.0);
        let limit = most.get(&id).copied().unwrap_or(0.0);
        let others: Vec<_> = world.others.iter().filter(|other| other.0 == id).collect();
        if others.is_empty() && has != asked {
            return Err(format!(
                "{has} of product {id}, which nobody else wrote to, instead of {asked}"
            ));
        }
        let only_added = others.iter().all(|other| other.1.is_none());
        if only_added && has < asked && !reported && !world.met.contains(&id) {
            return Err(format!(
                "only {has} of product {id} instead of {asked}, and nobody was told"
            ));
        }
        if has > limit {
            return Err(format!(
                "{has} of product {id}: more than both devices ever asked for ({limit})"
            ));
        }
    }
    Ok(())
}

/// Whether neither the app was told of a conflict nor one is kept for the next page.
fn untold(world: &World) -> bool {
    let kept = |tab: &crate::world::Tab| !tab.journal.sync().conflicts().is_empty();
    world.conflicts.is_empty() && !world.tabs.values().any(kept)
}
