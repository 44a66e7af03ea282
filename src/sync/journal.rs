//! The state machine with a storage under it: everything that reads or writes records, once, for
//! browsers and tests alike. What is left over is the platform's business.

use super::named::Named;
use super::record::{self, Stored};
use super::{Config, Effect, Event, Now, Outcome, Sync};
use crate::ports::{Refused, Storage};
use crate::value::Value;

/// A [`Sync`] and where its records are kept.
#[derive(Debug)]
pub struct Journal<S> {
    sync: Sync,
    records: Records<S>,
}

/// Storage, and what stands there as far as it was written or read here: the same text need not be
/// read twice.
#[derive(Debug)]
struct Records<S> {
    storage: S,
    known: Named<(String, Value)>,
}

impl<S: Storage> Journal<S> {
    /// Reads what is stored under the prefix. The effects are those left for the platform.
    pub fn open(config: Config, storage: S, now: Now, seed: [u8; 32]) -> (Self, Vec<Effect>) {
        let mut records = Records { storage, known: Named::default() };
        let entries = records.all(&config.prefix);
        let (sync, effects) = Sync::open(config, entries, now, seed);
        let mut journal = Self { sync, records };
        let rest = journal.carry_out(effects, now);
        (journal, rest)
    }

    /// The state machine, for reading.
    pub fn sync(&self) -> &Sync {
        &self.sync
    }

    /// The storage, for reading.
    pub fn storage(&self) -> &S {
        &self.records.storage
    }

    /// The storage.
    pub fn storage_mut(&mut self) -> &mut S {
        &mut self.records.storage
    }

    /// Lets an event happen and stores what is to be stored. What comes back is left to do for
    /// the platform: [`Effect::Send`], locks, timer, broadcast, notifications.
    pub fn step(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let effects = self.sync.step(event, now);
        self.carry_out(effects, now)
    }

    /// The lock was granted: reads everything again that somebody else may have written.
    pub fn lock_granted(&mut self, now: Now) -> Vec<Effect> {
        let entries = self.records.all(&self.sync.config().prefix);
        self.step(Event::LockGranted { entries }, now)
    }

    /// The page is back from the back/forward cache: reads everything again.
    pub fn page_show(&mut self, now: Now) -> Vec<Effect> {
        self.read_again(true, now)
    }

    /// A request came to an end.
    pub fn answer(&mut self, id: u64, outcome: Outcome, now: Now) -> Vec<Effect> {
        let records = &mut self.records;
        let bases = records.storage.has_readers().then(|| {
            let keys = self.sync.base_keys().into_iter();
            let record = |key: String| {
                let known = records.known.remove(&key);
                records.one(known, key)
            };
            keys.filter_map(record).collect()
        });
        self.step(Event::Answer { id, outcome, bases }, now)
    }

    /// The page was shown or hidden. Who is seen again may have slept, and have missed what the
    /// others did.
    pub fn visible(&mut self, visible: bool, now: Now) -> Vec<Effect> {
        let mut effects = if visible { self.read_again(false, now) } else { Vec::new() };
        effects.append(&mut self.step(Event::Visible(visible), now));
        effects
    }

    /// Another tab wrote or deleted a key; others' keys are ignored.
    pub fn storage_changed(&mut self, key: &str, now: Now) -> Vec<Effect> {
        if self.sync.base_keys().iter().any(|own| own == key) {
            return self.read_again(false, now);
        }
        let known = self.records.known.remove(key);
        let value = self.records.one(known, key.to_owned()).map(|(_, stored)| stored);
        self.step(Event::StorageChanged { key: key.to_owned(), value }, now)
    }

    fn read_again(&mut self, back: bool, now: Now) -> Vec<Effect> {
        let entries = self.records.all(&self.sync.config().prefix);
        self.step(Event::ReadAgain { entries, back }, now)
    }

