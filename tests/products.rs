//! The catalogue's routes: filters, order, pages, what is refused, and what is not known.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

mod common;
#[path = "products/declared.rs"]
mod declared;

use cocart_wasm::api::{Method, Profile, Request, Response, handle};
use cocart_wasm::cart::Cart;
use cocart_wasm::store::{
    Attribute, AttributeOption, Catalogue, Category, Details, Moment, Product, ProductAttribute,
    ProductStatus, ProductType, Review, Settings, Shop, Snapshot, StockStatus, StoreInfo,
    TaxDisplay, TaxRate, Term,
};
use common::amount;
use serde_json::Value;

const DAY: i64 = 86_400;

/// Product `id` costs `id` and was made on that day.
fn product(id: u64, name: &str) -> (Product, Details) {
    let price = Some(amount(&format!("{id}.00")));
    let product = Product {
        id,
        name: name.into(),
        slug: name.to_lowercase().replace(' ', "-"),
        sku: format!("SKU-{id}"),
        permalink: format!("https://shop.test/product/{id}/"),
        price,
        regular_price: price,
        catalog_visibility: "visible".into(),
        ..Product::default()
    };
    let moment = Moment { gmt: i64::try_from(id).unwrap() * DAY, offset: 3_600 };
    (product, Details { id, created: moment, modified: moment, ..Details::default() })
}

fn snapshot() -> Snapshot {
    let (mut mug, mut mug_details) = product(1, "Crème Mug");
    mug.category_ids = vec![11];
    mug.sale_price = Some(amount("1.00"));
    mug.regular_price = Some(amount("2.00"));
    mug.average_rating = "4.33".into();
    mug_details.rating_count = 3;
    mug_details.featured = true;
    mug_details.tag_ids = vec![21];
    mug_details.reviews = vec![Review {
        id: 7,
        author: "ann".into(),
        text: "Great".into(),
        rating: 4,
        ..Review::default()
    }];
    let (mut tee, mut tee_details) = product(2, "basic Tee");
    tee.category_ids = vec![10];
    tee_details.description = "<p>Goes with a mug</p>".into();
    let (mut hidden, hidden_details) = product(3, "Hidden Gem");
    hidden.catalog_visibility = "hidden".into();
    let (mut draft, draft_details) = product(4, "Draft");
    draft.status = ProductStatus::Draft;
    let (mut hoodie, hoodie_details) = product(5, "Hoodie");
    hoodie.kind = ProductType::Variable;
    hoodie.attributes = vec![ProductAttribute {
        id: 1,
        name: "Color".into(),
        slug: "pa_color".into(),
        variation: true,
        options: vec![AttributeOption { value: "red".into(), name: "Red".into() }],
    }];
    let (mut red, red_details) = product(6, "Hoodie - Red");
    red.kind = ProductType::Variation;
    red.parent_id = 5;
    red.variation = vec![("attribute_pa_color".into(), "red".into())];
    let (mut scarf, scarf_details) = product(7, "Scarf");
    scarf.stock_status = StockStatus::Outofstock;
    let term = |id: u32, parent: u32, name: &str| Term {
        id,
        parent,
        name: name.into(),
        slug: name.to_lowercase(),
        count: 1,
        ..Term::default()
    };
    let category = |id: u32, parent: u32, name: &str| Category {
        id,
        parent,
        name: name.into(),
        slug: name.to_lowercase(),
    };
    Snapshot {
        complete: true,
        store: StoreInfo { home_url: "https://shop.test".into(), ..StoreInfo::default() },
        categories: vec![category(10, 0, "Home"), category(11, 10, "Kitchen")],
        products: vec![mug, tee, hidden, draft, hoodie, red, scarf],
        catalogue: Some(Catalogue {
            shop_url: "https://shop.test/shop/".into(),
            details: vec![
                mug_details,
                tee_details,
                hidden_details,
                draft_details,
                hoodie_details,
                red_details,
                scarf_details,
            ],
            categories: vec![term(10, 0, "Home"), term(11, 10, "Kitchen")],
            tags: vec![term(21, 0, "Gift")],
            attributes: vec![Attribute {
                id: 1,
                name: "Color".into(),
                slug: "pa_color".into(),
                terms: vec![term(31, 0, "Red")],
                ..Attribute::default()
            }],
            ..Catalogue::default()
        }),
        ..Snapshot::default()
    }
}

fn ask(shop: &Shop, path: &str) -> Response {
    ask_as(Profile::V43, shop, path)
}

