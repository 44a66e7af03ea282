//! The documents of products and variations in API v1.

use super::{Context, attributes, dates, document, images, parts, prices, stock};
use crate::map;
use crate::store::{Details, Product, ProductType, to_f64};
use crate::value::{Map, Value};

/// A product, or the shorter form a variation has among products.
pub(super) fn product(context: &Context<'_>, product: &Product) -> Map {
    let is_variation = product.kind == ProductType::Variation;
    let details = context.details(product);
    let visit = &context.visit;
    let mut out = map! {
        "id": parts::id(product.id),
        "name": product.name.as_str(),
        "slug": product.slug.as_str(),
        "permalink": product.permalink.as_str(),
    };
    dates(&mut out, details);
    if !is_variation {
        out.push("type", product.kind.name());
        out.push("featured", details.featured);
        out.push("catalog_visibility", product.catalog_visibility.as_str());
    }
    out.push("description", details.description.as_str());
    if !is_variation {
        out.push("short_description", details.short_description.as_str());
    }
    out.push("sku", product.sku.as_str());
    let sale = product.sale_price.map(to_f64).filter(|sale| *sale != 0.0);
    out.push("price", prices::price_text(context, product.price.map(to_f64)));
    out.push("regular_price", prices::price_text(context, product.regular_price.map(to_f64)));
    out.push("sale_price", sale.map_or_else(String::new, |s| prices::price_text(context, Some(s))));
    sale_dates(&mut out, context, product);
    out.push("on_sale", prices::is_on_sale(context, product));
    out.push("purchasable", visit.is_purchasable(product));
    out.push("total_sales", i64::from(details.total_sales));
    out.push("virtual", product.is_virtual);
    out.push("downloadable", details.downloadable);
    if !is_variation {
        out.push("external_url", details.external_url.as_str());
        out.push("button_text", details.button_text.as_str());
    }
    out.push("manage_stock", stock::manages_stock(context, product));
    out.push("stock_quantity", stock::stock_quantity(context, product));
    if !is_variation {
        out.push("has_options", product.kind == ProductType::Variable);
    }
    out.push("in_stock", product.is_in_stock());
    stock(&mut out, context, product);
    out.push("low_stock_amount", stock::low_stock_amount(context, product));
    if !is_variation {
        out.push("sold_individually", product.sold_individually);
    }
    out.push("weight", parts::weight(context, product));
    out.push("dimensions", parts::dimensions(context, product));
    out.push("shipping_required", !product.is_virtual);
    if is_variation {
        out.push("images", images::list(context, product));
        out.push("attributes", attributes::variation_attributes(context, product));
    } else {
        catalogue_part(&mut out, context, product, details);
    }
    out.push("menu_order", product.menu_order);
    out.push("meta_data", document::meta_data(context, details));
    if !is_variation {
        let (text, description) = parts::button(context, product);
        out.push("add_to_cart", map! { "text": text, "description": description });
    }
    out
}

fn catalogue_part(out: &mut Map, context: &Context<'_>, product: &Product, details: &Details) {
    out.push("reviews_allowed", !details.reviews_closed);
    out.push("average_rating", parts::average_rating(product));
    out.push("rating_count", parts::rating_count(context, details));
    out.push("review_count", i64::from(details.rating_count));
    out.push("rating_html", parts::rated(product));
    out.push("reviews", document::reviews(context, details));
    out.push("related_ids", document::id_list(&parts::related(context, product)));
    out.push("upsell_ids", document::id_list(&details.upsell_ids));
    out.push("cross_sell_ids", document::id_list(&product.cross_sell_ids));
    out.push("parent_id", parts::id(product.parent_id));
    let (categories, tags) = (&context.catalogue.categories, &context.catalogue.tags);
    out.push("categories", parts::terms(context, categories, &product.category_ids, ""));
    out.push("tags", parts::terms(context, tags, &details.tag_ids, ""));
    out.push("images", images::list(context, product));
    out.push("attributes", attributes::attributes(context, product));
    out.push("default_attributes", attributes::default_attributes(context, product));
    out.push("variations", variations(context, product));
    out.push("grouped_products", document::id_list(&details.grouped_ids));
}

/// The variations by id: their ids alone, or all of them where asked.
fn variations(context: &Context<'_>, parent: &Product) -> Value {
    let children = match parent.kind {
        ProductType::Variable => parts::variations(context, parent),
        _ => Vec::new(),
    };
    if children.is_empty() {
        return Value::empty_array();
    }
    let whole = context.asked.params.flag("return_variations");
    let list = children.into_iter().map(|child| {
        let document = if whole {
            product(context, child)
        } else {
            map! { "id": parts::id(child.id) }
        };
        (child.id.to_string(), document)
    });
    list.collect::<Map>().into()
}

/// A variation among its siblings, or what was taken for one: raw prices, one picture.
pub(super) fn variation(context: &Context<'_>, product: &Product) -> Map {
    let details = context.details(product);
    let raw = |price: Option<rust_decimal::Decimal>| {
        price.map_or_else(String::new, |price| price.to_string())
    };
    let image = images::of(context, product).into_iter().next();
    let mut out = map! { "id": parts::id(product.id) };
    dates(&mut out, details);
    out.push("description", details.description.as_str());
    out.push("permalink", product.permalink.as_str());
    out.push("sku", product.sku.as_str());
    out.push("price", raw(product.price));
    out.push("regular_price", raw(product.regular_price));
    out.push("sale_price", raw(product.sale_price));
    sale_dates(&mut out, context, product);
    out.push("on_sale", prices::is_on_sale(context, product));
    out.push("purchasable", context.visit.is_purchasable(product));
    out.push("virtual", product.is_virtual);
    out.push("downloadable", details.downloadable);
    out.push("manage_stock", stock::manages_stock(context, product));
    out.push("stock_quantity", stock::stock_quantity(context, product));
    stock(&mut out, context, product);
    out.push("weight", product.weight.as_str());
    let mut dimensions = parts::dimensions(context, product);
    dimensions.remove("unit");
    out.push("dimensions", dimensions);
    out.push("image", image.map_or(Value::Null, |image| images::document(context, image).into()));
    let attributes = match product.kind {
        ProductType::Variation => attributes::variation_attributes(context, product),
        _ => attributes::attributes(context, product),
    };
    out.push("attributes", attributes);
    out.push("menu_order", product.menu_order);
    out.push("meta_data", document::meta_data(context, details));
    out
}

fn dates(out: &mut Map, details: &Details) {
    out.push("date_created", dates::local(details.created));
    out.push("date_created_gmt", dates::gmt(details.created));
    out.push("date_modified", dates::local(details.modified));
    out.push("date_modified_gmt", dates::gmt(details.modified));
}

fn sale_dates(out: &mut Map, context: &Context<'_>, product: &Product) {
    out.push("date_on_sale_from", prices::sale_date(context, product.sale_from));
    out.push("date_on_sale_from_gmt", dates::optional(product.sale_from));
    out.push("date_on_sale_to", prices::sale_date(context, product.sale_to));
    out.push("date_on_sale_to_gmt", dates::optional(product.sale_to));
}

fn stock(out: &mut Map, context: &Context<'_>, product: &Product) {
    out.push("stock_status", product.stock_status.name());
    out.push("backorders", context.visit.shop.stock_owner(product).backorders.name());
    out.push("backorders_allowed", context.visit.allows_backorders(product));
    out.push("backordered", context.visit.is_on_backorder(product, 0.0));
}
