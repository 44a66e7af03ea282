//! Demo accounts, signed in by Basic auth as CoCart does it (`spec/cocart-v2.md` 9.3).

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
    user: &'static str,
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
const PASSWORD: &str = "password";

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

/// Who asks: an account, nobody (a guest), or nobody the shop lets in.
pub(crate) fn identify(
    accounts: &'static [Account],
    request: &Request,
) -> Result<Option<&'static Account>, Response> {
    if accounts.is_empty() {
        return Ok(None);
    }
    let Some((user, password)) = credentials(request) else {
        return Ok(None);
    };
    if user.is_empty() || password.is_empty() {
        return Err(refused("Authentication invalid!"));
    }
    let Some(account) =
        accounts.iter().find(|a| a.user == user || a.email == user || a.phone == user)
    else {
        return Err(refused(
            "Authentication is invalid. Please check the authentication information is correct and try again.",
        ));
    };
    if password == PASSWORD {
        Ok(Some(account))
    } else {
        Err(refused(&format!("The password you entered for the username \"{user}\" is incorrect.")))
    }
}

fn refused(message: &str) -> Response {
    Response::error(401, "cocart_authentication_error", message)
}

/// The credentials a request carries. What cannot be read is none: the request is a guest's.
fn credentials(request: &Request) -> Option<(String, String)> {
    if let Some(header) = request.header("authorization") {
        let encoded = header.strip_prefix("Basic ")?;
        let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
        let (user, password) = decoded.split_once(':')?;
        return Some((user.to_owned(), password.to_owned()));
    }
    Some((parameter(request, "username")?, parameter(request, "password")?))
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

/// The routes that belong to accounts and not to the engine; `None` for all others.
pub(crate) fn answer(account: Option<&Account>, method: Method, route: &str) -> Option<Response> {
    match (method, route) {
        (Method::Post, "/cocart/v2/login") => Some(match account {
            Some(account) => Response::ok(account.login()),
            None => {
                Response::error(401, "cocart_rest_not_authorized", "Sorry, you are not authorized.")
            }
        }),
        (Method::Post, "/cocart/v2/logout") => Some(Response::ok(true)),
        _ => None,
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
    fn login(&self) -> cocart_wasm::value::Map {
        map! {
            "user_id": self.id.to_string(),
            "first_name": self.first_name,
            "last_name": self.last_name,
            "display_name": format!("{} {}", self.first_name, self.last_name),
            "role": "Customer",
            "avatar_urls": Value::empty_array(),
            "email": self.email,
            "extras": Value::empty_array(),
            "dev_note": "Don't forget to store the users login information in order to authenticate all other routes with CoCart.",
        }
    }
}
