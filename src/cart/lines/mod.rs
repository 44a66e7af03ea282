//! The cart's lines in order, and which of them changed since somebody last looked: what follows
//! from the lines is worked out again only for those.

mod before;
mod version;

pub use before::Before;
pub(super) use version::Version;

use super::{Line, LineTotals};
use crate::value::index::hash_text;
use crate::value::{Record, Unfit, Value};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use version::Was;

/// How many touches are remembered; whoever missed more looks at every line.
const MOST_TOUCHES: usize = 64;

/// The place of a line that is there no more.
const NOWHERE: usize = usize::MAX;

/// Moments of different lists, or of one list before and after its places were forgotten, are never
/// equal.
static EPOCHS: AtomicU64 = AtomicU64::new(1);

fn new_epoch() -> u64 {
    EPOCHS.fetch_add(1, Ordering::Relaxed) << 32
}

/// The lines of a cart. They are read as a slice.
#[derive(Debug)]
pub struct Lines {
    list: Vec<Arc<Line>>,
    /// The hash of each line's key, to find it without looking at every line.
    hashes: Vec<u32>,
    /// The lines touched last, by the places where they are now.
    touched: Vec<usize>,
    /// The lines that went meanwhile: the moment, and the place where each was.
    gone: Vec<(u64, usize)>,
    /// The moment before the first of `touched`.
    before: u64,
    /// What somebody keeps of the lines as they stand.
    version: Option<Arc<Version>>,
}

/// What became of the lines since somebody looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Changed<'a> {
    /// The lines that went, one after another, by where each was when it did.
    gone: &'a [(u64, usize)],
    /// The lines that were touched, by where they are now.
    pub(crate) touched: &'a [usize],
}

impl Changed<'_> {
    /// Whether lines went.
    pub(crate) const fn moved(&self) -> bool {
        !self.gone.is_empty()
    }

    /// Takes out of what is known of the lines, one by one, what is known of those that went.
    pub(crate) fn take_out<T>(&self, known: &mut Vec<T>) {
        for (_, at) in self.gone {
            // of one that came meanwhile nothing is known
            if *at < known.len() {
                known.remove(*at);
            }
        }
    }
}

impl Lines {
    /// The place of the line with this item key.
    pub fn position(&self, key: &str) -> Option<usize> {
        let hash = hash_text(key.as_bytes());
        let candidates = self.hashes.iter().enumerate().filter(|(_, own)| **own == hash);
        candidates.map(|(at, _)| at).find(|at| self.list.get(*at).is_some_and(|l| l.key == key))
    }

    /// Changes a line's quantity.
    pub fn set_quantity(&mut self, at: usize, quantity: f64) {
        self.change(at, |line| {
            line.is_set = true;
            Was::Quantity(std::mem::replace(&mut line.quantity, quantity))
        });
    }

    /// Changes a line's figures.
    pub(in crate::cart) fn set_totals(&mut self, at: usize, totals: Option<LineTotals>) {
        self.change(at, |line| Was::Totals(std::mem::replace(&mut line.totals, totals)));
    }

    fn change(&mut self, at: usize, change: impl FnOnce(&mut Line) -> Was) {
        if at >= self.list.len() {
            return;
        }
        self.touch(at);
        self.write_down_what_is_far();
        let Some(slot) = self.list.get_mut(at) else { return };
        let line = Arc::make_mut(slot);
        line.memo.forget_stored();
        let was = change(line);
        self.version = self.version.take().and_then(|version| version.line_changed(at, was));
    }

    /// Puts a line in the place of the one with its key, or at the end.
    pub fn put(&mut self, line: Line) {
        let Some(at) = self.position(&line.key) else { return self.push(line) };
        self.forget_places();
        if let Some(slot) = self.list.get_mut(at) {
            *slot = Arc::new(line);
        }
    }

    /// Adds a line at the end.
    pub fn push(&mut self, line: Line) {
        self.touch(self.list.len());
        self.write_down_what_is_far();
        self.version = self.version.take().and_then(Version::line_comes);
        self.hashes.push(hash_text(line.key.as_bytes()));
        self.list.push(Arc::new(line));
    }

