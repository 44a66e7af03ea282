//! Pictures.

use super::{Context, dates};
use crate::map;
use crate::store::{Image, Moment, Product, ProductType};
use crate::value::{Map, Value};

/// A product's pictures; a variation's first is its own or its parent's.
pub(super) fn of<'r>(context: &'r Context<'_>, product: &Product) -> Vec<&'r Image> {
    let own = &context.details(product).images;
    if own.is_empty() && product.kind == ProductType::Variation {
        let parents = &context.details(context.visit.shop.parent(product)).images;
        return parents.iter().take(1).collect();
    }
    own.iter().collect()
}

/// A picture's addresses by size.
pub(super) fn sizes(context: &Context<'_>, image: &Image) -> Map {
    let sizes = context.catalogue.sizes(image);
    sizes.map(|(name, address)| (name.to_owned(), Value::from(address))).collect()
}

/// `images` of either version: v1 has the dates, v2 says which one is featured.
pub(super) fn list(context: &Context<'_>, product: &Product) -> Value {
    let mut images = of(context, product);
    images.extend(context.catalogue.placeholder.as_ref().filter(|_| images.is_empty()));
    let list = images.into_iter().enumerate().map(|(at, image)| {
        let mut document = document(context, image);
        document.push("position", i64::try_from(at).unwrap_or(0));
        if context.version == "v2" {
            document.push("featured", at == 0);
        }
        document.into()
    });
    list.collect::<Vec<Value>>().into()
}

/// A picture without its place.
pub(super) fn document(context: &Context<'_>, image: &Image) -> Map {
    let mut document = map! { "id": i64::from(image.id) };
    if context.version == "v1" {
        // the placeholder is always new
        let now = Moment { gmt: context.asked.now, offset: 0 };
        let (created, modified) =
            if image.id == 0 { (now, now) } else { (image.created, image.modified) };
        document.push("date_created", dates::local(created));
        document.push("date_created_gmt", dates::gmt(created));
        document.push("date_modified", dates::local(modified));
        document.push("date_modified_gmt", dates::gmt(modified));
    }
    document.push("src", sizes(context, image));
    document.push("name", image.title());
    document.push("alt", image.alt.as_str());
    document
}
