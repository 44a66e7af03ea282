//! The names of a map's entries, known at compile time: one text and a byte for each name, where
//! a slice of texts would take eight.

/// Names in order.
#[derive(Debug)]
pub struct Names {
    text: &'static str,
    lengths: &'static [u8],
}

impl Names {
    #[doc(hidden)]
    pub const fn new(text: &'static str, lengths: &'static [u8]) -> Self {
        Self { text, lengths }
    }

    /// The names in order.
    pub fn iter(&self) -> NamesIter {
        NamesIter(Self { ..*self })
    }
}

/// The names that are left.
#[derive(Debug)]
pub struct NamesIter(Names);

impl Iterator for NamesIter {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        let (length, lengths) = self.0.lengths.split_first()?;
        let (name, text) = self.0.text.split_at_checked(usize::from(*length))?;
        self.0 = Names { text, lengths };
        Some(name)
    }
}

#[doc(hidden)]
pub const fn lengths<const N: usize>(names: [&str; N]) -> [u8; N] {
    let mut lengths = [0; N];
    let (mut names, mut slots): (&[&str], &mut [u8]) = (&names, &mut lengths);
    while let (Some((name, names_left)), Some((slot, slots_left))) =
        (names.split_first(), slots.split_first_mut())
    {
        #[allow(clippy::cast_possible_truncation)]
        {
            *slot = name.len() as u8;
        }
        (names, slots) = (names_left, slots_left);
    }
    lengths
}

/// The [`Names`] that are given as literals.
#[doc(hidden)]
#[macro_export]
macro_rules! names {
    ($($name:expr),* $(,)?) => {{
        const LENGTHS: &[u8] = &$crate::value::lengths([$($name),*]);
        const NAMES: &$crate::value::Names =
            &$crate::value::Names::new(concat!($($name),*), LENGTHS);
        NAMES
    }};
}