    /// Takes a line out.
    pub fn remove(&mut self, at: usize) -> Option<Line> {
        if at >= self.list.len() {
            return None;
        }
        self.keep_version();
        self.gone.push((self.moment(), at));
        self.touch(NOWHERE);
        for place in &mut self.touched {
            *place = match *place {
                NOWHERE => NOWHERE,
                own if own == at => NOWHERE,
                own if own > at => own - 1,
                own => own,
            };
        }
        self.hashes.remove(at);
        Some(Arc::unwrap_or_clone(self.list.remove(at)))
    }

    /// Takes all lines out.
    pub fn clear(&mut self) {
        self.forget_places();
        self.hashes.clear();
        self.list.clear();
    }

    /// Now: [`Self::touched_since`] tells what is touched from here on.
    pub(crate) fn moment(&self) -> u64 {
        self.before + self.touched.len() as u64
    }

    /// The places of the lines touched since `moment`, some more than once; `None` where every
    /// line may be another, or stand elsewhere. A place past those known then is a new line.
    pub(crate) fn touched_since(&self, moment: u64) -> Option<&[usize]> {
        self.changed_since(moment).filter(|changed| !changed.moved()).map(|changed| changed.touched)
    }

    /// What changed since `moment`; `None` where every line may be another.
    pub(crate) fn changed_since(&self, moment: u64) -> Option<Changed<'_>> {
        let skipped = usize::try_from(moment.checked_sub(self.before)?).ok()?;
        let touched = self.touched.get(skipped..)?;
        let known = self.gone.iter().filter(|(at, _)| *at < moment).count();
        Some(Changed { gone: self.gone.get(known..)?, touched })
    }

    /// The lines as they stand, to come back to.
    pub(crate) fn version(&mut self) -> Arc<Version> {
        Arc::clone(self.version.get_or_insert_default())
    }

    fn touch(&mut self, at: usize) {
        if self.touched.len() == MOST_TOUCHES {
            self.touched.drain(..MOST_TOUCHES / 2);
            self.before += (MOST_TOUCHES / 2) as u64;
            self.gone.retain(|(at, _)| *at >= self.before);
        }
        self.touched.push(at);
    }

    fn write_down_what_is_far(&mut self) {
        if let Some(version) = self.version.take_if(|version| version.is_far()) {
            version.all_change(&self.list);
        }
    }

    /// Places told before mean nothing any more.
    fn forget_places(&mut self) {
        self.before = new_epoch();
        self.touched.clear();
        self.gone.clear();
        self.keep_version();
    }

    /// The lines are about to be others; whoever keeps them as they stand has them.
    fn keep_version(&mut self) {
        if let Some(version) = self.version.take() {
            version.all_change(&self.list);
        }
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.forget_places();
    }
}

impl Deref for Lines {
    type Target = [Arc<Line>];

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

impl From<Vec<Arc<Line>>> for Lines {
    fn from(list: Vec<Arc<Line>>) -> Self {
        Self {
            hashes: list.iter().map(|line| hash_text(line.key.as_bytes())).collect(),
            list,
            touched: Vec::new(),
            gone: Vec::new(),
            before: new_epoch(),
            version: None,
        }
    }
}

impl Default for Lines {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

/// A copy stands for itself: who knows one knows nothing of the other.
impl Clone for Lines {
    fn clone(&self) -> Self {
        Self::from(self.list.clone())
    }
}

/// Lines are equal when their lines are, whoever looked at them.
impl PartialEq for Lines {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl FromIterator<Line> for Lines {
    fn from_iter<I: IntoIterator<Item = Line>>(lines: I) -> Self {
        Self::from(lines.into_iter().map(Arc::new).collect::<Vec<_>>())
    }
}

impl Record for Lines {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        *self = Vec::<Line>::read(value)?.into_iter().collect();
        Ok(())
    }
    fn write(&self) -> Value {
        self.iter().map(|line| line.write()).collect::<Vec<_>>().into()
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, MOST_TOUCHES};
    use crate::cart::{Line, LineTotals};

    fn lines(keys: &[&str]) -> Lines {
        keys.iter().map(|key| Line { key: (*key).to_owned(), ..Line::default() }).collect()
    }

    fn line(key: &str) -> Line {
        Line { key: key.to_owned(), ..Line::default() }
    }

    #[test]
    fn who_looked_before_learns_which_lines_were_touched() {
        let mut lines = lines(&["a", "b", "c"]);
        let moment = lines.moment();
        assert_eq!(lines.touched_since(moment), Some([].as_slice()));
        lines.set_quantity(1, 2.0);
        lines.push(line("d"));
        assert_eq!(lines.touched_since(moment), Some([1, 3].as_slice()));
        assert_eq!(lines.touched_since(lines.moment()), Some([].as_slice()));
    }

