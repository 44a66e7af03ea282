//! Demo accounts, signed in by Basic auth or the JWT add-on's tokens as CoCart does it (`spec/cocart-v2.md` 9.3, 9.4).

use crate::tokens::{Asking, Pair, Tokens, has_shape};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cocart_wasm::api::{Body, Method, Request, Response};
use cocart_wasm::cart::{self, Address, Customer};
use cocart_wasm::map;
use cocart_wasm::value::Value;

/// A customer's account.
#[derive(Debug)]
pub(crate) struct Account {
    /// The user id, which in digits is the cart's key too.
    pub(crate) id: u64,
    pub(crate) user: &'static str,
    first_name: &'static str,
    last_name: &'static str,
    company: &'static str,
    country: &'static str,
    address: [&'static str; 2],
    city: &'static str,
    state: &'static str,
    postcode: &'static str,
    phone: &'static str,
    email: &'static str,
}

/// Every demo account's password.
pub(crate) const PASSWORD: &str = "password";

/// The recorded shop's customers.
pub(crate) const DEMO: &[Account] = &[
    Account {
        id: 2,
        user: "customer1",
        first_name: "Casey",
        last_name: "Customer",
        company: "Acme",
        country: "US",
        address: ["350 5th Ave", "Fl 2"],
        city: "New York",
        state: "NY",
        postcode: "10118",
        phone: "2125550100",
        email: "customer1@example.com",
    },
    Account {
        id: 3,
        user: "customer2",
        first_name: "Gill",
        last_name: "Briton",
        company: "",
        country: "GB",
        address: ["10 High St", ""],
        city: "London",
        state: "",
        postcode: "SW1A 1AA",
        phone: "02079460000",
        email: "customer2@example.com",
    },
];

/// Where requests are told apart by who asks.
#[derive(Debug)]
pub(crate) struct Gate<'a> {
    pub(crate) accounts: &'static [Account],
    /// The JWT add-on's; `None` without it.
    pub(crate) tokens: Option<&'a mut Tokens>,
    pub(crate) asking: Asking<'a>,
}

impl Gate<'_> {
    /// Who asks: an account, nobody (a guest), or nobody the shop lets in.
    pub(crate) fn identify(
        &self,
        request: &Request,
        route: &str,
    ) -> Result<Option<&'static Account>, Response> {
        if self.accounts.is_empty() {
            return Ok(None);
        }
        if let Some(tokens) = &self.tokens
            && let Some(bearer) = bearer(request).filter(|bearer| has_shape(bearer))
        {
            let user = tokens.user(bearer, self.asking);
            return match self.accounts.iter().find(|account| Some(account.id) == user) {
                Some(account) => Ok(Some(account)),
                None => Err(no_token("Authentication failed.")),
            };
        }
        let Some((user, password)) = credentials(request, route == LOGIN) else {
            return Ok(None);
        };
        if user.is_empty() || password.is_empty() {
            return Err(refused("Authentication invalid!"));
        }
        let is = |a: &&Account| a.user == user || a.email == user || a.phone == user;
        let Some(account) = self.accounts.iter().find(is) else {
            return Err(refused(
                "Authentication is invalid. Please check the authentication information is correct and try again.",
            ));
        };
        if password == PASSWORD {
            Ok(Some(account))
        } else {
            Err(refused(&format!(
                "The password you entered for the username \"{user}\" is incorrect."
            )))
        }
    }

    /// The routes that belong to accounts and not to the engine; `None` for all others.
    pub(crate) fn answer(
        &mut self,
        account: Option<&'static Account>,
        request: &Request,
        route: &str,
    ) -> Option<Response> {
        match (request.method, route) {
            (Method::Post, LOGIN) => Some(match account {
                Some(account) => {
                    let asking = self.asking;
                    let pair = self.tokens.as_mut().map(|tokens| tokens.issue(account, asking));
                    Response::ok(account.login(pair))
                }
                None => Response::error(
                    401,
                    "cocart_rest_not_authorized",
                    "Sorry, you are not authorized.",
                ),
            }),
            (Method::Post, "/cocart/v2/logout") => Some(Response::ok(true)),
            (Method::Post, REFRESH_TOKEN) => {
                let (accounts, asking) = (self.accounts, self.asking);
                self.tokens.as_mut().map(|tokens| refresh(tokens, accounts, request, asking))
            }
            (Method::Post, "/cocart/jwt/validate-token") if self.tokens.is_some() => {
                Some(match account {
                    Some(_) => Response::ok(map! { "message": "Token is valid." }),
                    None => Response::error(
                        401,
                        "rest_forbidden",
                        "Sorry, you are not allowed to do that.",
                    ),
                })
            }
            _ => None,
        }
    }
}

