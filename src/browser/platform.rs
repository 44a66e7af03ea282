//! What happens around the cart, and what its state machine wants done beyond storage.

use super::global::{Listener, Target, Timer, global, property};
use super::locks::{Lock, have_locks};
use super::transport::Transport;
use crate::sync::{Outcome, Outgoing};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type BroadcastChannel;

    #[wasm_bindgen(catch, constructor)]
    fn new(name: &str) -> Result<BroadcastChannel, JsValue>;

    #[wasm_bindgen(catch, method, structural, js_name = postMessage)]
    fn post(this: &BroadcastChannel, message: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural)]
    fn close(this: &BroadcastChannel);
}

/// What no key contains.
const BETWEEN_KEYS: char = '\0';

impl BroadcastChannel {
    fn tell(&self, untold: &RefCell<String>) {
        let keys = untold.take();
        if !keys.is_empty() {
            drop(self.post(&keys));
        }
    }
}

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
    channel: Option<BroadcastChannel>,
    /// Keys that changed in this turn, to be told in one message: sending one costs as much as all
    /// the rest of a change.
    untold: Rc<RefCell<String>>,
    _listeners: Vec<Listener>,
}

impl Platform {
    /// Begins to listen. `name` is the prefix of the cart's keys; a cart that is not `shared`
    /// has no other tabs to talk to.
    pub(crate) fn new(name: &str, shared: bool, transport: Transport, report: Report) -> Self {
        let mut listeners = page_listeners(&report);
        let channel = if shared { BroadcastChannel::new(name).ok() } else { None };
        if let Some(channel) = &channel {
            // in Node an open channel would keep the process alive
            if let Ok(unref) = property(channel, "unref").dyn_into::<js_sys::Function>() {
                drop(unref.call0(channel));
            }
            let report = Rc::clone(&report);
            listeners.extend(Listener::on(channel, "message", move |event| {
                let keys = property(&event, "data").as_string().unwrap_or_default();
                for key in keys.split(BETWEEN_KEYS) {
                    report(Happening::Written { key: key.to_owned() });
                }
            }));
        }
        if shared {
            listeners.extend(storage_listener(&report));
        }
        let name = name.to_owned();
        Self {
            report,
            name,
            transport,
            timer: None,
            lock: None,
            channel,
            untold: Rc::default(),
            _listeners: listeners,
        }
    }

    /// Whether Web Locks decide who flushes.
    pub(crate) fn has_locks(&self) -> bool {
        self.channel.is_some() && have_locks()
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

    /// Tells the other tabs that a key changed.
    pub(crate) fn broadcast(&self, key: &str) {
        let Some(channel) = &self.channel else { return };
        let mut untold = self.untold.borrow_mut();
        if untold.is_empty() {
            let (channel, untold) = (channel.clone(), Rc::clone(&self.untold));
            spawn_local(async move { channel.tell(&untold) });
        } else {
            untold.push(BETWEEN_KEYS);
        }
        untold.push_str(key);
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.tell(&self.untold);
            channel.close();
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

/// Other windows' writes; where everything was deleted the event names no key.
fn storage_listener(report: &Report) -> Option<Listener> {
    let window: Target = js_sys::global().unchecked_into();
    let report = Rc::clone(report);
    Listener::on(&window, "storage", move |event| match property(&event, "key").as_string() {
        Some(key) => report(Happening::Written { key }),
        None => report(Happening::PageShow),
    })
}