fn ask_as(profile: Profile, shop: &Shop, path: &str) -> Response {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut request = Request::new(Method::Get, format!("/cocart/{path}"));
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap();
        request = request.with_query(name, value);
    }
    handle(shop, profile, &mut Cart::new("guest"), &request, 0).response
}

fn body(response: &Response) -> Value {
    serde_json::to_value(response.body.clone().unwrap()).unwrap()
}

/// The ids a query of `v2/products` gives.
fn found(query: &str) -> Vec<u64> {
    found_as(Profile::V43, query)
}

fn found_as(profile: Profile, query: &str) -> Vec<u64> {
    let shop = Shop::new(snapshot());
    let body = body(&ask_as(profile, &shop, &format!("v2/products?per_page=100&{query}")));
    body["products"].as_array().unwrap().iter().map(|p| p["id"].as_u64().unwrap()).collect()
}

#[test]
fn filters_let_through_what_they_name() {
    let filters: &[(&str, &[u64])] = &[
        ("", &[7, 5, 2, 1]),
        ("search=mug", &[2, 1]),
        ("search=creme", &[1]),
        ("search=mug -basic", &[1]),
        ("sku=sku-1,SKU-6", &[6, 1]),
        ("slug=basic-tee", &[2]),
        ("category=home", &[2, 1]),
        ("category=11", &[1]),
        ("category=Home", &[2, 1]),
        ("tag=gift", &[1]),
        ("type=variable", &[5]),
        ("type=variation", &[6]),
        ("type=variation&category=home", &[]),
        ("type=variation&attributes[0][attribute]=pa_color&attributes[0][slug]=red", &[6]),
        ("featured=true", &[1]),
        ("on_sale=true", &[1]),
        ("on_sale=false", &[7, 5, 2]),
        ("on_sale=false&exclude=2", &[7, 5, 2]),
        ("stock_status=outofstock", &[7]),
        ("min_price=2&max_price=6", &[5, 2]),
        ("min_price=2&max_price=0", &[]),
        ("rating=4", &[1]),
        ("include=1,2,4", &[2, 1]),
        ("exclude[]=1&exclude[]=2", &[7, 5]),
        ("catalog_visibility=hidden", &[3]),
        ("catalog_visibility=any", &[7, 5, 3, 2, 1]),
        ("attributes[0][attribute]=pa_color&attributes[0][slug]=red", &[5]),
        ("attributes[0][attribute]=pa_color&attributes[0][term_id]=31", &[5]),
        ("after=1970-01-03T12:00:00", &[7, 5]),
        ("before=1970-01-03T00:00:00", &[1]),
        ("after=1970-01-03 12:00:00Z&before=9999-12-31t00:00:00+02:00", &[7, 5]),
    ];
    for (query, ids) in filters {
        assert_eq!(found(query), *ids, "{query}");
    }
}

#[test]
fn the_recorded_server_does_without_some_filters() {
    let by_color = "attributes[0][attribute]=pa_color&attributes[0][slug]=red&attributes[1]\
        [attribute]=pa_color&attributes[1][slug]=none&attribute_relation=in";
    let cases: &[(&str, &[u64], &[u64])] = &[
        ("category=home&category_operator=not in", &[2, 1], &[7, 5]),
        // "and" asks for what is below as well
        ("category=home&category_operator=and", &[], &[]),
        ("category=kitchen&category_operator=and", &[1], &[1]),
        ("category=99&category_operator=and", &[], &[]),
        ("category=kitchen,none", &[], &[1]),
        (by_color, &[], &[5]),
        ("orderby=featured_first", &[], &[1, 2, 5, 7]),
    ];
    for (query, recorded, promised) in cases {
        assert_eq!(found(query), *recorded, "{query}");
        assert_eq!(found_as(Profile::V49, query), *promised, "{query}");
    }
}

#[test]
fn a_browser_may_ask_before_it_asks() {
    let shop = Shop::new(snapshot());
    let ask = |path: &str, named: bool| {
        let mut request = Request::new(Method::Options, format!("/cocart/{path}"));
        if named {
            request.headers.push(("Access-Control-Request-Headers".into(), "content-type".into()));
        }
        let response = handle(&shop, Profile::V43, &mut Cart::new("guest"), &request, 0).response;
        (response.status, response.header("Allow").map(str::to_owned), response.body.is_some())
    };
    assert_eq!(ask("v2/products", true), (200, Some("GET".into()), false));
    assert_eq!(ask("v1/products/1/variations", true), (200, Some("GET".into()), false));
    assert_eq!(ask("v2/products/1/nothing", true).0, 404);
    // the description is the shop's
    assert_eq!(ask("v2/products", false).0, 404);
}

