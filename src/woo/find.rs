//! Texts in texts. The library's own functions are made for long ones, and would be two kilobytes
//! of the package.

/// The places where `part` stands.
fn places(text: &str, part: &str) -> impl DoubleEndedIterator<Item = usize> {
    let first = part.as_bytes().first();
    // most places are none by their first byte
    let may_be = move |at: usize| first.is_none() || text.as_bytes().get(at) == first;
    let is = move |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(part));
    (0..=text.len()).filter(move |at| may_be(*at) && is(*at))
}

fn around<'t>(text: &'t str, part: &str, at: Option<usize>) -> Option<(&'t str, &'t str)> {
    let (before, rest) = text.split_at_checked(at?)?;
    Some((before, rest.strip_prefix(part)?))
}

/// What stands before and behind the first `part`.
pub fn split_once<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    around(text, part, places(text, part).next())
}

/// What stands before and behind the last `part`.
pub fn rsplit_once<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    around(text, part, places(text, part).next_back())
}

/// Whether `part` stands in the text; the empty one does everywhere.
pub fn contains(text: &str, part: &str) -> bool {
    places(text, part).next().is_some()
}

/// Whether a character stands in the text.
pub fn has(text: &str, c: char) -> bool {
    text.chars().any(|own| own == c)
}

/// The texts in one, with something between them.
pub fn join<T: AsRef<str>>(texts: &[T], between: &str) -> String {
    let mut out = String::new();
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            out.push_str(between);
        }
        out.push_str(text.as_ref());
    }
    out
}

/// The text with every `part` replaced; as it is where that is empty, as PHP has it.
pub fn replace(text: &str, part: &str, by: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = split_once(rest, part).filter(|_| !part.is_empty()) {
        out.push_str(before);
        out.push_str(by);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{contains, has, join, replace, rsplit_once, split_once};

    proptest::proptest! {
        #[test]
        fn each_does_what_the_librarys_does(
            text in "[aé.]{0,12}", part in "[aé.]{1,3}", by in "[xé]{0,2}",
        ) {
            assert_eq!(split_once(&text, &part), text.split_once(&part));
            assert_eq!(rsplit_once(&text, &part), text.rsplit_once(&part));
            assert_eq!(contains(&text, &part), text.contains(&part));
            assert_eq!(has(&text, 'é'), text.contains('é'));
            assert_eq!(replace(&text, &part, &by), text.replace(&part, &by));
            let parts: Vec<&str> = text.split('.').collect();
            assert_eq!(join(&parts, &by), parts.join(&by));
        }
    }

    #[test]
    fn an_empty_part_changes_nothing() {
        assert_eq!(replace("1,5", "", "."), "1,5");
        assert!(contains("", ""));
    }
}
