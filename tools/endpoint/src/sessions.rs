//! Carts kept between requests, and whose cart a request is about (`spec/cocart-v2.md` 9).

use crate::accounts::{Account, parameter};
use cocart_wasm::api::{Request, Response};
use cocart_wasm::cart::Cart;
use cocart_wasm::map;
use cocart_wasm::value::Value;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// Seconds until a session is renewed when it is next asked for, and until it is gone.
const EXPIRING: i64 = 6 * 24 * 60 * 60;
const EXPIRATION: i64 = 7 * 24 * 60 * 60;

/// A cart and how long it lives.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) cart: Cart,
    pub(crate) expiring: i64,
    pub(crate) expiration: i64,
}

/// The carts, in memory, by key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sessions {
    by_key: HashMap<String, Session>,
}

impl Sessions {
    /// The session under `key`, if there is one.
    pub(crate) fn live(&self, key: &str, now: i64) -> Option<&Session> {
        self.by_key.get(key).filter(|session| now < session.expiration)
    }

    /// Opens the cart a request is about. An unknown or expired key is an empty cart, which is
    /// no error; a guest's cart that comes with credentials goes over to the customer.
    pub(crate) fn open(&mut self, owner: &Owner, now: i64) -> Session {
        let mut session = match self.live(&owner.key, now) {
            Some(session) if now < session.expiring => session.clone(),
            kept => Session {
                cart: kept.map_or_else(|| owner.empty_cart(), |session| session.cart.clone()),
                expiring: now + EXPIRING,
                expiration: now + EXPIRATION,
            },
        };
        if let Some(guest) = owner.takes_over.as_ref().and_then(|key| self.by_key.remove(key))
            && now < guest.expiration
        {
            take_over(&mut session.cart, guest.cart);
            self.keep(session.clone(), now);
        }
        session
    }

    /// Keeps a session.
    pub(crate) fn keep(&mut self, session: Session, now: i64) {
        self.by_key.retain(|_, other| now < other.expiration);
        self.by_key.insert(session.cart.key.clone(), session);
    }

    /// Forgets the session under `key`; whether there was one.
    pub(crate) fn remove(&mut self, key: &str) -> bool {
        self.by_key.remove(key).is_some()
    }

    /// The keys of the carts kept, sorted.
    pub(crate) fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<_> = self.by_key.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys
    }
}

/// The guest's lines win over the customer's of the same key: quantities are replaced, not added.
fn take_over(customer: &mut Cart, guest: Cart) {
    let mine = std::mem::replace(&mut customer.lines, guest.lines);
    for line in mine.iter() {
        if customer.line(&line.key).is_none() {
            customer.lines.push(line.as_ref().clone());
        }
    }
}

/// Whose cart a request is about.
#[derive(Debug)]
pub(crate) struct Owner {
    pub(crate) key: String,
    account: Option<&'static Account>,
    /// The guest's cart that was sent along with credentials.
    takes_over: Option<String>,
}

impl Owner {
    /// The owner by the key's header (which beats the rest), a form's field or the query.
    pub(crate) fn of(
        request: &Request,
        key_header: &str,
        account: Option<&'static Account>,
        accounts: &[Account],
    ) -> Result<Self, Response> {
        let asked = request
            .header(key_header)
            .map(str::to_owned)
            .or_else(|| parameter(request, "cart_key"))
            .map(|key| sanitized(&key))
            .filter(|key| !key.is_empty());
        let is = |account: &Account| asked.as_deref() == Some(&account.id.to_string());
        if account.is_some_and(is) {
            return Err(not_yours(
                "cocart_already_authenticating_user",
                "You are already authenticating as the customer. Cannot set cart key as the user.",
            ));
        }
        // to a signed-in customer CoCart hands another's cart out: a defect not repeated here
        if accounts.iter().any(is) {
            return Err(not_yours(
                "cocart_must_authenticate_user",
                "Must authenticate customer as the cart key provided is a registered customer.",
            ));
        }
        Ok(match account {
            Some(customer) => Self { key: customer.id.to_string(), account, takes_over: asked },
            None => Self::guest(asked.unwrap_or_else(new_key)),
        })
    }

