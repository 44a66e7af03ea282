//! The lines as they stood once. The newest lines are the real ones; an older version knows how
//! it differs from the one after it (Baker's persistent array), so that keeping a version costs
//! nothing until somebody reads it.

use super::Lines;
use crate::cart::{Line, LineTotals};
use std::sync::{Arc, OnceLock};

/// After so many changes all lines are written down: no chain is longer, whoever keeps one.
const MOST_STEPS: u32 = 256;

/// The lines at some moment.
#[derive(Debug, Default)]
pub(crate) struct Version {
    /// How many changes of single lines led here.
    steps: u32,
    /// What came after it; nothing while the lines still stand so.
    next: OnceLock<Change>,
}

#[derive(Debug)]
enum Change {
    /// A line was another before.
    Line(usize, Was, Arc<Version>),
    /// The last line was not there.
    Came(Arc<Version>),
    /// These were the lines.
    All(Vec<Arc<Line>>),
}

/// What a line was before it changed.
#[derive(Debug)]
pub(super) enum Was {
    Quantity(f64),
    Totals(Option<LineTotals>),
}

impl Was {
    fn put_back(&self, line: &mut Line) {
        match self {
            Self::Quantity(quantity) => line.quantity = *quantity,
            Self::Totals(totals) => line.totals.clone_from(totals),
        }
        line.memo.forget_stored();
    }
}

impl Version {
    /// A line has changed; the version that stands from now on, if anyone needs it.
    pub(super) fn line_changed(self: Arc<Self>, at: usize, was: Was) -> Option<Arc<Self>> {
        self.becomes(|next| Change::Line(at, was, next))
    }

    /// A line is about to come.
    pub(super) fn line_comes(self: Arc<Self>) -> Option<Arc<Self>> {
        self.becomes(Change::Came)
    }

    /// The lines are about to become others.
    pub(super) fn all_change(self: Arc<Self>, lines: &[Arc<Line>]) {
        if Arc::strong_count(&self) > 1 {
            // a version without a successor has not been told of one
            drop(self.next.set(Change::All(lines.to_vec())));
        }
    }

    fn becomes(self: Arc<Self>, change: impl FnOnce(Arc<Self>) -> Change) -> Option<Arc<Self>> {
        if Arc::strong_count(&self) == 1 {
            return None;
        }
        let next = Arc::new(Self { steps: self.steps + 1, next: OnceLock::new() });
        drop(self.next.set(change(Arc::clone(&next))));
        Some(next)
    }

    /// Whether the lines have to be written down before they change once more.
    pub(super) fn is_far(&self) -> bool {
        self.steps >= MOST_STEPS
    }

    /// All lines of this version; `now` are those that it is a version of.
    pub(crate) fn lines(&self, now: &Lines) -> Vec<Arc<Line>> {
        let mut undone: Vec<&Change> = Vec::new();
        let mut version = self;
        let mut lines = loop {
            match version.next.get() {
                None => break now.to_vec(),
                Some(Change::All(lines)) => break lines.clone(),
                Some(change @ (Change::Line(.., next) | Change::Came(next))) => {
                    undone.push(change);
                    version = next;
                }
            }
        };
        for change in undone.into_iter().rev() {
            match change {
                Change::Line(at, was, _) => {
                    if let Some(slot) = lines.get_mut(*at) {
                        was.put_back(Arc::make_mut(slot));
                    }
                }
                Change::Came(_) => drop(lines.pop()),
                Change::All(_) => {}
            }
        }
        lines
    }

    /// The quantity of one line of this version.
    pub(super) fn quantity(&self, place: usize, now: &Lines) -> Option<f64> {
        let mut version = self;
        let mut was = None;
        // lines only come at the end: how many did, tells whether there was one at this place
        let mut came = 0;
        let newest = loop {
            match version.next.get() {
                None => break now.as_ref(),
                Some(Change::All(lines)) => break lines.as_slice(),
                Some(Change::Came(next)) => {
                    came += 1;
                    version = next;
                }
                Some(Change::Line(at, change, next)) => {
                    if let (Was::Quantity(quantity), None) = (change, was)
                        && *at == place
                    {
                        was = Some(*quantity);
                    }
                    version = next;
                }
            }
        };
        let was = was.or_else(|| Some(newest.get(place)?.quantity));
        was.filter(|_| place + came < newest.len())
    }
}
