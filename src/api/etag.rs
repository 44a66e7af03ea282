//! `ETag` and `304`, as CoCart sends them from 4.9 on.

use super::{Method, Profile, Request, Response};
use crate::woo::{identity, php_json};

/// Tags the answer to a read of the cart or the catalogue; one that the client holds already is
/// answered without its document. Apart from [`super::handle`], because a tag costs a pass over
/// the document and only HTTP's clients want it.
pub fn revalidate(profile: Profile, request: &Request, response: &mut Response) {
    let tagged = ["/cocart/v2/cart", "/cocart/v2/products"];
    let is_read = request.method == Method::Get
        && response.status == 200
        && tagged.iter().any(|path| request.path.starts_with(path));
    if !is_read || !profile.follows_openapi() {
        return;
    }
    let Some(body) = &response.body else { return };
    if matches!(request.query_value("_skip_cache"), Some("1" | "true")) {
        response.add_header("CoCart-Cache", "SKIP");
        return;
    }
    let mut json = String::new();
    php_json::write(&mut json, body);
    let tag = format!("\"{}\"", identity::md5_hex(&json));
    let is_held = request.header("If-None-Match").is_some_and(|held| holds(held, &tag));
    response.add_header("ETag", format!("W/{tag}"));
    response.add_header("CoCart-Cache", if is_held { "HIT" } else { "MISS" });
    if is_held {
        response.status = 304;
        response.body = None;
    }
}

/// HTTP's weak comparison against a list of tags.
fn holds(list: &str, tag: &str) -> bool {
    let mut held = list.split(',').map(str::trim);
    held.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: &str = "\"0cc175b9c0f1b6a831c399e269772661\"";

    fn asked(held: &str, profile: Profile) -> Response {
        let mut request = Request::new(Method::Get, "/cocart/v2/cart");
        request.headers.push(("If-None-Match".into(), held.into()));
        let mut response = Response::ok("a");
        revalidate(profile, &request, &mut response);
        response
    }

    #[test]
    fn a_held_document_is_not_sent_again() {
        let first = asked("", Profile::V5);
        assert_eq!((first.status, first.header("CoCart-Cache")), (200, Some("MISS")));
        let tag = first.header("ETag").unwrap_or_default().to_owned();
        assert_eq!(tag.len(), TAG.len() + 2);
        for held in [tag.clone(), tag.replace("W/", ""), format!("\"x\", {tag}"), "*".into()] {
            let second = asked(&held, Profile::V5);
            assert_eq!((second.status, second.body.is_none()), (304, true), "{held}");
            assert_eq!(second.header("CoCart-Cache"), Some("HIT"));
        }
        assert_eq!(asked(TAG, Profile::V49).status, 200);
        assert_eq!(asked("*", Profile::V43).header("ETag"), None);
    }

    #[test]
    fn the_cache_can_be_passed_by() {
        let request =
            Request::new(Method::Get, "/cocart/v2/cart").with_query("_skip_cache", "true");
        let mut response = Response::ok("a");
        revalidate(Profile::V49, &request, &mut response);
        assert_eq!(response.header("CoCart-Cache"), Some("SKIP"));
        assert_eq!(response.header("ETag"), None);
    }
}