const LOGIN: &str = "/cocart/v2/login";
pub(crate) const REFRESH_TOKEN: &str = "/cocart/jwt/refresh-token";

/// `POST jwt/refresh-token`: a new pair for the old one.
fn refresh(
    tokens: &mut Tokens,
    accounts: &'static [Account],
    request: &Request,
    asking: Asking,
) -> Response {
    let Some(refresh) = body_text(request, "refresh_token").filter(|text| !text.is_empty()) else {
        return Response::error(
            403,
            "cocart_jwt_auth_missing_refresh_token",
            "Refresh token is required.",
        );
    };
    let user = match tokens.redeem(&refresh, asking.now) {
        Ok(user) => user,
        Err(message) => return no_token(message),
    };
    match accounts.iter().find(|account| account.id == user) {
        Some(account) => {
            let Pair { token, refresh } = tokens.issue(account, asking);
            Response::ok(map! { "token": token, "refresh_token": refresh })
        }
        None => no_token("Authentication failed."),
    }
}

fn refused(message: &str) -> Response {
    Response::error(401, "cocart_authentication_error", message)
}

fn no_token(message: &str) -> Response {
    Response::error(403, "cocart_authentication_error", message)
}

fn bearer(request: &Request) -> Option<&str> {
    Some(request.header("authorization")?.strip_prefix("Bearer ")?.trim())
}

/// The credentials a request carries. What cannot be read is none: the request is a guest's.
fn credentials(request: &Request, is_login: bool) -> Option<(String, String)> {
    if let Some(header) = request.header("authorization") {
        let encoded = header.strip_prefix("Basic ")?;
        let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
        let (user, password) = decoded.split_once(':')?;
        return Some((user.to_owned(), password.to_owned()));
    }
    // in JSON the login's own route alone reads them
    let text = |name| {
        parameter(request, name).or_else(|| is_login.then(|| body_text(request, name)).flatten())
    };
    Some((text("username")?, text("password")?))
}

/// A parameter as PHP's `$_REQUEST` has it: of a form body or of the query, never of JSON.
pub(crate) fn parameter(request: &Request, name: &str) -> Option<String> {
    let of_form = match &request.body {
        Body::Form(text) => form_urlencoded::parse(text.as_bytes())
            .filter(|(n, _)| n == name)
            .last()
            .map(|(_, value)| value.into_owned()),
        _ => None,
    };
    of_form.or_else(|| request.query_value(name).map(str::to_owned))
}

/// A parameter as WordPress has it: of JSON too.
fn body_text(request: &Request, name: &str) -> Option<String> {
    match &request.body {
        Body::Json(document) => document.get(name)?.as_str().map(str::to_owned),
        _ => parameter(request, name),
    }
}

impl Account {
    /// The account as the engine knows it.
    pub(crate) fn of_cart(&self) -> cart::Account {
        let [address_1, address_2] = self.address.map(str::to_owned);
        let shipping = Address {
            first_name: self.first_name.into(),
            last_name: self.last_name.into(),
            company: self.company.into(),
            country: self.country.into(),
            address_1,
            address_2,
            city: self.city.into(),
            state: self.state.into(),
            postcode: self.postcode.into(),
            ..Address::default()
        };
        let billing =
            Address { phone: self.phone.into(), email: self.email.into(), ..shipping.clone() };
        cart::Account {
            id: self.id,
            email: self.email.into(),
            customer: Customer { billing, shipping, ..Customer::default() },
            ..cart::Account::default()
        }
    }

    /// What `POST login` answers.
    fn login(&self, pair: Option<Pair>) -> cocart_wasm::value::Map {
        let extras = pair.map_or_else(Value::empty_array, |Pair { token, refresh }| {
            map! { "jwt_token": token, "jwt_refresh": refresh }.into()
        });
        map! {
            "user_id": self.id.to_string(),
            "first_name": self.first_name,
            "last_name": self.last_name,
            "display_name": format!("{} {}", self.first_name, self.last_name),
            "role": "Customer",
            "avatar_urls": Value::empty_array(),
            "email": self.email,
            "extras": extras,
            "dev_note": "Don't forget to store the users login information in order to authenticate all other routes with CoCart.",
        }
    }
}
