//! `OPTIONS`: WordPress's description of a cart route. The shop's own answer also carries its
//! plugin's words and schema; drop-in fetch asks it first.

use super::params::{Arg, Kind};
use super::{Asked, Method, Response, Routed};
use crate::map;
use crate::value::{Map, Value};

/// In the order in which CoCart registers the endpoints of a path.
const ORDER: [Method; 4] = [Method::Get, Method::Post, Method::Delete, Method::Put];

/// Describes a path of a version by the parameters of each method that it knows; a pattern's last
/// part may be anything.
pub(super) fn describe(
    asked: &Asked<'_>,
    version: &str,
    is_pattern: bool,
    allow: &'static str,
    args: &dyn Fn(Method) -> Option<Vec<Arg>>,
) -> Routed {
    if asked.request.is_preflight() {
        return Routed::new(Response::empty(), allow);
    }
    let of_v2 = version == "v2";
    let mut methods: Vec<Value> = Vec::new();
    let mut endpoints: Vec<Value> = Vec::new();
    for method in ORDER {
        let Some(args) = args(method) else { continue };
        let own: &[Method] = match method {
            // WordPress's "editable"
            Method::Put => &[Method::Post, Method::Put, Method::Patch],
            _ => std::slice::from_ref(&method),
        };
        let own: Vec<Value> = own.iter().map(|method| method.name().into()).collect();
        methods.extend(own.iter().cloned());
        let mut endpoint = map! { "methods": own };
        if of_v2 && (is_pattern || method != Method::Get) {
            endpoint.insert("allow_batch", map! { "v1": true });
        }
        let args: Map = args.iter().map(|arg| (arg.name, described(arg, of_v2))).collect();
        endpoint.insert("args", args);
        endpoints.push(endpoint.into());
    }
    let namespace = format!("cocart/{version}");
    let mut body = map! { "namespace": namespace, "methods": methods, "endpoints": endpoints };
    if !is_pattern {
        let home = &asked.shop.snapshot().store.home_url;
        let path = asked.request.path.trim_matches('/');
        let me: Vec<Value> = vec![map! { "href": format!("{home}/wp-json/{path}") }.into()];
        body.insert("_links", map! { "self": me });
    }
    Routed::new(Response::ok(body), allow)
}

fn described(arg: &Arg, of_v2: bool) -> Map {
    // a quantity that may be left out is "required" with a default
    let counts = arg.kind == Kind::NumericText;
    let name = arg.kind.name();
    if arg.kind == Kind::Boolean {
        return map! { "default": of_v2 && arg.name == "thumb", "type": name, "required": false };
    }
    if counts && !arg.required {
        return map! { "type": name, "default": "1", "required": true };
    }
    map! { "type": name, "required": arg.required }
}
