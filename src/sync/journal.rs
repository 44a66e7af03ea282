//! The state machine with a storage under it: everything that reads or writes records, once, for
//! browsers and tests alike. What is left over is the platform's business.

use super::record::{self, Stored};
use super::{Config, Effect, Event, Now, Outcome, Sync};
use crate::ports::{Codec, Storage};

/// A [`Sync`] and where its records are kept.
#[derive(Debug)]
pub struct Journal<S, C> {
    sync: Sync,
    storage: S,
    codec: C,
    /// The base records as they were read last: every answer asks for them, few find them changed.
    read: Vec<(String, Stored)>,
}

impl<S: Storage, C: Codec> Journal<S, C> {
    /// Reads what is stored under the prefix. The effects are those left for the platform.
    pub fn open(
        config: Config,
        storage: S,
        codec: C,
        now: Now,
        seed: [u8; 32],
    ) -> (Self, Vec<Effect>) {
        let entries = storage.keys(&config.prefix).into_iter().filter_map(|key| {
            let stored = record::unseal(&codec, &key, &storage.get(&key)?);
            Some((key, stored))
        });
        let (sync, effects) = Sync::open(config, entries.collect(), now, seed);
        let mut journal = Self { sync, storage, codec, read: Vec::new() };
        let rest = journal.carry_out(effects, now);
        (journal, rest)
    }

    /// The state machine, for reading.
    pub fn sync(&self) -> &Sync {
        &self.sync
    }

    /// The storage, for reading.
    pub fn storage(&self) -> &S {
        &self.storage
    }

    /// The storage.
    pub fn storage_mut(&mut self) -> &mut S {
        &mut self.storage
    }

    /// Lets an event happen and stores what is to be stored. What comes back is left to do for
    /// the platform: [`Effect::Send`], locks, timer, broadcast, notifications.
    pub fn step(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let effects = self.sync.step(event, now);
        self.carry_out(effects, now)
    }

    /// The lock was granted: reads everything again.
    pub fn lock_granted(&mut self, now: Now) -> Vec<Effect> {
        let entries = self.entries();
        self.step(Event::LockGranted { entries }, now)
    }

    /// The page is back from the back/forward cache: reads everything again.
    pub fn page_show(&mut self, now: Now) -> Vec<Effect> {
        let entries = self.entries();
        self.step(Event::PageShow { entries }, now)
    }

    /// A request came to an end.
    pub fn answer(&mut self, id: u64, outcome: Outcome, now: Now) -> Vec<Effect> {
        let bases = self.records(self.sync.base_keys().into());
        self.step(Event::Answer { id, outcome, bases }, now)
    }

    /// Another tab wrote or deleted a key; others' keys are ignored.
    pub fn storage_changed(&mut self, key: &str, raw: Option<&str>, now: Now) -> Vec<Effect> {
        let value = raw.map(|raw| record::unseal(&self.codec, key, raw));
        self.step(Event::StorageChanged { key: key.to_owned(), value }, now)
    }

    fn entries(&mut self) -> Vec<(String, Stored)> {
        self.records(self.storage.keys(&self.sync.config().prefix))
    }

    fn records(&mut self, keys: Vec<String>) -> Vec<(String, Stored)> {
        let bases = self.sync.base_keys();
        let mut records = Vec::with_capacity(keys.len());
        let mut read = Vec::new();
        for key in keys {
            let Some(raw) = self.storage.get(&key) else { continue };
            let known = self.read.iter().find(|(own, _)| *own == raw);
            let stored = match known {
                Some((_, stored)) => stored.clone(),
                None => record::unseal(&self.codec, &key, &raw),
            };
            if bases.contains(&key) {
                read.push((raw, stored.clone()));
            }
            records.push((key, stored));
        }
        self.read = read;
        records
    }

    fn carry_out(&mut self, effects: Vec<Effect>, now: Now) -> Vec<Effect> {
        let mut rest = Vec::new();
        let mut failed = Vec::new();
        for effect in effects {
            match effect {
                Effect::Write { key, value } => {
                    let sealed = record::seal(&self.codec, &value);
                    let stored = sealed.and_then(|text| self.storage.set(&key, &text).ok());
                    if stored.is_none() {
                        failed.push(key);
                    }
                }
                Effect::Delete { key } => self.storage.remove(&key),
                Effect::Quarantine { key, to } => {
                    if let Some(raw) = self.storage.get(&key) {
                        // without room for the copy the original stays where it is
                        if self.storage.set(&to, &raw).is_ok() {
                            self.storage.remove(&key);
                        }
                    }
                }
                Effect::Erase => {
                    for key in self.storage.keys(&self.sync.config().prefix) {
                        self.storage.remove(&key);
                    }
                }
                Effect::Send(_) if !failed.is_empty() => {}
                other => rest.push(other),
            }
        }
        for key in failed {
            rest.extend(self.step(Event::WriteFailed { key }, now));
        }
        rest
    }
}
