//! Finding a place in a list by its key. The keys stay in the list: one small table serves all
//! types, where the library's map is 2 KB for each.

/// Places by the hash of what stands there.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Hash and place, from the slot on that the hash names; as many slots as a power of two.
    slots: Vec<Option<(u32, u32)>>,
    count: usize,
}

/// The hash of a text (FNV-1a).
pub fn hash_text(text: &[u8]) -> u32 {
    text.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// The hash of an id.
pub fn hash_id(id: u64) -> u32 {
    hash_text(&id.to_le_bytes())
}

impl Index {
    /// The place with this hash for which `is` holds.
    pub fn find(&self, hash: u32, is: &dyn Fn(usize) -> bool) -> Option<usize> {
        let start = self.start(hash);
        let (before, from) = self.slots.split_at_checked(start)?;
        for slot in from.iter().chain(before) {
            let (other, place) = (*slot)?;
            let place = usize::try_from(place).ok()?;
            if other == hash && is(place) {
                return Some(place);
            }
        }
        None
    }

    /// Adds a place that is not there yet.
    pub fn add(&mut self, hash: u32, place: usize) {
        if self.count * 2 >= self.slots.len() {
            let all: Vec<_> = std::mem::take(&mut self.slots);
            self.slots.resize((all.len() * 2).max(8), None);
            all.into_iter().flatten().for_each(|entry| self.put(entry));
        }
        self.count += 1;
        self.put((hash, u32::try_from(place).unwrap_or(u32::MAX)));
    }

    fn put(&mut self, entry: (u32, u32)) {
        let start = self.start(entry.0);
        if let Some((before, from)) = self.slots.split_at_mut_checked(start)
            && let Some(free) = from.iter_mut().chain(before).find(|slot| slot.is_none())
        {
            *free = Some(entry);
        }
    }

    fn start(&self, hash: u32) -> usize {
        usize::try_from(hash).unwrap_or(0) & self.slots.len().wrapping_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Index, hash_id, hash_text};

    #[test]
    fn what_was_added_is_found_and_nothing_else() {
        let words: Vec<String> = (0..1000).map(|at| format!("word {at}")).collect();
        let mut index = Index::default();
        let find = |index: &Index, word: &str| {
            index.find(hash_text(word.as_bytes()), &|at| words.get(at).is_some_and(|w| w == word))
        };
        for (at, word) in words.iter().enumerate() {
            assert_eq!(find(&index, word), None);
            index.add(hash_text(word.as_bytes()), at);
            assert_eq!(find(&index, word), Some(at));
        }
        assert!(words.iter().enumerate().all(|(at, word)| find(&index, word) == Some(at)));
    }

    #[test]
    fn equal_hashes_are_told_apart() {
        let mut index = Index::default();
        (0..9).for_each(|place| index.add(hash_id(7), place));
        assert_eq!(index.find(hash_id(7), &|place| place == 8), Some(8));
        assert_eq!(index.find(hash_id(8), &|_| true), None);
    }
}
