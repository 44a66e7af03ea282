//! Other carts under the same prefix, in other tabs and in this page: what one writes, the others
//! have to read.

use super::global::{Listener, property};
use js_sys::{Function, Object, Reflect};
use std::cell::{Cell, RefCell};
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

    type MessageEvent;

    #[wasm_bindgen(catch, constructor)]
    fn new(kind: &str, init: &JsValue) -> Result<MessageEvent, JsValue>;

    #[wasm_bindgen(catch, js_name = dispatchEvent)]
    fn dispatch(event: &MessageEvent) -> Result<JsValue, JsValue>;
}

/// What no key contains.
const BETWEEN_KEYS: char = '\0';

/// The event that tells the carts of one window. Keys of other prefixes are whoever's they are.
const WRITTEN: &str = "cocart-wasm:written";

/// Who is to be told of what is written here.
#[derive(Clone)]
enum Circle {
    /// An app's own storage tells nobody: every other cart, in whichever tab.
    All(BroadcastChannel),
    /// localStorage tells other windows by itself, and a message to them costs as much as all the
    /// rest of a change: the other carts of this window.
    Window,
}

/// The other carts.
pub(super) struct Neighbours {
    circle: Circle,
    /// Keys that changed in this turn, to be told at once.
    untold: Rc<RefCell<String>>,
    telling: Rc<Cell<bool>>,
    _listeners: Vec<Listener>,
}

impl Neighbours {
    /// Begins to listen: `heard` is given each key that was written elsewhere, or nothing where all
    /// were deleted at once. `None` where carts cannot hear of each other.
    pub(super) fn new(
        name: &str,
        is_local: bool,
        heard: impl Fn(Option<String>) + 'static,
    ) -> Option<Self> {
        let heard = Rc::new(heard);
        let telling = Rc::new(Cell::new(false));
        let window: JsValue = js_sys::global().into();
        let mut listeners = Vec::new();
        let (circle, target, kind) = if is_local {
            let heard = Rc::clone(&heard);
            listeners.extend(Listener::on(&window, "storage", move |event| {
                heard(property(&event, "key").as_string());
            }));
            (Circle::Window, window, WRITTEN)
        } else {
            let channel = BroadcastChannel::new(name).ok()?;
            // in Node an open channel would keep the process alive
            if let Ok(unref) = property(&channel, "unref").dyn_into::<Function>() {
                drop(unref.call0(&channel));
            }
            let target = channel.clone().into();
            (Circle::All(channel), target, "message")
        };
        let own = Rc::clone(&telling);
        listeners.extend(Listener::on(&target, kind, move |event| {
            if own.get() {
                return;
            }
            let keys = property(&event, "data").as_string().unwrap_or_default();
            for key in keys.split(BETWEEN_KEYS) {
                heard(Some(key.to_owned()));
            }
        }));
        Some(Self { circle, untold: Rc::default(), telling, _listeners: listeners })
    }

    /// Tells them that a key changed, once this turn is over.
    pub(super) fn tell(&self, key: &str) {
        let mut untold = self.untold.borrow_mut();
        if untold.is_empty() {
            let (circle, untold) = (self.circle.clone(), Rc::clone(&self.untold));
            let telling = Rc::clone(&self.telling);
            spawn_local(async move { circle.tell(&untold, &telling) });
        } else {
            untold.push(BETWEEN_KEYS);
        }
        untold.push_str(key);
    }
}

impl Drop for Neighbours {
    fn drop(&mut self) {
        self.circle.tell(&self.untold, &self.telling);
        if let Circle::All(channel) = &self.circle {
            channel.close();
        }
    }
}

impl Circle {
    fn tell(&self, untold: &RefCell<String>, telling: &Cell<bool>) {
        let keys = untold.take();
        if keys.is_empty() {
            return;
        }
        match self {
            Self::All(channel) => drop(channel.post(&keys)),
            Self::Window => {
                let init = Object::new();
                drop(Reflect::set(&init, &"data".into(), &keys.into()));
                telling.set(true);
                drop(MessageEvent::new(WRITTEN, &init).and_then(|event| dispatch(&event)));
                telling.set(false);
            }
        }
    }
}
