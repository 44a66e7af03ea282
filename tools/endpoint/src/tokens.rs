//! The tokens of CoCart's JWT add-on (`spec/cocart-v2.md` 9.4).

use crate::accounts::Account;
use crate::sessions::new_key;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

const DAY: i64 = 24 * 60 * 60;
/// How long a token is good for, and the one that renews it.
const ACCESS: i64 = 10 * DAY;
const REFRESH: i64 = 30 * DAY;
/// How many a customer may have; the oldest goes.
const MOST: usize = 5;

/// A token, and the one to renew it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) token: String,
    pub(crate) refresh: String,
}

#[derive(Debug)]
struct Issued {
    user: u64,
    pair: Pair,
    device: String,
    expires: i64,
    refresh_expires: i64,
}

/// The tokens in force, oldest first. Nobody's signature is checked: what is not here is not good.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    issued: Vec<Issued>,
}

/// Who asks, from where, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking<'a> {
    /// The shop's address.
    pub(crate) base: &'a str,
    /// The browser's name, to which a token is bound; the real add-on binds it to the IP address too.
    pub(crate) device: &'a str,
    pub(crate) now: i64,
}

impl Tokens {
    /// A new pair for a customer.
    pub(crate) fn issue(&mut self, account: &Account, asking: Asking) -> Pair {
        let of_user = self.issued.iter().filter(|one| one.user == account.id).count();
        if of_user >= MOST
            && let Some(oldest) = self.issued.iter().position(|one| one.user == account.id)
        {
            self.issued.remove(oldest);
        }
        let pair = Pair { token: token(account, asking), refresh: new_key() };
        self.issued.push(Issued {
            user: account.id,
            pair: pair.clone(),
            device: asking.device.to_owned(),
            expires: asking.now + ACCESS,
            refresh_expires: asking.now + REFRESH,
        });
        pair
    }

    /// Whose token it is, while it is good.
    pub(crate) fn user(&self, token: &str, asking: Asking) -> Option<u64> {
        let known = self.issued.iter().find(|one| one.pair.token == token)?;
        (asking.now < known.expires && known.device == asking.device).then_some(known.user)
    }

    /// Whose refresh token it is, which with its pair is used up; or what is wrong with it.
    pub(crate) fn redeem(&mut self, refresh: &str, now: i64) -> Result<u64, &'static str> {
        let at = self.issued.iter().position(|one| one.pair.refresh == refresh);
        let used = self.issued.remove(at.ok_or("Invalid refresh token.")?);
        if now < used.refresh_expires { Ok(used.user) } else { Err("Refresh token expired.") }
    }

    /// How many are in force, run out or not.
    pub(crate) const fn len(&self) -> usize {
        self.issued.len()
    }

    /// Every token has run out; each can be renewed.
    pub(crate) fn expire(&mut self) {
        for one in &mut self.issued {
            one.expires = 0;
        }
    }

    /// Every token is revoked, and so are those that renew.
    pub(crate) fn revoke(&mut self) {
        self.issued.clear();
    }
}

/// Whether CoCart takes a bearer's text for a token at all.
pub(crate) fn has_shape(bearer: &str) -> bool {
    bearer.split('.').count() == 3
}

fn token(account: &Account, Asking { base, device, now }: Asking) -> String {
    let header = json!({ "typ": "JWT", "alg": "HS256" });
    let user = json!({
        "id": account.id,
        "username": account.user,
        "ip": "127.0.0.1",
        "device": device,
        "pat": format!("pat_{}", new_key()),
    });
    let payload = json!({
        "iss": base,
        "iat": now,
        "nbf": now,
        "exp": now + ACCESS,
        "data": { "user": user },
    });
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(header), part(payload), URL_SAFE_NO_PAD.encode(new_key()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::DEMO;

    const NOW: i64 = 1_800_000_000;

    fn asking(now: i64) -> Asking<'static> {
        Asking { base: "http://shop.test", device: "a browser", now }
    }

    #[test]
    fn a_token_is_good_for_ten_days_on_one_device_and_renewed_for_thirty() {
        let mut tokens = Tokens::default();
        let pair = tokens.issue(&DEMO[0], asking(NOW));
        assert!(has_shape(&pair.token));
        assert_eq!(tokens.user(&pair.token, asking(NOW + ACCESS - 1)), Some(2));
        assert_eq!(tokens.user(&pair.token, asking(NOW + ACCESS)), None);
        let elsewhere = Asking { device: "another", ..asking(NOW) };
        assert_eq!(tokens.user(&pair.token, elsewhere), None);
        assert_eq!(tokens.redeem("nope", NOW), Err("Invalid refresh token."));
        assert_eq!(tokens.redeem(&pair.refresh, NOW + REFRESH - 1), Ok(2));
        assert_eq!(tokens.user(&pair.token, asking(NOW)), None, "the old pair is dead");
        assert_eq!(tokens.redeem(&pair.refresh, NOW), Err("Invalid refresh token."));
        let late = tokens.issue(&DEMO[0], asking(NOW));
        assert_eq!(tokens.redeem(&late.refresh, NOW + REFRESH), Err("Refresh token expired."));
    }

    #[test]
    fn a_sixth_token_costs_the_customer_the_first() {
        let mut tokens = Tokens::default();
        let other = tokens.issue(&DEMO[1], asking(NOW));
        let pairs: Vec<_> = (0..6).map(|_| tokens.issue(&DEMO[0], asking(NOW))).collect();
        let good = |pair: &Pair| tokens.user(&pair.token, asking(NOW)).is_some();
        assert_eq!(
            pairs.iter().map(good).collect::<Vec<_>>(),
            [false, true, true, true, true, true]
        );
        assert!(good(&other));
    }
}
