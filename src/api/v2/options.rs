//! `OPTIONS`: WordPress's description of a cart route. The shop's own answer also carries its
//! plugin's words and schema; drop-in fetch asks it first.

use super::route::{self, Route};
use crate::api::params::{Arg, Kind};
use crate::api::{Asked, Method, Response, Routed};
use crate::map;
use crate::value::{Map, Value};

/// In the order in which CoCart registers the endpoints of a path.
const ORDER: [Method; 4] = [Method::Get, Method::Post, Method::Delete, Method::Put];

/// Describes the route that a path names; `None` where no cart route does.
pub(super) fn describe(asked: &Asked<'_>, path: &[&str]) -> Option<Routed> {
    let request = asked.request;
    let allow = route::find(Method::Options, path, asked.profile)?.allow;
    if request.header("Access-Control-Request-Headers").is_some() {
        return Some(Routed::new(Response::empty(), allow));
    }
    let mut methods: Vec<Value> = Vec::new();
    let mut endpoints: Vec<Value> = Vec::new();
    let mut is_pattern = false;
    for method in ORDER {
        let found = route::find(method, path, asked.profile)?;
        let Some(route) = found.route else { continue };
        is_pattern |= !found.key.is_empty();
        let own: &[Method] = match route {
            // WordPress's "editable"
            Route::RestoreItem => &[Method::Post, Method::Put, Method::Patch],
            _ => std::slice::from_ref(&method),
        };
        let own: Vec<Value> = own.iter().map(|method| method.name().into()).collect();
        methods.extend(own.iter().cloned());
        let mut endpoint = map! { "methods": own };
        if is_pattern || method != Method::Get {
            endpoint.insert("allow_batch", map! { "v1": true });
        }
        let args: Map =
            route::args(route, false).iter().map(|arg| (arg.name, described(arg))).collect();
        endpoint.insert("args", args);
        endpoints.push(endpoint.into());
    }
    let mut body = map! { "namespace": "cocart/v2", "methods": methods, "endpoints": endpoints };
    if !is_pattern {
        let home = &asked.shop.snapshot().store.home_url;
        let path = request.path.trim_matches('/');
        let me: Vec<Value> = vec![map! { "href": format!("{home}/wp-json/{path}") }.into()];
        body.insert("_links", map! { "self": me });
    }
    Some(Routed::new(Response::ok(body), allow))
}

fn described(arg: &Arg) -> Map {
    // a quantity that may be left out is "required" with a default
    let counts = arg.kind == Kind::NumericText;
    let name = arg.kind.name();
    if arg.kind == Kind::Boolean {
        return map! { "default": arg.name == "thumb", "type": name, "required": false };
    }
    if counts && !arg.required {
        return map! { "type": name, "default": "1", "required": true };
    }
    map! { "type": name, "required": arg.required }
}
