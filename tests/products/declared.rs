//! What each route declares of parameters, and how they are checked.

use super::{ask, body, snapshot};
use cocart_wasm::store::Shop;

/// What a read of a path is refused for, by name; empty where it is answered.
fn refusals(path: &str) -> Vec<String> {
    let shop = Shop::new(snapshot());
    let response = ask(&shop, path);
    assert!(matches!(response.status, 200 | 400), "{path}: {}", response.status);
    let body = body(&response);
    let params = body.get("data").and_then(|data| data["params"].as_object());
    let texts = params.map(|params| params.values().map(|text| text.as_str().unwrap().to_owned()));
    texts.map(Iterator::collect).unwrap_or_default()
}

#[test]
fn each_list_checks_what_it_declares() {
    let variations = "v2/products/5/variations";
    for undeclared in ["type=weird", "featured=maybe", "category[]=a", "tag[]=a"] {
        assert_eq!(refusals(&format!("{variations}?{undeclared}")), [""; 0], "{undeclared}");
        assert_eq!(refusals(&format!("v2/products?{undeclared}")).len(), 1, "{undeclared}");
    }
    assert_eq!(refusals(&format!("{variations}?tag_operator=x")).len(), 1);
    assert_eq!(refusals("v2/products/tags?parent=x"), [""; 0]);
    assert_eq!(refusals("v2/products/categories?parent=x"), ["parent is not of type integer."]);
    assert_eq!(refusals("v2/products/categories?offset=x"), [""; 0]);
    assert_eq!(refusals("v2/products/tags?offset=x"), ["offset is not of type integer."]);
    assert_eq!(refusals(&format!("{variations}/6?context=edit")), [""; 0]);
    assert_eq!(refusals("v2/products/5?context=edit"), ["context is not view."]);
}

#[test]
fn reviews_check_their_rarer_parameters() {
    for (query, text) in [
        ("product=mug", "product[0] is not of type integer."),
        ("product=1,mug", "product[1] is not of type integer."),
        ("reviewer[]=ann", "reviewer[0] is not of type integer."),
        ("reviewer_exclude=ann", "reviewer_exclude[0] is not of type integer."),
        ("exclude=x", "exclude[0] is not of type integer."),
        ("include[a]=1", "include is not of type array."),
        ("offset=x", "offset is not of type integer."),
        ("after=x", "Invalid date."),
        ("before=x", "Invalid date."),
        ("id=x", "id is not of type integer."),
        ("product_id=x", "product_id is not of type integer."),
    ] {
        assert_eq!(refusals(&format!("v2/products/reviews?{query}")), [text], "{query}");
    }
    let late = refusals("v2/products/reviews?product=x&offset=x&after=x");
    assert_eq!(late[2], "Invalid date.", "in the order they were sent");
    assert_eq!(refusals("v2/products/reviews?product=1,2&after=2024-06-01T00:00:00"), [""; 0]);
}

#[test]
fn a_filter_by_an_attribute_is_checked_as_well() {
    let filter = |rest: &str| refusals(&format!("v2/products?attributes{rest}"));
    assert_eq!(
        filter("[0][operator]=not_in"),
        ["attributes[0][operator] is not one of in, not in, and and."]
    );
    assert_eq!(filter("[0][term_id]=red"), ["attributes[0][term_id][0] is not of type integer."]);
    assert_eq!(filter("[0][attribute][]=a"), ["attributes[0][attribute] is not of type string."]);
    assert_eq!(filter("[attribute]=pa_color"), ["attributes is not of type array."]);
    assert_eq!(filter("=pa_color"), ["attributes[0] is not of type object."]);
    assert_eq!(filter("[0][attribute]=pa_color&attributes[0][slug]=red"), [""; 0]);
}

#[test]
fn a_date_has_to_be_possible() {
    let refused = |date: &str| refusals(&format!("v2/products?after={date}")) == ["Invalid date."];
    for date in ["2024-06-01T00:00:00", "2024-06-01 00:00:00.5Z", "2024-02-30T24:00:60-01:00"] {
        assert!(!refused(date), "{date}");
    }
    for date in [
        "2024-13-01T00:00:00",
        "2024-01-32T00:00:00",
        "2024-01-01T25:00:00",
        "2024-01-01T00:60:00",
        "2024-01-01T00:00:00 UTC",
        "2024-06-01",
    ] {
        assert!(refused(date), "{date}");
    }
}

#[test]
fn a_variation_has_no_type_and_what_is_undeclared_is_no_truth_value() {
    let shop = Shop::new(snapshot());
    let count = |query: &str| {
        let list = ask(&shop, &format!("v2/products/5/variations?{query}"));
        body(&list).as_array().unwrap().len()
    };
    assert_eq!((count("type=simple"), count("type=variable")), (0, 0));
    assert_eq!((count("type=variation"), count("featured=true")), (1, 1));
}

#[test]
fn the_query_names_a_product_before_the_path() {
    let shop = Shop::new(snapshot());
    assert_eq!(body(&ask(&shop, "v2/products/1?id=2"))["id"], 2);
    assert_eq!(body(&ask(&shop, "v2/products/1?id=SKU-2"))["id"], 2);
}
