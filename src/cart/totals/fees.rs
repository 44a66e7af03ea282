//! Fees in the totals pass (4.7).

use super::items::Item;
use super::{Pass, add_all, exclusive, sum_of};
use crate::cart::visit::CalculatedFee;
use crate::cart::{Fee, TaxMap, Visit};
use crate::woo::{Direction, number, sort, text};

/// A fee in cents.
pub(super) struct FeeInCents {
    id: String,
    name: String,
    amount: f64,
    taxable: bool,
    tax_class: String,
    pub(super) total: f64,
    pub(super) taxes: TaxMap,
    pub(super) total_tax: f64,
}

/// Calculates the fees of the shop's add-ons and of this cart, largest first.
pub(super) fn calculate(
    visit: &Visit<'_>,
    pass: &mut Pass<'_>,
    items: &[Item],
    items_total: f64,
    shipping_total: f64,
) -> Vec<FeeInCents> {
    let mut fees = collect(visit, pass.precision());
    sort::insertion_sort(&mut fees, |a, b| a.amount <= b.amount);
    let mut running = 0.0;
    for at in 0..fees.len() {
        let (done, rest) = fees.split_at_mut(at);
        let Some(fee) = rest.first_mut() else { break };
        fee.total = pass.add(fee.amount);
        if fee.total < 0.0 {
            let floor = -pass.round(items_total + running + shipping_total, 0, Direction::Up);
            fee.total = fee.total.max(floor);
        }
        running += fee.total;
        if pass.calculate_tax {
            if fee.total < 0.0 {
                fee.taxes = spread(visit, pass, items, done, shipping_total, fee.total);
            } else if fee.taxable {
                let rates = pass.rates(&fee.tax_class);
                fee.taxes = pass.precise(exclusive(fee.total, &rates));
            }
        }
        fee.total_tax = sum_of(&pass.rounded_taxes(&fee.taxes));
    }
    fees
}

/// Two fees of one name are one: the first.
fn collect(visit: &Visit<'_>, precision: i32) -> Vec<FeeInCents> {
    let mut fees: Vec<FeeInCents> = Vec::new();
    for fee in visit.shop.snapshot().fees.iter().chain(&visit.cart.fees) {
        let Fee { name, amount, taxable, tax_class } = fee;
        let name = if name.is_empty() { "Fee" } else { name.as_str() };
        let id = text::slug(name);
        if fees.iter().any(|other| other.id == id) {
            continue;
        }
        let known = visit.shop.snapshot().tax_classes.iter();
        let class = known
            .map(|class| (&class.slug, &class.name))
            .find(|(s, n)| *s == tax_class || *n == tax_class);
        fees.push(FeeInCents {
            id,
            name: name.to_owned(),
            amount: number::cut(*amount, precision),
            taxable: *taxable,
            tax_class: class.map_or(String::new(), |(slug, _)| slug.clone()),
            total: 0.0,
            taxes: TaxMap::new(),
            total_tax: 0.0,
        });
    }
    fees
}

/// A negative fee is taxed like what it is taken from, class by class.
fn spread(
    visit: &Visit<'_>,
    pass: &mut Pass<'_>,
    items: &[Item],
    earlier: &[FeeInCents],
    shipping_total: f64,
    total: f64,
) -> TaxMap {
    let shipping_class = visit.settings().shipping_tax_class.as_str();
    let shipping_class = if shipping_class == "inherit" {
        items.first().map_or("", |item| item.tax_class.as_str())
    } else {
        shipping_class
    };
    // `None` is what is not taxed at all
    let mut costs: Vec<(Option<String>, f64)> = Vec::new();
    let mut add = |class: Option<&str>, cost: f64| {
        let class = class.map(str::to_owned);
        match costs.iter_mut().find(|(c, _)| *c == class) {
            Some((_, sum)) => *sum += cost,
            None => costs.push((class, cost)),
        }
    };
    items.iter().for_each(|item| add(Some(&item.tax_class), 0.0));
    add(Some(shipping_class), 0.0);
    earlier.iter().for_each(|fee| add(Some(&fee.tax_class), 0.0));
    add(None, 0.0);
    for item in items.iter().filter(|item| item.total >= 0.0) {
        add(item.taxable.then_some(item.tax_class.as_str()), item.total);
    }
    for fee in earlier.iter().filter(|fee| fee.total >= 0.0) {
        add(fee.taxable.then_some(fee.tax_class.as_str()), fee.total);
    }
    add(Some(shipping_class), shipping_total.max(0.0));
    costs.retain(|(_, cost)| *cost != 0.0);

    let all: f64 = costs.iter().map(|(_, cost)| cost).sum();
    let mut taxes = TaxMap::new();
    for (class, cost) in &costs {
        if let Some(class) = class {
            let share = total * (cost / all);
            let rates = pass.rates(class);
            add_all(&mut taxes, &pass.precise(exclusive(share, &rates)));
        }
    }
    taxes
}

/// The fees as documents list them: sorted once more, by a sort that never sees equals (T18).
pub(super) fn in_shown_order(pass: &Pass<'_>, fees: Vec<FeeInCents>) -> Vec<CalculatedFee> {
    let mut fees = fees;
    sort::insertion_sort(&mut fees, |a, b| a.amount <= b.amount);
    fees.into_iter()
        .map(|fee| CalculatedFee {
            total: pass.remove(fee.total),
            tax: pass.remove(fee.total_tax),
            id: fee.id,
            name: fee.name,
            taxable: fee.taxable,
            tax_class: fee.tax_class,
        })
        .collect()
}
