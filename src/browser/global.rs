//! The global object, whichever kind it is: a page's, a worker's, Node's.

use crate::sync::Now;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Anything that events come from: the window, the document, a channel.
    #[derive(Clone)]
    pub(crate) type Target;

    #[wasm_bindgen(catch, method, structural, js_name = addEventListener)]
    fn add(this: &Target, kind: &str, listener: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, method, structural, js_name = removeEventListener)]
    fn remove(this: &Target, kind: &str, listener: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: f64) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = performance, js_name = now)]
    fn performance_now() -> Result<f64, JsValue>;

    #[wasm_bindgen(catch, js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue) -> Result<(), JsValue>;
}

/// A property of a property … of the global object; undefined where any of them is missing.
pub(crate) fn global(path: &[&str]) -> JsValue {
    path.iter().fold(js_sys::global().into(), |at: JsValue, name| property(&at, name))
}

/// A property, undefined where there is none.
pub(crate) fn property(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// An event listener that goes when it is dropped.
pub(crate) struct Listener {
    target: Target,
    kind: &'static str,
    closure: Closure<dyn FnMut(JsValue)>,
}

impl Listener {
    /// Listens, where there is something to listen to.
    pub(crate) fn on(
        target: &JsValue,
        kind: &'static str,
        act: impl FnMut(JsValue) + 'static,
    ) -> Option<Self> {
        if property(target, "addEventListener").is_undefined() {
            return None;
        }
        let target: Target = target.clone().unchecked_into();
        let closure = Closure::new(act);
        target.add(kind, closure.as_ref()).ok()?;
        Some(Self { target, kind, closure })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        drop(self.target.remove(self.kind, self.closure.as_ref()));
    }
}

/// A timer that goes when it is dropped.
pub(crate) struct Timer {
    id: JsValue,
    _closure: Closure<dyn FnMut()>,
}

impl Timer {
    /// Acts once, after `milliseconds`.
    pub(crate) fn after(milliseconds: f64, act: impl FnMut() + 'static) -> Option<Self> {
        let closure = Closure::new(act);
        let id = set_timeout(closure.as_ref(), milliseconds).ok()?;
        Some(Self { id, _closure: closure })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        drop(clear_timeout(&self.id));
    }
}

thread_local! {
    /// When this page began, which never changes; nothing where no such clock is.
    static ORIGIN: Option<f64> = property(&global(&["performance"]), "timeOrigin").as_f64();
}

/// The two clocks.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn now() -> Now {
    let wall = js_sys::Date::now();
    let steady = match ORIGIN.with(|origin| *origin).map(|origin| (origin, performance_now())) {
        Some((origin, Ok(since))) => origin + since,
        _ => wall,
    };
    Now { steady_ms: steady as i64, wall_ms: wall as i64 }
}

/// `N` random bytes; from `Math.random` where there is no better source.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
        fn get_random_values(bytes: &js_sys::Uint8Array) -> Result<JsValue, JsValue>;
    }
    let bytes = js_sys::Uint8Array::new_with_length(u32::try_from(N).unwrap_or(0));
    let mut out = [0; N];
    if get_random_values(&bytes).is_ok() {
        bytes.copy_to(&mut out);
        return out;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    out.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    out
}
