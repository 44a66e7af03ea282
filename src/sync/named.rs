//! Entries by name, in one sorted list: what a cart keeps by name is a few dozen entries, and the
//! standard library's maps weigh 60 KB in the package.

/// A map from names, in their order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named<T>(Vec<(String, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Named<T> {
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.as_str().cmp(name))
    }

    /// What stands under `name`.
    pub(super) fn get(&self, name: &str) -> Option<&T> {
        self.0.get(self.place(name).ok()?).map(|(_, entry)| entry)
    }

    /// Whether something stands under `name`.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Puts `entry` under `name`, in the place of what stood there.
    pub(super) fn insert(&mut self, name: String, entry: T) {
        match self.place(&name) {
            Ok(at) => {
                if let Some((_, slot)) = self.0.get_mut(at) {
                    *slot = entry;
                }
            }
            Err(at) => self.0.insert(at, (name, entry)),
        }
    }

    /// Takes out what stands under `name`.
    pub(super) fn remove(&mut self, name: &str) -> Option<T> {
        self.place(name).ok().map(|at| self.0.remove(at).1)
    }

    /// Keeps the entries that `keep` accepts.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&str, &mut T) -> bool) {
        self.0.retain_mut(|(name, entry)| keep(name, entry));
    }

    /// The entries in the order of their names.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, entry)| (name.as_str(), entry))
    }

    /// The entries without their names, to change them.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, entry)| entry)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes everything out.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl<T: Default> Named<T> {
    /// What stands under `name`, made where nothing does.
    pub(super) fn of(&mut self, name: &str) -> Option<&mut T> {
        let at = self.place(name).unwrap_or_else(|at| {
            self.0.insert(at, (name.to_owned(), T::default()));
            at
        });
        self.0.get_mut(at).map(|(_, entry)| entry)
    }
}

#[cfg(test)]
mod tests {
    use super::Named;

    #[test]
    fn names_stand_in_order_once() {
        let mut named = Named::default();
        for (name, entry) in [("b", 1), ("a", 2), ("c", 3), ("b", 4)] {
            named.insert(name.to_owned(), entry);
        }
        assert_eq!(named.iter().collect::<Vec<_>>(), [("a", &2), ("b", &4), ("c", &3)]);
        assert_eq!((named.get("b"), named.get("d"), named.len()), (Some(&4), None, 3));
        named.retain(|name, _| name != "b");
        assert!(!named.contains("b") && named.contains("c"));
        assert_eq!(named.of("x").copied(), Some(0));
        assert_eq!(named.of("c").copied(), Some(3));
        assert_eq!(named.len(), 3);
        named.clear();
        assert_eq!(named.iter().count(), 0);
    }
}
