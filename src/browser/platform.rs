//! What happens around the cart, and what its state machine wants done beyond storage.

use super::global::{Listener, Timer, global, property};
use super::locks::{Lock, have_locks};
use super::neighbours::Neighbours;
use super::storage::AnyStorage;
use super::transport::Transport;
use crate::sync::{Outcome, Outgoing};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Something that happened.
pub(crate) enum Happening {
    LockGranted,
    LockLost,
    Answer {
        id: u64,
        outcome: Outcome,
    },
    Timer,
    Online(bool),
    Visible(bool),
    PageHide,
    PageShow,
    /// Another tab (or another cart of this page) wrote or deleted a key.
    Written {
        key: String,
    },
}

type Report = Rc<dyn Fn(Happening)>;

/// The page or process around one cart. Everything it holds goes when it is dropped.
pub(crate) struct Platform {
    report: Report,
    name: String,
    transport: Transport,
    timer: Option<Timer>,
    lock: Option<Lock>,
    neighbours: Option<Neighbours>,
    _listeners: Vec<Listener>,
}

impl Platform {
    /// Begins to listen. `name` is the prefix of the cart's keys, which are in `storage`.
    pub(crate) fn new(
        name: &str,
        storage: &AnyStorage,
        transport: Transport,
        report: Report,
    ) -> Self {
        let heard = Rc::clone(&report);
        let heard = move |key| match key {
            Some(key) => heard(Happening::Written { key }),
            None => heard(Happening::PageShow),
        };
        let neighbours = match storage {
            AnyStorage::Memory(_) => None,
            AnyStorage::Local(_) => Neighbours::new(name, true, heard),
            AnyStorage::Adapter(_) => Neighbours::new(name, false, heard),
        };
        Self {
            _listeners: page_listeners(&report),
            report,
            name: name.to_owned(),
            transport,
            timer: None,
            lock: None,
            neighbours,
        }
    }

    /// Whether Web Locks decide who flushes.
    pub(crate) fn has_locks(&self) -> bool {
        self.neighbours.is_some() && have_locks()
    }

    /// Makes a request.
    pub(crate) fn send(&self, outgoing: Outgoing) {
        let (transport, report) = (self.transport.clone(), Rc::clone(&self.report));
        spawn_local(async move {
            let Outgoing { id, request, authorized } = outgoing;
            let outcome = transport.send(request, authorized).await;
            report(Happening::Answer { id, outcome });
        });
    }

    /// Asks for the lock; false where there is none to ask for.
    pub(crate) fn ask_for_lock(&mut self) -> bool {
        if !self.has_locks() {
            return false;
        }
        let (granted, lost) = (Rc::clone(&self.report), Rc::clone(&self.report));
        self.lock = Lock::ask(
            &self.name,
            move || granted(Happening::LockGranted),
            move || lost(Happening::LockLost),
        );
        self.lock.is_some()
    }

    /// Lets the lock go, or stops waiting for it.
    pub(crate) fn release_lock(&mut self) {
        self.lock = None;
    }

    /// Rings in so many milliseconds, and not for anything before.
    pub(crate) fn set_timer(&mut self, after_ms: i64) {
        let report = Rc::clone(&self.report);
        #[allow(clippy::cast_precision_loss)]
        let after = after_ms.clamp(0, i32::MAX.into()) as f64;
        self.timer = Timer::after(after, move || report(Happening::Timer));
    }

    /// Tells the other carts under the prefix that a key changed.
    pub(crate) fn broadcast(&self, key: &str) {
        if let Some(neighbours) = &self.neighbours {
            neighbours.tell(key);
        }
    }
}

/// Whether the page can be seen; what is no page always can.
pub(crate) fn is_visible() -> bool {
    global(&["document", "visibilityState"]).as_string().is_none_or(|state| state == "visible")
}

/// What the browser says of the network; true where it says nothing.
pub(crate) fn is_online() -> bool {
    global(&["navigator", "onLine"]).as_bool().unwrap_or(true)
}

fn page_listeners(report: &Report) -> Vec<Listener> {
    let window: JsValue = js_sys::global().into();
    let document = global(&["document"]);
    let on = |target: &JsValue, kind, what: fn(JsValue) -> Option<Happening>| {
        let report = Rc::clone(report);
        Listener::on(target, kind, move |event| {
            if let Some(happening) = what(event) {
                report(happening);
            }
        })
    };
    [
        on(&window, "online", |_| Some(Happening::Online(true))),
        on(&window, "offline", |_| Some(Happening::Online(false))),
        on(&document, "visibilitychange", |_| Some(Happening::Visible(is_visible()))),
        on(&window, "pagehide", |_| Some(Happening::PageHide)),
        // the first show of a page is no return to it
        on(&window, "pageshow", |event| {
            property(&event, "persisted").is_truthy().then_some(Happening::PageShow)
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}
