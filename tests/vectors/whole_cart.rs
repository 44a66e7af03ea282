//! Fees, shipping and tax classes.

use crate::common::amount;
use crate::common::till::{ALL, Till, rate};
use cocart_wasm::store::{Product, TaxClass, TaxRate};

#[test]
fn v14_two_fees_against_each_other() {
    for generation in ALL {
        let till = Till::excl([rate(1, "20")]).line("10", 1.0);
        let receipt = till.fee(-4.0, true).fee(2.345, true).shipping("5").ring(generation);
        assert_eq!(receipt.lines(), [[10.0, 2.0, 10.0, 2.0]]);
        let totals = receipt.totals();
        assert_eq!((totals.fee_total.text().as_str(), totals.fee_tax), ("-1.655", -0.33));
        assert_eq!(totals.fee_taxes, [(1, -0.331)]);
        assert_eq!((totals.total.as_str(), totals.total_tax), ("16.02", 2.67));
    }
}

#[test]
fn v18_rounding_at_the_subtotal() {
    for generation in ALL {
        let till = Till::excl([rate(1, "8.875")]).line("1.005", 1.0).line("1.005", 1.0);
        let till = till.set(|settings| settings.tax_round_at_subtotal = true).shipping("4.95");
        let receipt = till.ring(generation);
        assert_eq!(receipt.lines(), [[1.005, 0.08919375, 1.005, 0.08919375]; 2]);
        let totals = receipt.totals();
        assert_eq!((totals.subtotal.text().as_str(), totals.subtotal_tax), ("2.01", 0.1783875));
        // the vector feeds 0.4393125 into the totals; a rate's tax has six decimals (5.4)
        assert_eq!(totals.shipping_tax, 0.439313);
        assert_eq!((totals.total.as_str(), totals.total_tax), ("7.58", 0.62));
    }
}

#[test]
fn v19_two_tax_classes() {
    let reduced = TaxRate { class: "reduced".into(), ..rate(3, "5") };
    let mut till = Till::excl([rate(1, "20"), reduced]).line("19.99", 2.0).shipping("4.99");
    till.snapshot.tax_classes.push(TaxClass { slug: "reduced".into(), name: "Reduced".into() });
    let bread =
        Product { price: Some(amount("5")), tax_class: "reduced".into(), ..Product::default() };
    let till = till.sell(bread, 1.0);
    for generation in ALL {
        let receipt = till.ring(generation);
        assert_eq!(receipt.lines(), [[39.98, 8.0, 39.98, 8.0], [5.0, 0.25, 5.0, 0.25]]);
        let totals = receipt.totals();
        assert_eq!((totals.total.as_str(), totals.total_tax), ("59.22", 9.25));
    }
}
