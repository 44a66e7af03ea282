//! What identifies a cart line: WooCommerce's item key and data hash
//! (`spec/woocommerce-cart.md` 1).

use super::{php_json, php_query};
use crate::map;
use crate::value::{Map, Value};
use md5::{Digest, Md5};

/// The md5 of a text in lower-case hex.
pub fn md5_hex(text: &str) -> String {
    hex(&Md5::digest(text.as_bytes()))
}

/// Bytes in lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

fn php_trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r', '\0', '\x0b'])
}

/// The key of a cart line. `variation` and `item_data` are taken in their own order.
pub fn item_key(
    product_id: u64,
    variation_id: u64,
    variation: &[(String, String)],
    item_data: &Map,
) -> String {
    let mut text = product_id.to_string();
    if variation_id != 0 {
        text.push('_');
        text.push_str(&variation_id.to_string());
    }
    if !variation.is_empty() {
        text.push('_');
        for (key, value) in variation {
            text.push_str(php_trim(key));
            text.push_str(php_trim(value));
        }
    }
    if !item_data.is_empty() {
        text.push('_');
        for (key, value) in item_data.iter() {
            let value = value.scalar_text().unwrap_or_else(|| php_query::write(value));
            text.push_str(php_trim(key));
            text.push_str(php_trim(&value));
        }
    }
    md5_hex(&text)
}

/// The hash by which a stored line notices that its product changed: type, and for a variation
/// its stored attributes.
pub fn data_hash(kind: &str, variation: Option<&[(String, String)]>) -> String {
    let attributes: Value = match variation {
        Some(attributes) => attributes
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str()))
            .collect::<Map>()
            .into(),
        None => "".into(),
    };
    let mut json = String::new();
    php_json::write_map(&mut json, &map! { "type": kind, "attributes": attributes });
    md5_hex(&json)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(variation: &[(&str, &str)], data: &str) -> String {
        let variation: Vec<(String, String)> =
            variation.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let data: Map = serde_json::from_str(data).unwrap();
        item_key(42, if variation.is_empty() { 0 } else { 57 }, &variation, &data)
    }

    #[test]
    fn item_keys_are_woocommerce_s() {
        let color = ("attribute_pa_color", "blue");
        let size = ("attribute_pa_size", "m");
        for (variation, data, expected) in [
            (&[][..], "{}", "a1d0c6e83f027327d8461063f4ac58a6"),
            (&[color, size], "{}", "8c9c92c3371540f65e206e67ef229201"),
            (&[("attribute_pa_color", " blue ")], "{}", "5e0ab25ab18d409973fc324438bd2bc3"),
            (&[("attribute_logo", "Yes")], "{}", "9f38fb8447dabb5c62ff127bc2029f4f"),
            (&[], r#"{"gift":"yes"}"#, "367338448522e8b1687e79403c62f313"),
            (&[], r#"{"gift":true}"#, "062b8df6bc2ad860efccdc0236b76c65"),
            (&[], r#"{"n":1.10}"#, "9d5ae6d9781a2c33364536818ebfe0d8"),
            (&[], r#"{"list":["a","b"]}"#, "9aab35485dd10990d443d836dac595ba"),
        ] {
            assert_eq!(key(variation, data), expected, "{data}");
        }
    }

    #[test]
    fn t34_order_tilde_and_false_in_item_data() {
        for (data, expected) in [
            (r#"{"gift":false}"#, "3aa1542c91a161944acc80fbf93caae1"),
            (r#"{"list":[]}"#, "2b16323eeef06a78243c660532549957"),
            (r#"{"deep":{"a":{"b":{"c":"d e/ü~"}}}}"#, "d34d8df39510d0400b2612f9e37ba7f9"),
            (
                r#"{"f":{"x":0.30000000000000004,"y":1.0,"z":1e20}}"#,
                "88e5f67af6ce58bd15a8c20cec34304d",
            ),
            (
                r#"{"engraving":{"text":"To Ann & Bob","size":2,"ok":true,"no":false,"nil":null}}"#,
                "8ad848192c55288186755bb996ba85c4",
            ),
            (r#"{"a":"1","b":"2"}"#, "d36787e2a4687c4d4fe98b4408fb88c8"),
        ] {
            assert_eq!(key(&[], data), expected, "{data}");
        }
        let size_first = [("attribute_pa_size", "m"), ("attribute_pa_color", "blue")];
        assert_eq!(key(&size_first, "{}"), "2869c09ba36ff38c8e2ea87e1af9c064");
    }

    #[test]
    fn data_hashes_are_woocommerce_s() {
        assert_eq!(data_hash("simple", None), "b5c1d5ca8bae6d4896cf1807cdf763f0");
        let attributes = [
            ("attribute_pa_color".to_owned(), "blue".to_owned()),
            ("attribute_pa_size".to_owned(), String::new()),
        ];
        assert_eq!(data_hash("variation", Some(&attributes)), "41e0a60fde2ed5e83853b9c1a3ddda58");
    }
}
