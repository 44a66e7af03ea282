//! Lines and their taxes.

use crate::common::till::{ALL, Till, rate};
use cocart_wasm::store::TaxRate;

#[test]
fn v01_exclusive_tax() {
    for generation in ALL {
        let receipt = Till::excl([rate(1, "20")]).line("9.99", 3.0).ring(generation);
        assert_eq!(receipt.lines(), [[29.97, 5.99, 29.97, 5.99]]);
        assert_eq!(receipt.taxes(), [[(1, 5.994)]]);
        assert_eq!(receipt.line(0).subtotal_taxes, [(1, 5.994)]);
        let totals = receipt.totals();
        assert_eq!((totals.subtotal.text().as_str(), totals.subtotal_tax), ("29.97", 5.99));
        assert_eq!((totals.total.as_str(), totals.total_tax), ("35.96", 5.99));
    }
}

fn quebec() -> [TaxRate; 2] {
    [rate(1, "5"), TaxRate { compound: true, ..rate(2, "9.975") }]
}

#[test]
fn v07_compound_on_top() {
    for generation in ALL {
        let receipt = Till::excl(quebec()).line("19.99", 3.0).ring(generation);
        assert_eq!(receipt.lines(), [[59.97, 9.28, 59.97, 9.28]]);
        assert_eq!(receipt.taxes(), [[(1, 2.9985000000000004), (2, 6.2811078799999995)]]);
        let totals = receipt.totals();
        assert_eq!(totals.cart_contents_tax, 9.280000000000001);
        assert_eq!((totals.total.as_str(), totals.total_tax), ("69.25", 9.28));
    }
}

#[test]
fn v08_compound_inside() {
    for generation in ALL {
        let receipt = Till::incl(quebec()).line("19.99", 3.0).ring(generation);
        assert_eq!(receipt.lines(), [[51.93388108, 8.04, 51.93388108, 8.04]]);
        assert_eq!(receipt.taxes(), [[(1, 2.59669405), (2, 5.43942487)]]);
        let totals = receipt.totals();
        assert_eq!((totals.subtotal.text().as_str(), totals.total.as_str()), ("51.93", "59.97"));
    }
}

#[test]
fn v09_two_rates_inside() {
    for generation in ALL {
        let receipt = Till::incl([rate(1, "5"), rate(2, "7")]).line("19.99", 3.0).ring(generation);
        assert_eq!(receipt.lines(), [[53.54464286, 6.43, 53.54464286, 6.43]]);
        assert_eq!(receipt.taxes(), [[(1, 2.6772321399999996), (2, 3.748125)]]);
        let totals = receipt.totals();
        assert_eq!(totals.cart_contents_taxes, [(1, 2.68), (2, 3.75)]);
        assert_eq!((totals.subtotal.text().as_str(), totals.total.as_str()), ("53.54", "59.97"));
    }
}

/// 20 % at home, 10 % abroad.
pub(super) fn two_countries() -> [TaxRate; 2] {
    [
        TaxRate { country: "GB".into(), ..rate(1, "20") },
        TaxRate { country: "FR".into(), ..rate(2, "10") },
    ]
}

#[test]
fn v12_a_foreign_customer_pays_another_gross() {
    for generation in ALL {
        let till = Till::incl(two_countries()).living_in("FR").line("9.99", 1.0);
        let receipt = till.ring(generation);
        assert_eq!(receipt.lines(), [[8.325, 0.83, 8.325, 0.83]]);
        assert_eq!(receipt.taxes(), [[(2, 0.8325)]]);
        let totals = receipt.totals();
        assert_eq!((totals.subtotal.text().as_str(), totals.total.as_str()), ("8.33", "9.16"));
    }
}

#[test]
fn v13_the_same_gross_everywhere_with_the_filter_off() {
    for generation in ALL {
        let till = Till::incl(two_countries()).living_in("FR").line("9.99", 1.0);
        let till = till.set(|settings| settings.adjust_non_base_location_prices = false);
        let receipt = till.ring(generation);
        assert_eq!(receipt.lines(), [[9.08181818, 0.91, 9.08181818, 0.91]]);
        assert_eq!(receipt.taxes(), [[(2, 0.9081818199999999)]]);
        assert_eq!(receipt.totals().total, "9.99");
    }
}

#[test]
fn v20_an_exempt_customer_pays_no_tax() {
    for generation in ALL {
        let receipt = Till::excl([rate(1, "20")]).exempt().line("19.99", 3.0).ring(generation);
        assert_eq!(receipt.lines(), [[59.97, 0.0, 59.97, 0.0]]);
        assert_eq!(receipt.taxes(), [Vec::new()]);
        assert_eq!(receipt.totals().total, "59.97");
    }
}
