//! Texts as WordPress prepares them: entities, tags, titles, slugs.

use super::{builtin, find, identity};

/// The named entities that WooCommerce's and WordPress's own texts use.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("times", '×'),
    ("bull", '•'),
    ("middot", '·'),
    ("pound", '£'),
    ("yen", '¥'),
    ("euro", '€'),
    ("cent", '¢'),
    ("curren", '¤'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("szlig", 'ß'),
    ("prime", '′'),
    ("Prime", '″'),
    ("minus", '−'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
];

/// Whether PHP calls a text empty: `0` is, too.
pub fn is_empty(text: &str) -> bool {
    matches!(text, "" | "0")
}

/// The name of the entity that a text after its `&` starts with, and what follows. No name is
/// long: the search for its end must not run through a whole megabyte.
fn entity_name(after: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 32;
    let is_in_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let end = after.bytes().take(LONGEST).take_while(is_in_name).count();
    Some((after.get(..end)?, after.get(end..)?.strip_prefix(';')?))
}

/// Decodes entities, one level.
pub fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match entity_name(after).and_then(|(name, tail)| Some((entity(name)?, tail))) {
            Some((decoded, tail)) => {
                out.push(decoded);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => return ENTITIES.iter().find(|(n, _)| *n == name).map(|(_, c)| *c),
    };
    char::from_u32(code).filter(|c| *c != '\0')
}

/// WordPress's `esc_html`: what is an entity already is not escaped twice.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#039;"),
            '&' => {
                let after = text.get(at + 1..).unwrap_or("");
                let is_entity = entity_name(after).is_some_and(|(name, _)| entity(name).is_some());
                out.push_str(if is_entity { "&" } else { "&amp;" });
            }
            _ => out.push(c),
        }
    }
    out
}

/// Splits at tags: calls `on_text` and `on_tag` in turn. A `<` that no name, slash or bang
/// follows is text.
fn scan_tags(text: &str, mut on_text: impl FnMut(&str), mut on_tag: impl FnMut(&str)) {
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, from_tag) = rest.split_at_checked(open).unwrap_or((rest, ""));
        let inner = from_tag.get(1..).unwrap_or("");
        let starts_tag =
            inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !starts_tag {
            on_text(before);
            on_text("<");
            rest = inner;
            continue;
        }
        on_text(before);
        let Some((tag, after)) = inner.split_once('>') else {
            return; // PHP drops an unclosed tag with all that follows
        };
        on_tag(tag);
        rest = after;
    }
    on_text(rest);
}

/// PHP's `strip_tags`.
pub fn strip_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    scan_tags(text, |t| out.push_str(t), |_| {});
    out
}

/// WordPress's `sanitize_text_field`: no tags, no white space but single spaces between words.
pub fn clean(text: &str) -> String {
    let text = strip_tags(text);
    let words = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty());
    find::join(&words.collect::<Vec<_>>(), " ")
}

/// Drops the tags that WooCommerce does not allow in notices; the others stay as they are.
pub fn notice_html(text: &str) -> String {
    const ALLOWED: &[&str] = &[
        "a", "abbr", "b", "br", "code", "del", "em", "i", "ins", "li", "mark", "ol", "p", "small",
        "span", "strong", "sub", "sup", "u", "ul",
    ];
    let out = std::cell::RefCell::new(String::with_capacity(text.len()));
    scan_tags(
        text,
        |t| out.borrow_mut().push_str(t),
        |tag| {
            let name: String = tag
                .trim_start_matches('/')
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_lowercase())
                .collect();
            if ALLOWED.contains(&name.as_str()) {
                let mut out = out.borrow_mut();
                out.push('<');
                out.push_str(tag);
                out.push('>');
            }
        },
    );
    out.into_inner()
}

/// A post title as themes print it: curly quotes, dashes, ellipsis (WordPress's texturize).
pub fn texturize(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied();
    let mut i = 0;
    let mut in_tag = false;
    while let Some(c) = at(i) {
        let before = i.checked_sub(1).and_then(at);
        let opens = before.is_none_or(|b| {
            b.is_whitespace() || matches!(b, '(' | '[' | '{' | '<' | '-' | '“' | '‘')
        });
        let run = |wanted: char| (i..i + 4).take_while(|j| at(*j) == Some(wanted)).count();
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ => {}
        }
        let (replacement, length) = match c {
            _ if in_tag => (None, 1),
            '"' => (Some(if opens { '“' } else { '”' }), 1),
            '\'' => (
                // before a digit it stands for what a year leaves out
                Some(if opens && !at(i + 1).is_some_and(|next| next.is_ascii_digit()) {
                    '‘'
                } else {
                    '’'
                }),
                1,
            ),
            '.' if run('.') == 3 => (Some('…'), 3),
            '-' if run('-') == 3 => (Some('—'), 3),
            '-' if run('-') == 2 => (Some('–'), 2),
            '-' if run('-') == 1 && before == Some(' ') && at(i + 1) == Some(' ') => (Some('–'), 1),
            'x' if before.is_some_and(|b| b.is_ascii_digit())
                && at(i + 1).is_some_and(|n| n.is_ascii_digit()) =>
            {
                (Some('×'), 1)
            }
            _ => (None, 1),
        };
        out.push(replacement.unwrap_or(c));
        i += length;
    }
    out
}