#[test]
fn lists_come_in_the_order_asked_for() {
    let orders: &[(&str, &[u64])] = &[
        ("orderby=title&order=asc", &[2, 1, 5, 7]),
        ("orderby=reverse_alpha", &[7, 5, 1, 2]),
        ("orderby=price_asc", &[1, 2, 5, 7]),
        ("orderby=rating", &[1, 7, 5, 2]),
        ("orderby=review_count", &[1, 2, 5, 7]),
        ("orderby=on_sale_first", &[1]),
        ("orderby=include&include=5,1,2", &[5, 1, 2]),
    ];
    for (query, ids) in orders {
        assert_eq!(found(query), *ids, "{query}");
    }
}

#[test]
fn pages_link_to_their_neighbours() {
    let shop = Shop::new(snapshot());
    let response =
        ask(&shop, "v2/products?page=2&per_page=1&hide_free=true&on_sale=false&search=a b");
    assert_eq!(body(&response)["total_products"], 0);
    let response = ask(&shop, "v2/products?page=2&per_page=1&hide_free=true&exclude=1");
    let base = "https://shop.test/wp-json/cocart/v2/products";
    let rest = "per_page=1&hide_free=1&exclude%5B0%5D=1";
    assert_eq!(
        response.header("Link").unwrap(),
        format!("<{base}?page=1&{rest}>; rel=\"prev\", <{base}?page=3&{rest}>; rel=\"next\"")
    );
    assert_eq!(response.header("X-WP-Total"), Some("3"));
    assert_eq!(response.header("X-WP-TotalPages"), Some("3"));
    let body = body(&response);
    assert_eq!(body["products"][0]["id"], 5);
    assert_eq!(body["_links"]["prev"][0]["href"], format!("{base}?page=1&{rest}"));
    assert_eq!(ask(&shop, "v2/products?page=9").status, 400);
    assert_eq!(ask(&shop, "v1/products?page=9").status, 400);
    let beyond = ask(&shop, "v2/products?offset=4");
    assert_eq!((beyond.status, beyond.header("X-WP-Total")), (200, Some("0")));
    assert_eq!(ask(&shop, "v2/products?offset=-3").header("X-WP-Total"), Some("4"));
}

#[test]
fn wrong_parameters_are_named_in_one_answer() {
    let shop = Shop::new(snapshot());
    let response = ask(&shop, "v2/products?per_page=0&page=x&featured=maybe&order=sideways");
    let body = body(&response);
    assert_eq!(response.status, 400);
    assert_eq!(body["message"], "Invalid parameter(s): page, per_page, featured");
    assert_eq!(body["data"]["params"]["page"], "page is not of type integer.");
    assert_eq!(
        body["data"]["params"]["per_page"],
        "per_page must be between 1 (inclusive) and 100 (inclusive)"
    );
    assert_eq!(body["data"]["details"]["featured"]["code"], "rest_invalid_type");
    assert_eq!(ask(&shop, "v2/products?after=yesterday").status, 400);
    // v1 takes a variation of any product
    assert_eq!(ask(&shop, "v1/products/1/variations/6").status, 200);
    assert_eq!(ask(&shop, "v2/products/1/variations/6").status, 404);
    assert_eq!(ask(&shop, "v2/products/tags?order=DESC").status, 400);
}

#[test]
fn terms_of_a_product_are_asked_for_alone() {
    let shop = Shop::new(snapshot());
    let terms = |query: &str| -> Vec<u64> {
        let list = body(&ask(&shop, &format!("v2/products/categories?{query}")));
        list.as_array().unwrap().iter().map(|term| term["id"].as_u64().unwrap()).collect()
    };
    assert_eq!(terms("product=1&exclude=11&search=nothing"), [11]);
    assert_eq!((terms("product=99"), terms("product=-1")), (vec![], vec![]));
    assert_eq!(terms("include=10,11&exclude=11").len(), 2);
}

