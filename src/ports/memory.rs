//! Storage that is gone with the page: where localStorage is denied, and in tests.

use super::{Refused, Storage};
use std::collections::BTreeMap;

/// Texts in memory, with room for as much as it is given.
#[derive(Clone, Debug, Default)]
pub struct MemoryStorage {
    entries: BTreeMap<String, String>,
    room: Option<usize>,
}

impl MemoryStorage {
    /// Room without limit.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many bytes of keys and texts fit from now on; `None` lifts the limit. What is
    /// there stays, even above it.
    pub fn set_room(&mut self, bytes: Option<usize>) {
        self.room = bytes;
    }

    /// Whether there is a limit.
    pub fn is_limited(&self) -> bool {
        self.room.is_some()
    }

    /// How many bytes are used.
    pub fn used(&self) -> usize {
        self.entries.iter().map(|(key, text)| key.len() + text.len()).sum()
    }
}

impl Storage for MemoryStorage {
    fn get(&self, key: &str) -> Option<String> {
        self.entries.get(key).cloned()
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), Refused> {
        if let Some(room) = self.room {
            let old = self.entries.get(key).map_or(0, |old| key.len() + old.len());
            let new = key.len() + text.len();
            // as browsers do, a write that shrinks what is stored is let through
            if new > old && self.used() - old + new > room {
                return Err(Refused);
            }
        }
        self.entries.insert(key.to_owned(), text.to_owned());
        Ok(())
    }

    fn remove(&mut self, key: &str) {
        self.entries.remove(key);
    }

    fn keys(&self, prefix: &str) -> Vec<String> {
        self.entries
            .range(prefix.to_owned()..)
            .map_while(|(key, _)| key.starts_with(prefix).then(|| key.clone()))
            .collect()
    }
}
