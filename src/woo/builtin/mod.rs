//! What is built into every browser, and Rust's library would bring once more: doubles as text
//! (35 KB), powers (2 KB), the case of letters (24 KB), forms (3 KB). In the module it is
//! JavaScript's, elsewhere the library's, and both say the same.

#[cfg_attr(target_arch = "wasm32", path = "javascript.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "library.rs")]
mod own;

pub(crate) use own::{digits_101, form, parse, power, shortest};

/// A text in small letters.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { own::lower(text) }
}

/// A text in capitals; `ß` becomes `SS`.
pub(crate) fn upper(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_uppercase() } else { own::upper(text) }
}
