//! The lines before a request, to tell what it added.

use super::Version;
use crate::cart::{Cart, Line};
use crate::woo::sort;
use std::sync::Arc;

/// The lines as they were.
#[derive(Debug)]
pub struct Before {
    moment: u64,
    lines: Arc<Version>,
}

impl Before {
    /// The lines as they are.
    pub fn of(cart: &mut Cart) -> Self {
        Self { moment: cart.lines.moment(), lines: cart.lines.version() }
    }

    /// The lines of `cart` that are more now, in their order, and by how many.
    pub fn grown(&self, cart: &Cart) -> Vec<(Arc<Line>, f64)> {
        let growth = |line: &Arc<Line>, was: Option<f64>| {
            let more = line.quantity - was.unwrap_or(0.0);
            (more > 0.0).then(|| (Arc::clone(line), more))
        };
        let Some(touched) = cart.lines.touched_since(self.moment) else {
            let before = self.lines.lines(&cart.lines);
            let was = |line: &Line| Some(before.iter().find(|old| old.key == line.key)?.quantity);
            return cart.lines.iter().filter_map(|line| growth(line, was(line))).collect();
        };
        let mut places = touched.to_vec();
        sort::in_order(&mut places);
        let was = |at: usize| self.lines.quantity(at, &cart.lines);
        let lines = places.into_iter().filter_map(|at| Some((at, cart.lines.get(at)?)));
        lines.filter_map(|(at, line)| growth(line, was(at))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Before;
    use crate::cart::{Cart, Line};

    #[test]
    fn what_was_added_is_told_wherever_the_lines_went() {
        let line = |key: &str, quantity| Line { key: key.into(), quantity, ..Line::default() };
        let mut cart = Cart {
            lines: [line("a", 1.0), line("b", 2.0)].into_iter().collect(),
            ..Cart::new("k")
        };
        let told = |before: &Before, cart: &Cart| -> Vec<(String, f64)> {
            before.grown(cart).iter().map(|(line, more)| (line.key.clone(), *more)).collect()
        };
        let before = Before::of(&mut cart);
        cart.lines.push(line("c", 1.0));
        cart.lines.set_quantity(2, 3.0);
        cart.lines.set_quantity(1, 5.0);
        cart.lines.set_quantity(0, 0.5);
        let grown = [("b".to_owned(), 3.0), ("c".to_owned(), 3.0)];
        assert_eq!(told(&before, &cart), grown);
        cart.lines.remove(0);
        assert_eq!(told(&before, &cart), grown);
        assert_eq!(told(&Before::of(&mut cart), &cart), []);
    }
}
