//! Storage that is gone with the page: where localStorage is denied, and in tests.

use super::{Refused, Storage};

/// Texts in memory, with room for as much as it is given.
#[derive(Clone, Debug, Default)]
pub struct MemoryStorage {
    /// In the order of their keys.
    entries: Vec<(String, String)>,
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

impl MemoryStorage {
    fn place(&self, key: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|(own, _)| own.as_str().cmp(key))
    }

    fn entry(&self, key: &str) -> Option<&(String, String)> {
        self.entries.get(self.place(key).ok()?)
    }
}

impl Storage for MemoryStorage {
    fn get(&self, key: &str) -> Option<String> {
        self.entry(key).map(|(_, text)| text.clone())
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), Refused> {
        if let Some(room) = self.room {
            let old = self.entry(key).map_or(0, |(key, old)| key.len() + old.len());
            let new = key.len() + text.len();
            // as browsers do, a write that shrinks what is stored is let through
            if new > old && self.used() - old + new > room {
                return Err(Refused);
            }
        }
        match self.place(key) {
            Ok(at) => drop(self.entries.get_mut(at).map(|(_, old)| text.clone_into(old))),
            Err(at) => self.entries.insert(at, (key.to_owned(), text.to_owned())),
        }
        Ok(())
    }

    fn remove(&mut self, key: &str) {
        if let Ok(at) = self.place(key) {
            self.entries.remove(at);
        }
    }

    fn keys(&self, prefix: &str) -> Vec<String> {
        let keys = self.entries.iter().map(|(key, _)| key);
        keys.filter(|key| key.starts_with(prefix)).cloned().collect()
    }
}
