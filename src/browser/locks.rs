//! Web Locks: whoever flushes holds one, for one flush.

use super::global::global;
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(catch, method, structural)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        granted: &JsValue,
    ) -> Result<Promise, JsValue>;

    type AbortController;

    #[wasm_bindgen(catch, constructor)]
    fn new() -> Result<AbortController, JsValue>;

    #[wasm_bindgen(method, structural, getter)]
    fn signal(this: &AbortController) -> JsValue;

    #[wasm_bindgen(method, structural)]
    fn abort(this: &AbortController);
}

/// Whether there are Web Locks here (secure contexts of current browsers).
pub(crate) fn have_locks() -> bool {
    global(&["navigator", "locks", "request"]).is_function()
}

/// A lock that is held or waited for; let go when dropped.
pub(crate) struct Lock {
    release: Rc<RefCell<Option<Function>>>,
    given_up: Rc<Cell<bool>>,
    waiting: AbortController,
}

impl Lock {
    /// Asks for the lock. `granted` is called once it is ours, `lost` when it cannot be had or
    /// was taken from us.
    pub(crate) fn ask(
        name: &str,
        granted: impl FnOnce() + 'static,
        lost: impl FnOnce() + 'static,
    ) -> Option<Self> {
        let locks: LockManager = global(&["navigator", "locks"]).unchecked_into();
        let waiting = AbortController::new().ok()?;
        let options = Object::new();
        Reflect::set(&options, &JsValue::from_str("signal"), &waiting.signal()).ok()?;
        let release: Rc<RefCell<Option<Function>>> = Rc::default();
        let given_up = Rc::new(Cell::new(false));
        let callback = {
            let (release, given_up) = (Rc::clone(&release), Rc::clone(&given_up));
            // the lock is held until the promise that this returns is resolved
            Closure::once_into_js(move |_lock: JsValue| -> JsValue {
                if given_up.get() {
                    return JsValue::UNDEFINED;
                }
                let held = Promise::new(&mut |resolve, _| {
                    *release.borrow_mut() = Some(resolve);
                });
                granted();
                held.into()
            })
        };
        let ended = locks.request(name, &options, &callback).ok()?;
        let (gone, free) = (Rc::clone(&given_up), Rc::clone(&release));
        spawn_local(async move {
            let stolen = JsFuture::from(ended).await.is_err();
            if stolen && !gone.get() {
                free.borrow_mut().take();
                lost();
            }
        });
        Some(Self { release, given_up, waiting })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.given_up.set(true);
        match self.release.borrow_mut().take() {
            Some(release) => drop(release.call0(&JsValue::UNDEFINED)),
            None => self.waiting.abort(),
        }
    }
}