/// WordPress's `sanitize_title`: lower case, accents off, words joined by hyphens.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in builtin::lower(&decode_entities(&strip_tags(text))).chars() {
        match c {
            'a'..='z' | '0'..='9' | '_' => out.push(c),
            _ if c.is_whitespace() || matches!(c, '-' | '.' | '/' | '‑' | '–' | '—') => {
                if !out.ends_with('-') {
                    out.push('-');
                }
            }
            '×' => out.push('x'),
            _ => match unaccented(c) {
                Some(plain) => out.push_str(plain),
                None if is_letter(c) => {
                    let mut bytes = [0; 4];
                    for byte in c.encode_utf8(&mut bytes).bytes() {
                        out.push('%');
                        out.push_str(&identity::hex(&[byte]));
                    }
                }
                None => {}
            },
        }
    }
    out.trim_matches('-').to_owned()
}

/// Whether WordPress keeps a character that is none of its own in a slug: of what is not ASCII,
/// all but some marks.
pub fn is_letter(c: char) -> bool {
    const MARKS: &str = "¡¿«»‹›‘’“”‚‛„‟•©®°…™´ˊ\u{301}\u{341}\u{300}\u{304}\u{30c}‑–—\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{feff}";
    c.is_ascii_alphanumeric() || !c.is_ascii() && !c.is_whitespace() && !find::has(MARKS, c)
}

/// A text as MariaDB's collation compares it: lower case, accents off.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in builtin::lower(text).chars() {
        match unaccented(c) {
            Some(plain) => out.push_str(plain),
            // combining accents
            None if ('\u{300}'..='\u{36f}').contains(&c) => {}
            None => out.push(c),
        }
    }
    out
}

fn unaccented(c: char) -> Option<&'static str> {
    const GROUPS: &[(&str, &str)] = &[
        ("àáâãåāăąǎ", "a"),
        ("çćĉċč", "c"),
        ("ďđð", "d"),
        ("èéêëēĕėęě", "e"),
        ("ĝğġģ", "g"),
        ("ĥħ", "h"),
        ("ìíîïĩīĭįı", "i"),
        ("ĵ", "j"),
        ("ķ", "k"),
        ("ĺļľŀł", "l"),
        ("ñńņňŉ", "n"),
        ("òóôõøōŏő", "o"),
        ("ŕŗř", "r"),
        ("śŝşšș", "s"),
        ("ţťŧț", "t"),
        ("ùúûũūŭůűų", "u"),
        ("ŵ", "w"),
        ("ýÿŷ", "y"),
        ("źżž", "z"),
        ("æ", "ae"),
        ("œ", "oe"),
        ("ß", "s"),
        ("þ", "th"),
        ("ä", "a"),
        ("ö", "o"),
        ("ü", "u"),
    ];
    // most letters have none
    if c.is_ascii() {
        return None;
    }
    GROUPS.iter().find(|(from, _)| find::has(from, c)).map(|(_, to)| *to)
}

/// `A`, `A and B`, `A, B and C`.
pub fn list_of_items(items: &[String]) -> String {
    match items.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", find::join(first, ", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_once() {
        assert_eq!(
            decode_entities("&ldquo;A &amp;amp; B&rdquo; &#36;&#x20ac; & &nope;"),
            "“A &amp; B” $€ & &nope;"
        );
        assert_eq!(
            escape_html(r#"'A' &amp; "B" & <c>"#),
            "&#039;A&#039; &amp; &quot;B&quot; &amp; &lt;c&gt;"
        );
    }

    #[test]
    fn tags_go_and_allowed_ones_stay_in_notices() {
        assert_eq!(strip_tags("Crème <em>Mini</em> 1 < 2"), "Crème Mini 1 < 2");
        assert_eq!(clean(" a\t<b>b</b> \n c "), "a b c");
        assert_eq!(
            notice_html("<bdi><span class=\"a\">$</span>5</bdi><script>x</script>"),
            "<span class=\"a\">$</span>5x"
        );
    }

    #[test]
    fn titles_are_typographic() {
        assert_eq!(texturize("Hoodie - Red, S"), "Hoodie – Red, S");
        assert_eq!(texturize("The \"Best\" it's... 4x4"), "The “Best” it’s… 4×4");
        assert_eq!(texturize("Rock 'n' roll '99"), "Rock ‘n’ roll ’99");
    }

    #[test]
    fn slugs_are_wordpress_s() {
        assert_eq!(slug("Gift wrap & card"), "gift-wrap-card");
        assert_eq!(slug("Très Rosé"), "tres-rose");
        assert_eq!(slug("Mug ☕ «4×4» no…w — 茶"), "mug-%e2%98%95-4x4-now-%e8%8c%b6");
    }
}