    fn carry_out(&mut self, effects: Vec<Effect>, now: Now) -> Vec<Effect> {
        let mut rest = Vec::new();
        let mut failed = Vec::new();
        let Records { storage, known } = &mut self.records;
        for effect in effects {
            match effect {
                Effect::Write { key, value } => {
                    let text = record::seal(&value);
                    match storage.set(&key, &text) {
                        Ok(()) if record::reads_as_written(&value) => {
                            known.insert(key, (text, value));
                        }
                        Ok(()) => drop(known.remove(&key)),
                        Err(Refused) => failed.push(key),
                    }
                }
                Effect::Delete { key } => {
                    storage.remove(&key);
                    known.remove(&key);
                }
                Effect::Quarantine { key, to } => {
                    // without room for the copy the original stays where it is
                    if let Some(raw) = storage.get(&key)
                        && storage.set(&to, &raw).is_ok()
                    {
                        storage.remove(&key);
                    }
                }
                Effect::Erase => {
                    for key in storage.keys(&self.sync.config().prefix) {
                        storage.remove(&key);
                    }
                    known.clear();
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

impl<S: Storage> Records<S> {
    /// All that stands under the prefix; `None` where nobody else can have written it.
    fn all(&mut self, prefix: &str) -> Option<Vec<(String, Stored)>> {
        self.storage.has_readers().then(|| {
            let mut before = std::mem::take(&mut self.known);
            let keys = self.storage.keys(prefix).into_iter();
            keys.filter_map(|key| self.one(before.remove(&key), key)).collect()
        })
    }

    /// A record as it stands in storage; what is known by its very text is not read again.
    fn one(&mut self, known: Option<(String, Value)>, key: String) -> Option<(String, Stored)> {
        let raw = self.storage.get(&key)?;
        let stored = match known {
            Some((text, value)) if text == raw => Stored::Whole(value),
            _ => record::unseal(&key, &raw),
        };
        if let Stored::Whole(value) = &stored {
            self.known.insert(key.clone(), (raw, value.clone()));
        }
        Some((key, stored))
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, Effect, Event, Journal, Now, Refused, Storage, Value};
    use crate::cart::Command;
    use crate::map;
    use crate::ports::MemoryStorage;
    use crate::sync::{Mode, Notification};

    struct Private(MemoryStorage);

    impl Storage for Private {
        fn get(&self, key: &str) -> Option<String> {
            self.0.get(key)
        }
        fn set(&mut self, key: &str, text: &str) -> Result<(), Refused> {
            self.0.set(key, text)
        }
        fn remove(&mut self, key: &str) {
            self.0.remove(key);
        }
        fn keys(&self, prefix: &str) -> Vec<String> {
            self.0.keys(prefix)
        }
        fn has_readers(&self) -> bool {
            false
        }
    }

    #[test]
    fn what_nobody_else_reads_is_kept_without_a_text() {
        let now = Now { steady_ms: 1, wall_ms: 1 };
        let config = Config { mode: Mode::Off, fold_after: 3, ..Config::default() };
        let storage = Private(MemoryStorage::new());
        let (mut journal, _) = Journal::open(config, storage, now, [7; 32]);
        let remove = |journal: &mut Journal<Private>, item_key: &str| {
            let command = Command::RemoveItem { item_key: item_key.to_owned() };
            journal.step(Event::Command { command, lines: Vec::new() }, now)
        };
        let pending = |journal: &Journal<Private>| journal.sync().pending().len();
        remove(&mut journal, "a");
        remove(&mut journal, "b");
        assert!(remove(&mut journal, "c").contains(&Effect::AcquireLock));
        assert!(journal.lock_granted(now).contains(&Effect::AskForFold));
        assert_eq!(pending(&journal), 3);
        let model: Value = map! { "lines": Value::empty_array() }.into();
        let folded = journal.step(Event::Fold { model: model.clone() }, now);
        assert_eq!(folded, [Effect::ReleaseLock, Effect::Emit(Notification::Pending(0))]);
        remove(&mut journal, "d");
        for _ in 0..2 {
            assert_eq!(
                (pending(&journal), &journal.sync().base().model),
                (1, &Some(model.clone()))
            );
            journal.page_show(now);
        }
        let forgotten = journal.step(Event::Forget, now);
        let told = |effect: &Effect| matches!(effect, Effect::Broadcast { .. });
        assert!(journal.sync().base().model.is_none() && !forgotten.iter().any(told));
    }
}