    /// A guest.
    pub(crate) const fn guest(key: String) -> Self {
        Self { key, account: None, takes_over: None }
    }

    fn empty_cart(&self) -> Cart {
        match self.account {
            Some(account) => Cart::of_account(account.of_cart()),
            None => Cart::new(&self.key),
        }
    }
}

/// CoCart's second error envelope.
fn not_yours(code: &'static str, message: &'static str) -> Response {
    let error = Value::from(map! { "code": code, "message": message });
    Response { status: 403, ..Response::ok(map! { "success": false, "data": vec![error] }) }
}

/// A key as CoCart keeps it.
fn sanitized(key: &str) -> String {
    key.to_ascii_lowercase()
        .chars()
        .filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
        .collect()
}

/// A new guest's key, 30 hexadecimal digits. Keys of a development server need to differ, not
/// to be secrets, so the hasher's own randomness will do.
pub(crate) fn new_key() -> String {
    let random = || RandomState::new().build_hasher().finish();
    let mut key = format!("{:016x}{:016x}", random(), random());
    key.truncate(30);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use cocart_wasm::api::Method;
    use cocart_wasm::cart::Line;

    const NOW: i64 = 1_800_000_000;

    fn session(sessions: &mut Sessions, key: &str, now: i64) -> Session {
        sessions.open(&Owner::guest(key.into()), now)
    }

    fn line(key: &str, quantity: f64) -> Line {
        Line { key: key.into(), quantity, ..Line::default() }
    }

    #[test]
    fn a_session_is_renewed_after_six_days_and_gone_after_seven() {
        let mut sessions = Sessions::default();
        let mut first = session(&mut sessions, "a", NOW);
        first.cart.lines.push(line("x", 1.0));
        sessions.keep(first.clone(), NOW);
        let before = session(&mut sessions, "a", NOW + EXPIRING - 1);
        assert_eq!(before.expiration, NOW + EXPIRATION);
        let renewed = session(&mut sessions, "a", NOW + EXPIRING);
        assert_eq!(renewed.expiration, NOW + EXPIRING + EXPIRATION);
        assert_eq!(renewed.cart, first.cart);
        assert!(session(&mut sessions, "a", NOW + EXPIRATION).cart.lines.is_empty());
    }

    #[test]
    fn a_guests_lines_replace_the_customers_and_the_guests_cart_is_gone() {
        let account = &crate::accounts::DEMO[0];
        let mut sessions = Sessions::default();
        let mut guest = session(&mut sessions, "g", NOW);
        guest.cart.lines = [line("tee", 2.0), line("mug", 5.0)].into_iter().collect();
        sessions.keep(guest, NOW);
        let request = Request::new(Method::Get, "/cocart/v2/cart").with_query("cart_key", "g");
        let owner = Owner::of(&request, "x", Some(account), crate::accounts::DEMO).unwrap();
        let mut customer = sessions.open(&Owner { takes_over: None, ..owner }, NOW);
        customer.cart.lines = [line("mug", 1.0), line("pen", 1.0)].into_iter().collect();
        sessions.keep(customer, NOW);

        let owner = Owner::of(&request, "x", Some(account), crate::accounts::DEMO).unwrap();
        let merged = sessions.open(&owner, NOW).cart;
        assert_eq!(merged.key, "2");
        let lines: Vec<_> = merged.lines.iter().map(|l| (l.key.as_str(), l.quantity)).collect();
        assert_eq!(lines, [("tee", 2.0), ("mug", 5.0), ("pen", 1.0)]);
        assert_eq!(sessions.keys(), ["2"]);
    }

    #[test]
    fn keys_are_cleaned_and_made_where_nothing_is_left() {
        assert_eq!(sanitized("<Key_WITH-Upper> 1"), "key_with-upper1");
        let request = Request::new(Method::Get, "/").with_query("cart_key", "ключ");
        let owner = Owner::of(&request, "x", None, &[]).unwrap();
        assert!(owner.key.len() == 30 && owner.key.bytes().all(|b| b.is_ascii_hexdigit()));
        assert_ne!(owner.key, new_key());
    }
}
