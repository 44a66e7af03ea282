//! Sorting: PHP's algorithm where its order shows, and a stable sort that costs the module one
//! instance for all types.
//!
//! PHP's sort for short lists matters where a comparator never says "equal", as
//! WooCommerce's for fees does (trap T18): then the order is the algorithm's own.

use std::cmp::Ordering;

/// Sorts stably, by merging positions: the library's own sort is 4 KB for every type anew, and
/// 20 KB with all its cases.
pub fn stable_sort<T>(list: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = positions(list.len(), &mut |a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut slots: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    list.extend(order.into_iter().filter_map(|at| slots.get_mut(at)?.take()));
}

/// Puts places in order, each once.
pub fn in_order(places: &mut Vec<usize>) {
    if !places.is_sorted() {
        stable_sort(places, Ord::cmp);
    }
    places.dedup();
}

fn positions(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    let mut width = 1;
    while width < len {
        let mut merged = Vec::with_capacity(len);
        for pair in order.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at_checked(width).unwrap_or((pair, &[]));
            while let (Some((a, a_rest)), Some((b, b_rest))) =
                (left.split_first(), right.split_first())
            {
                if compare(*a, *b).is_gt() {
                    merged.push(*b);
                    right = b_rest;
                } else {
                    merged.push(*a);
                    left = a_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        order = merged;
        width *= 2;
    }
    order
}

/// Sorts as `zend_insert_sort` does; `greater(a, b)` tells whether `a` has to come after `b`.
pub fn insertion_sort<T>(list: &mut [T], greater: impl Fn(&T, &T) -> bool) {
    let after = |list: &[T], a: usize, b: usize| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => greater(a, b),
        _ => false,
    };
    match list.len() {
        0 | 1 => {}
        2 => {
            if after(list, 0, 1) {
                list.swap(0, 1);
            }
        }
        n @ 3..=5 => {
            sort_three(list, &after);
            for last in 3..n {
                let mut at = last;
                while at > 0 && after(list, at - 1, at) {
                    list.swap(at - 1, at);
                    at -= 1;
                }
            }
        }
        n => {
            for i in 1..n {
                let target = if i < 6 {
                    linear_target(list, i, &after)
                } else {
                    paired_target(list, i, &after)
                };
                if let Some(moved) = list.get_mut(target..=i) {
                    moved.rotate_right(1);
                }
            }
        }
    }
}

fn sort_three<T>(list: &mut [T], after: &impl Fn(&[T], usize, usize) -> bool) {
    if !after(list, 0, 1) {
        if after(list, 1, 2) {
            list.swap(1, 2);
            if after(list, 0, 1) {
                list.swap(0, 1);
            }
        }
    } else if !after(list, 2, 1) {
        list.swap(0, 2);
    } else {
        list.swap(0, 1);
        if after(list, 1, 2) {
            list.swap(1, 2);
        }
    }
}

fn linear_target<T>(list: &[T], i: usize, after: &impl Fn(&[T], usize, usize) -> bool) -> usize {
    (0..i).rev().find(|j| !after(list, *j, i)).map_or(0, |j| j + 1)
}

/// From the seventh element on PHP looks at every second one.
fn paired_target<T>(list: &[T], i: usize, after: &impl Fn(&[T], usize, usize) -> bool) -> usize {
    let mut j = i - 1;
    if !after(list, j, i) {
        return i;
    }
    loop {
        j -= 2;
        if !after(list, j, i) {
            return if after(list, j + 1, i) { j + 1 } else { j + 2 };
        }
        match j {
            0 => return 0,
            1 => return usize::from(after(list, i, 0)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{insertion_sort, stable_sort};

    #[test]
    fn equals_keep_their_order() {
        for length in 0..40_u32 {
            let mut list: Vec<(u32, u32)> = (0..length).map(|at| (at * 7 % 5, at)).collect();
            let mut expected = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            stable_sort(&mut list, |a, b| a.0.cmp(&b.0));
            assert_eq!(list, expected);
        }
    }

    fn sorted(amounts: &[i32], times: usize) -> String {
        let mut list: Vec<(char, i32)> = ('a'..).zip(amounts.iter().copied()).collect();
        for _ in 0..times {
            insertion_sort(&mut list, |a, b| a.1 <= b.1);
        }
        list.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn t18_equal_fees_take_the_order_of_php_s_algorithm() {
        let equal = |n: usize| vec![1; n];
        for (n, once, twice) in [
            (2, "ba", "ab"),
            (3, "bca", "cab"),
            (4, "dbca", "abcd"),
            (5, "edbca", "acdbe"),
            (6, "fedcba", "abcdef"),
            (7, "fgedcba", "bacdegf"),
        ] {
            assert_eq!(sorted(&equal(n), 1), once);
            assert_eq!(sorted(&equal(n), 2), twice);
        }
        assert_eq!(sorted(&[1, 1, 2], 1), "cba");
        assert_eq!(sorted(&[2, 1, 1], 1), "acb");
        assert_eq!(sorted(&[1, 1, 2], 2), "cab");
        assert_eq!(sorted(&[2, 1, 1], 2), "abc");
    }
}
