//! The options of `createCart`.

use crate::api::Profile;
use crate::browser::{AnyStorage, Transport, is_online, is_visible, property};
use crate::store::Shop;
use crate::sync::{Config, Mode};
use crate::value::Record;
use wasm_bindgen::{JsCast, JsValue};

/// What `createCart` was told.
pub(super) struct Options {
    pub(super) shop: Shop,
    pub(super) profile: Profile,
    pub(super) config: Config,
    pub(super) storage: AnyStorage,
    pub(super) transport: Transport,
}

impl Options {
    /// Reads the options that the package's JavaScript has looked through.
    pub(super) fn read(options: &JsValue, shop: Shop) -> Self {
        let text = |name: &str| property(options, name).as_string().unwrap_or_default();
        let storage = property(options, "storage");
        let storage = match storage.as_string().as_deref() {
            Some("memory") => AnyStorage::memory(),
            Some(_) => AnyStorage::local().unwrap_or_else(AnyStorage::memory),
            None => AnyStorage::Adapter(storage.unchecked_into()),
        };
        let mode = match text("sync").as_str() {
            "manual" => Mode::Manual,
            "off" => Mode::Off,
            _ => Mode::Auto,
        };
        let authorization = property(options, "authorization").dyn_into().ok();
        let defaults = Config::default();
        #[allow(clippy::cast_possible_truncation)]
        let timeout = property(options, "timeout").as_f64().map(|limit| limit as i64);
        let config = Config {
            timeout_ms: timeout.unwrap_or(defaults.timeout_ms),
            mode,
            prefix: format!("{}:", text("storageKey")),
            namespace: format!("{}/v2", text("namespace")),
            cart_key: property(options, "cartKey").as_string(),
            signed_in: property(options, "signedIn").is_truthy(),
            visible: is_visible(),
            online: is_online(),
            ..defaults
        };
        let transport = Transport {
            base: format!("{}/{}", text("storeUrl"), text("restPrefix")),
            namespace: text("namespace"),
            fetch: property(options, "fetch").dyn_into().ok(),
            authorization,
        };
        let profile = Profile::read(&text("profile").into()).unwrap_or_default();
        Self { shop, profile, config, storage, transport }
    }
}
