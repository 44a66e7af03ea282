//! Lines under coupons.

use crate::common::till::{ALL, CURRENT, NEWEST, RECORDED, Till, rate};
use cocart_wasm::store::DiscountType::{FixedCart, FixedProduct, Percent};

fn twenty() -> Till {
    Till::excl([rate(1, "20")])
}

fn v2() -> Till {
    twenty().line("19.99", 1.0).line("0.05", 3.0).coupon(Percent, "10")
}

const V2_LINES: [[f64; 4]; 2] = [[19.99, 4.0, 17.99, 3.6], [0.15, 0.03, 0.14, 0.03]];

#[test]
fn v02_ten_percent() {
    for generation in ALL {
        let receipt = v2().ring(generation);
        assert_eq!(receipt.lines(), V2_LINES);
        assert_eq!(receipt.taxes(), [[(1, 3.5980000000000003)], [(1, 0.027999999999999997)]]);
        let totals = receipt.totals();
        assert_eq!((totals.discount_total, totals.discount_tax), (2.01, 0.402));
        assert_eq!(totals.cart_contents_total.text(), "18.13");
        assert_eq!((totals.cart_contents_tax, totals.total.as_str()), (3.63, "21.76"));
    }
}

#[test]
fn v03_ten_percent_with_fee_and_shipping() {
    for generation in ALL {
        let receipt = v2().fee(1.5, true).shipping("5").ring(generation);
        assert_eq!(receipt.lines(), V2_LINES);
        let totals = receipt.totals();
        assert_eq!((totals.fee_total.text().as_str(), totals.fee_tax), ("1.5", 0.3));
        assert_eq!((totals.shipping_total.text().as_str(), totals.shipping_tax), ("5", 1.0));
        assert_eq!((totals.total.as_str(), totals.total_tax), ("29.56", 4.93));
    }
}

#[test]
fn v04_twenty_nine_percent() {
    for generation in ALL {
        let receipt =
            twenty().line("10", 1.0).line("1", 1.0).coupon(Percent, "29").ring(generation);
        assert_eq!(receipt.lines(), [[10.0, 2.0, 7.09, 1.42], [1.0, 0.2, 0.72, 0.14]]);
        assert_eq!(receipt.taxes(), [[(1, 1.4180000000000001)], [(1, 0.14400000000000002)]]);
        let totals = receipt.totals();
        assert_eq!((totals.discount_total, totals.discount_tax), (3.19, 0.638));
        assert_eq!(totals.total, "9.37");
    }
}

#[test]
fn v05_an_amount_off_the_cart() {
    for generation in ALL {
        let receipt =
            twenty().line("10", 2.0).line("7", 1.0).coupon(FixedCart, "10").ring(generation);
        assert_eq!(receipt.lines(), [[20.0, 4.0, 13.33, 2.67], [7.0, 1.4, 3.67, 0.73]]);
        let totals = receipt.totals();
        assert_eq!((totals.discount_total, totals.discount_tax), (10.0, 2.0));
        assert_eq!(totals.total, "20.40");
    }
}

#[test]
fn v06_an_amount_off_each_product() {
    for generation in ALL {
        let receipt =
            twenty().line("10", 2.0).line("7", 1.0).coupon(FixedProduct, "8").ring(generation);
        assert_eq!(receipt.lines(), [[20.0, 4.0, 4.0, 0.8], [7.0, 1.4, 0.0, 0.0]]);
        let totals = receipt.totals();
        assert_eq!((totals.discount_total, totals.discount_tax), (23.0, 4.6));
        assert_eq!(totals.total, "4.80");
    }
}

#[test]
fn v10_ten_percent_with_tax_inside() {
    for generation in ALL {
        let till = Till::incl([rate(1, "20")]).line("9.99", 1.0).line("9.99", 1.0);
        let receipt = till.coupon(Percent, "10").ring(generation);
        assert_eq!(receipt.lines(), [[8.325, 1.66, 7.49166667, 1.5]; 2]);
        assert_eq!(receipt.taxes(), [[(1, 1.4983333300000001)], [(1, 1.4983333300000001)]]);
        let totals = receipt.totals();
        assert_eq!((totals.subtotal.text().as_str(), totals.subtotal_tax), ("16.66", 3.32));
        assert_eq!((totals.discount_total, totals.discount_tax), (1.66666666, 0.33333334000000003));
        assert_eq!(receipt.coupons(), [1.6666666600000002]);
        assert_eq!(
            (totals.cart_contents_total.text().as_str(), totals.cart_contents_tax),
            ("14.98", 3.0)
        );
        assert_eq!(totals.total, "17.98");
    }
}

#[test]
fn v11_an_amount_off_the_cart_with_tax_inside() {
    for generation in ALL {
        let till = Till::incl([rate(1, "20")]).line("9.99", 2.0);
        let receipt = till.coupon(FixedCart, "5").shipping("4.99").ring(generation);
        assert_eq!(receipt.lines(), [[16.65, 3.33, 12.48333333, 2.5]]);
        let totals = receipt.totals();
        assert_eq!((totals.discount_total, totals.discount_tax), (4.166666670000001, 0.83333333));
        assert_eq!(totals.shipping_tax, 1.0);
        assert_eq!((totals.total.as_str(), totals.total_tax), ("20.97", 3.5));
    }
}

#[test]
fn v15_three_decimals() {
    for generation in ALL {
        let till = twenty().set(|settings| settings.price_decimals = 3).line("1.0055", 1.0);
        let receipt = till.coupon(Percent, "10").ring(generation);
        assert_eq!(receipt.lines(), [[1.0055, 0.201, 0.9045, 0.181]]);
        let totals = receipt.totals();
        assert_eq!(totals.subtotal.text(), "1.006");
        assert_eq!((totals.discount_total, totals.discount_tax), (0.101, 0.0202));
        assert_eq!(totals.total, "1.086");
    }
}

#[test]
fn v16_a_third_off() {
    for generation in ALL {
        let receipt = twenty().line("3.33", 3.0).coupon(Percent, "33.33").ring(generation);
        assert_eq!(receipt.lines(), [[9.99, 2.0, 6.66, 1.33]]);
        assert_eq!(receipt.taxes(), [[(1, 1.3319999999999999)]]);
        let totals = receipt.totals();
        assert_eq!((totals.discount_total, totals.discount_tax), (3.33, 0.6659999999999999));
        assert_eq!(totals.total, "7.99");
    }
}

#[test]
fn v17_the_last_cents_go_to_the_first_line() {
    let till = twenty().line("0.10", 7.0).line("0.15", 1.0).coupon(FixedCart, "0.05");
    // which line is the first is the generation's
    let by_unit_price = [[0.7, 0.14, 0.66, 0.13], [0.15, 0.03, 0.14, 0.03]];
    let by_line_price = [[0.7, 0.14, 0.65, 0.13], [0.15, 0.03, 0.15, 0.03]];
    for (generation, lines) in
        [(RECORDED, by_line_price), (CURRENT, by_unit_price), (NEWEST, by_unit_price)]
    {
        let receipt = till.ring(generation);
        assert_eq!(receipt.lines(), lines);
        let totals = receipt.totals();
        assert_eq!((totals.discount_total, totals.total.as_str()), (0.05, "0.96"));
    }
}
