//! What an answer means: landed, refused, not signed in, not there, or nobody knows
//! (`spec/cocart-v2.md` 2.8, 2.9, 3, 8.4, 9.3).

use super::Outcome;
use super::document::{self, Parsed};
use crate::value::Value;

/// What an answer means for the request it answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    /// A whole cart: the request was carried out.
    Cart(Box<Shown>),
    /// The shop said no; nothing was changed.
    Refused(Refusal),
    /// The line is not there (any more), or is there already: look, then decide.
    Stale(Refusal),
    /// Credentials are missing or no longer good; nothing was changed.
    Unauthorized,
    /// Nothing was changed; later again.
    Later(Option<i64>),
    /// It may or may not have been carried out.
    Doubt(Option<i64>),
}

/// A cart, and what came beside it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) document: Value,
    pub(super) parsed: Parsed,
    /// When the server will forget the cart (Unix seconds), where that may be read.
    pub(super) expires: Option<i64>,
}

/// The shop's no.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
}

/// Reads an answer.
pub(super) fn read(outcome: &Outcome) -> Verdict {
    match outcome {
        Outcome::NotSent => Verdict::Unauthorized,
        Outcome::Unreachable => Verdict::Doubt(None),
        Outcome::Unparsable { status, headers } => match status {
            // a proxy's or a firewall's page; a captive portal's is a 200
            429 => Verdict::Later(retry_after(headers)),
            _ => Verdict::Doubt(retry_after(headers)),
        },
        Outcome::Answer { status, headers, body } => match status {
            200..=299 => cart(headers, body),
            429 => Verdict::Later(retry_after(headers)),
            408 | 500..=599 => Verdict::Doubt(retry_after(headers)),
            _ => refusal(*status, body).map_or(Verdict::Doubt(None), judge),
        },
    }
}

fn cart(headers: &[(String, String)], body: &Value) -> Verdict {
    let Some(mut parsed) = document::parse(body) else { return Verdict::Doubt(None) };
    let header = |names: [&str; 2]| names.iter().find_map(|name| find(headers, name));
    if let Some(key) =
        header(["Cart-Key", "CoCart-API-Cart-Key"]).filter(|_| parsed.cart_key.is_empty())
    {
        key.clone_into(&mut parsed.cart_key);
    }
    let expires = header(["Cart-Expiration", "CoCart-API-Cart-Expiration"]);
    let expires = expires.and_then(|text| text.trim().parse().ok());
    Verdict::Cart(Box::new(Shown { document: body.clone(), parsed, expires }))
}

/// Both envelopes: `{code, message}` and `{success: false, data: [{code, message}]}`.
fn refusal(status: u16, body: &Value) -> Option<Refusal> {
    let first = body.get("code").is_none().then(|| body.pointer("/data/0")).flatten();
    let envelope = first.unwrap_or(body);
    let text = |name: &str| envelope.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Refusal { status, code: text("code")?, message: text("message").unwrap_or_default() })
}

fn judge(refusal: Refusal) -> Verdict {
    match refusal.code.as_str() {
        "cocart_item_not_in_cart"
        | "cocart_no_items"
        | "cocart_item_restored_to_cart"
        | "cocart_can_not_restore_item" => Verdict::Stale(refusal),
        // the write may have been done all the same (`v2_fields#18`)
        "cocart_response_returned_empty" | "cocart_cart_error" => Verdict::Doubt(None),
        "cocart_authentication_error"
        | "cocart_rest_not_authorized"
        | "cocart_rest_permission_error"
        | "cocart_must_authenticate_user"
        | "cocart_already_authenticating_user"
        | "rest_cookie_invalid_nonce"
        | "rest_forbidden"
        | "jwt_auth_invalid_token" => Verdict::Unauthorized,
        _ if refusal.status == 401 => Verdict::Unauthorized,
        _ => Verdict::Refused(refusal),
    }
}

fn retry_after(headers: &[(String, String)]) -> Option<i64> {
    let seconds =
        find(headers, "Retry-After").or_else(|| find(headers, "RateLimit-Retry-After"))?;
    let seconds: i64 = seconds.trim().parse().ok()?;
    // an hour at most: nobody's header may stop a shopper for ever
    Some(seconds.clamp(0, 3600) * 1000)
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}
