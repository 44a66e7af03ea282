//! localStorage shared by tabs that are killed between any two writes.

use cocart_wasm::ports::{MemoryStorage, Refused, Storage};
use std::cell::RefCell;
use std::rc::Rc;

/// What all tabs share.
#[derive(Debug, Default)]
pub struct Shared {
    /// The texts.
    pub store: MemoryStorage,
    /// Writes that other tabs are still to be told of: writer, key.
    pub written: Vec<(usize, String)>,
    /// How many more writes the running tab lives for.
    pub budget: Option<u32>,
}

/// One tab's way to it.
#[derive(Clone, Debug)]
pub struct TabStorage {
    /// Which tab.
    pub tab: usize,
    /// What it shares.
    pub shared: Rc<RefCell<Shared>>,
}

impl Shared {
    /// Whether the running tab is dead.
    pub fn is_dead(&self) -> bool {
        self.budget == Some(0)
    }

    fn may_write(&mut self) -> bool {
        match &mut self.budget {
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                *left > 0
            }
            None => true,
        }
    }
}

impl Storage for TabStorage {
    fn get(&self, key: &str) -> Option<String> {
        self.shared.borrow().store.get(key)
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), Refused> {
        let mut shared = self.shared.borrow_mut();
        if !shared.may_write() {
            return Ok(());
        }
        shared.store.set(key, text)?;
        shared.written.push((self.tab, key.to_owned()));
        Ok(())
    }

    fn remove(&mut self, key: &str) {
        let mut shared = self.shared.borrow_mut();
        if shared.may_write() {
            shared.store.remove(key);
            shared.written.push((self.tab, key.to_owned()));
        }
    }

    fn keys(&self, prefix: &str) -> Vec<String> {
        self.shared.borrow().store.keys(prefix)
    }
}