#[test]
fn an_envelope_holds_the_links_between_pages() {
    let shop = Shop::new(snapshot());
    let response = ask(&shop, "v2/products?per_page=3&_envelope=1");
    let headers = body(&response)["headers"].clone();
    assert_eq!((&headers["X-WP-Total"], &headers["Allow"]), (&4.into(), &"GET".into()));
    assert!(headers["Link"].as_str().unwrap().ends_with("page=2>; rel=\"next\""), "{headers}");
    let api = "<https://shop.test/wp-json/>; rel=\"https://api.w.org/\"";
    assert_eq!(response.header("Link"), Some(api));
}

#[test]
fn v1_takes_any_product_for_a_variation() {
    let shop = Shop::new(snapshot());
    let mug = body(&ask(&shop, "v1/products/5/variations/1"));
    assert_eq!(
        (&mug["id"], &mug["regular_price"], &mug["on_sale"]),
        (&1.into(), &"2.00".into(), &true.into())
    );
    let parent = serde_json::json!([{
        "permalink": false,
        "href": "https://shop.test/wp-json/cocart/v1/products/0",
    }]);
    assert_eq!(mug["_links"]["parent_product"], parent);
    assert_eq!(ask(&shop, "v1/products/5/variations/5").status, 200);
    // a draft
    assert_eq!(ask(&shop, "v1/products/5/variations/4").status, 404);
    assert_eq!(ask(&shop, "v2/products/5/variations/1").status, 404);
}

#[test]
fn routes_know_no_case() {
    let shop = Shop::new(snapshot());
    for path in ["V2/PRODUCTS", "v2/Products/SKU-1", "v1/Products/1", "v1/COUNT-ITEMS", "v2/Cart/"]
    {
        assert_eq!(ask(&shop, path).status, 200, "{path}");
    }
    // the key is no md5 in lower case
    let answer = body(&ask(&shop, "v2/CART/Item/ABC"));
    assert_eq!(answer["data"]["status"], 404);
    assert_ne!(answer["code"], "rest_no_route");
}

#[test]
fn prices_follow_the_shop_s_display_and_dates_its_clock() {
    let mut snapshot = snapshot();
    snapshot.settings =
        Settings { calc_taxes: true, tax_display_shop: TaxDisplay::Incl, ..Settings::default() };
    snapshot.settings.base_address.country = "DE".into();
    snapshot.tax_rates = vec![TaxRate {
        id: 1,
        country: "DE".into(),
        rate: amount("19"),
        priority: 1,
        ..TaxRate::default()
    }];
    let shop = Shop::new(snapshot);
    let body = body(&ask(&shop, "v2/products/5?show_reviews=true"));
    assert_eq!(body["prices"]["price"], "595");
    assert_eq!(body["prices"]["price_range"]["from"], "714");
    assert_eq!(body["variations"][0]["prices"]["price"], "714");
    assert_eq!(body["dates"]["created"], "1970-01-06T01:00:00");
    assert_eq!(body["dates"]["created_gmt"], "1970-01-06T00:00:00");
}

#[test]
fn reviews_are_those_last_seen() {
    let shop = Shop::new(snapshot());
    let reviews = |path: &str| body(&ask(&shop, path))["reviews"].clone();
    assert_eq!(reviews("v2/products/1"), serde_json::json!([]));
    let shown = reviews("v2/products/1?show_reviews=true");
    assert_eq!(shown[0]["author_name"], "Ann");
    assert_eq!(shown[0]["rating"], "4");
    let half = common::value(r#"{ "product_id": 1, "review": "Great" }"#);
    let request = Request::new(Method::Post, "/cocart/v2/products/reviews").with_json(half);
    let refused = handle(&shop, Profile::V43, &mut Cart::new("guest"), &request, 0).response;
    assert_eq!(body(&refused)["message"], "Missing parameter(s): reviewer, reviewer_email");
    assert_eq!(ask(&shop, "v2/products/reviews?orderby=rating").status, 400);
    assert_eq!(ask(&shop, "v2/products/reviews/7?context=edit").status, 404);
    let list = ask(&shop, "v2/products/reviews");
    assert_eq!((body(&list), list.header("X-WP-Total")), (serde_json::json!([]), Some("3")));
}

#[test]
fn without_the_catalogue_the_shop_has_to_be_asked() {
    let shop = Shop::new(Snapshot { catalogue: None, ..snapshot() });
    for path in ["v2/products", "v2/products/1", "v1/products/1", "v2/products/tags"] {
        let response = ask(&shop, path);
        assert_eq!(response.status, 503, "{path}");
        assert_eq!(body(&response)["code"], "cocart_wasm_product_unknown");
    }
    assert_eq!(ask(&shop, "v2/products/1/nothing").status, 404);
}