    #[test]
    fn who_missed_too_much_looks_at_every_line() {
        let mut lines = lines(&["a", "b"]);
        let moment = lines.moment();
        for _ in 0..MOST_TOUCHES {
            lines.set_quantity(0, 2.0);
        }
        assert_eq!(lines.touched_since(moment).unwrap().len(), MOST_TOUCHES);
        lines.set_quantity(1, 2.0);
        assert_eq!(lines.touched_since(moment), None);
        assert_eq!(lines.touched_since(lines.moment() - 1), Some([1].as_slice()));

        let moment = lines.moment();
        assert_eq!(lines.remove(0).unwrap().key, "a");
        assert_eq!(lines.touched_since(moment), None);
        assert_eq!(super::Lines::default().touched_since(moment), None);
        assert_eq!(self::lines(&["x"]).touched_since(super::Lines::default().moment()), None);
    }

    proptest::proptest! {
        #[test]
        fn who_looks_now_and_then_knows_every_line(steps in proptest::collection::vec((0..6_u8, 0..5_usize), 0..200)) {
            let mut lines = lines(&["a", "b", "c"]);
            let shown = |line: &Line| (line.key.clone(), line.quantity);
            let (mut moment, mut known) = (0, Vec::new());
            for (step, (kind, at)) in steps.into_iter().enumerate() {
                match kind {
                    0 => lines.push(line(&format!("k{step}"))),
                    1 => drop(lines.remove(at)),
                    2 => lines.set_quantity(at, step as f64),
                    3 => lines.put(Line { quantity: 0.5, ..line("a") }),
                    _ => {
                        match lines.changed_since(moment) {
                            Some(changed) => {
                                changed.take_out(&mut known);
                                for at in changed.touched {
                                    let Some(line) = lines.get(*at) else { continue };
                                    match known.get_mut(*at) {
                                        Some(slot) => *slot = shown(line),
                                        None => known.push(shown(line)),
                                    }
                                }
                            }
                            None => known = lines.iter().map(|line| shown(line)).collect(),
                        }
                        moment = lines.moment();
                        let all: Vec<_> = lines.iter().map(|line| shown(line)).collect();
                        proptest::prop_assert_eq!(&known, &all);
                    }
                }
            }
        }
    }

    #[test]
    fn a_line_is_found_by_its_key_wherever_it_went() {
        let mut lines = lines(&["a", "b", "c"]);
        lines.remove(0);
        lines.push(line("a"));
        let place = |key| lines.position(key);
        assert_eq!(
            (place("a"), place("b"), place("c"), place("d")),
            (Some(2), Some(0), Some(1), None)
        );
    }

    #[test]
    fn a_version_stays_as_it_was() {
        let mut lines = lines(&["a", "b"]);
        let figures = |total| Some(LineTotals { total, ..LineTotals::default() });
        let keys = |version: &[std::sync::Arc<Line>]| -> Vec<(String, f64, Option<f64>)> {
            let total = |line: &Line| line.totals.as_ref().map(|totals| totals.total);
            version.iter().map(|line| (line.key.clone(), line.quantity, total(line))).collect()
        };
        let mut kept = Vec::new();
        for step in 0..1000_u32 {
            kept.push((lines.version(), keys(&lines)));
            // in the end only what changes a line, until all lines are written down
            let kind = if step < 300 { step % 7 } else { 4 + step % 2 };
            match kind {
                0 => lines.push(line(&format!("k{step}"))),
                6 => drop(lines.remove(1)),
                3 => lines.put(Line { quantity: 0.5, ..line("a") }),
                5 => lines.set_totals(step as usize % lines.len(), figures(f64::from(step))),
                _ => lines.set_quantity(step as usize % lines.len(), f64::from(step)),
            }
        }
        for (version, was) in &kept {
            assert_eq!(&keys(&version.lines(&lines)), was);
            let second = was.get(1).map(|(_, quantity, _)| *quantity);
            assert_eq!(version.quantity(1, &lines), second);
        }
        // and outlives the cart
        drop(std::mem::take(&mut lines));
        for (version, was) in &kept {
            assert_eq!(&keys(&version.lines(&lines)), was);
        }
    }
}
