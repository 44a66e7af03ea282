//! A shop with one till: what traps, vectors and generations ring up. Everything goes through
//! the public API: a [`Shop`] from a [`Snapshot`], commands through a [`Visit`], documents from
//! `api::handle`.

use super::amount;
use cocart_wasm::api::{Answer, Method, Profile, Request, handle};
use cocart_wasm::cart::{AddItem, Cart, Command, Fee, LineTotals, TaxMap, Totals, Visit};
use cocart_wasm::store::{
    BaseAddress, Coupon, DiscountType, Product, Settings, ShippingMethod, ShippingMethodKind,
    ShippingZone, Shop, Snapshot, TaxRate, Versions, coupon_hash,
};
use cocart_wasm::value::Value;

/// The clock of every request.
pub const NOW: i64 = 1_795_295_187;

/// The recorded shop: WooCommerce 9.3.3 on PHP 8.2.
pub const RECORDED: (&str, &str) = ("9.3.3", "8.2.36");
/// The second recorded shop: WooCommerce 11.0.1 on PHP 8.2.
pub const CURRENT: (&str, &str) = ("11.0.1", "8.2.36");
/// A current WooCommerce on a current PHP.
pub const NEWEST: (&str, &str) = ("11.0.1", "8.4.2");
/// What holds everywhere is proved on all three.
pub const ALL: [(&str, &str); 3] = [RECORDED, CURRENT, NEWEST];

/// A tax rate that holds everywhere; its priority is its id.
pub fn rate(id: u64, percent: &str) -> TaxRate {
    TaxRate {
        id,
        rate: amount(percent),
        priority: u32::try_from(id).unwrap(),
        ..TaxRate::default()
    }
}

/// A shop and what is about to be bought in it.
#[derive(Clone)]
pub struct Till {
    pub snapshot: Snapshot,
    pub cart: Cart,
    pub commands: Vec<Command>,
}

impl Till {
    /// Prices without tax, and these rates on top.
    pub fn excl(rates: impl IntoIterator<Item = TaxRate>) -> Self {
        let base_address = BaseAddress { country: "GB".into(), ..BaseAddress::default() };
        let settings = Settings { calc_taxes: true, base_address, ..Settings::default() };
        let tax_rates = rates.into_iter().collect();
        Self {
            snapshot: Snapshot { complete: true, settings, tax_rates, ..Snapshot::default() },
            cart: Cart::new("till"),
            commands: Vec::new(),
        }
    }

    /// Prices with these rates inside.
    pub fn incl(rates: impl IntoIterator<Item = TaxRate>) -> Self {
        Self::excl(rates).set(|settings| settings.prices_include_tax = true)
    }

    /// Changes the shop's options.
    pub fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.snapshot.settings);
        self
    }

    /// A line of a new product with this price.
    pub fn line(self, price: &str, quantity: f64) -> Self {
        self.sell(Product { price: Some(amount(price)), ..Product::default() }, quantity)
    }

    /// A line of this product, which gets the next id.
    pub fn sell(mut self, product: Product, quantity: f64) -> Self {
        let id = self.snapshot.products.len() as u64 + 1;
        self.snapshot.products.push(Product { id, name: format!("Product {id}"), ..product });
        let item = AddItem { id: id.to_string(), quantity, ..AddItem::default() };
        self.then(Command::AddItem(item))
    }

    /// A coupon, applied now.
    pub fn coupon(self, discount_type: DiscountType, off: &str) -> Self {
        self.coupon_of(Coupon { discount_type, amount: amount(off), ..Coupon::default() })
    }

    /// This coupon, applied now under the next code: `c1`, `c2`, …
    pub fn coupon_of(mut self, coupon: Coupon) -> Self {
        let id = self.snapshot.coupons.len() as u64 + 1;
        let code = format!("c{id}");
        let code_hash = coupon_hash("", &code);
        self.snapshot.coupons.push(Coupon { id, code_hash, ..coupon });
        self.then(Command::ApplyCoupon { coupon: code })
    }

    /// A fee of an add-on.
    pub fn fee(mut self, off: f64, taxable: bool) -> Self {
        let name = format!("fee {}", self.snapshot.fees.len() + 1);
        self.snapshot.fees.push(Fee { name, amount: off, taxable, tax_class: String::new() });
        self
    }

    /// A taxable flat rate as the only way of shipping.
    pub fn shipping(self, cost: &str) -> Self {
        self.methods([flat_rate(1, cost)])
    }

    /// These ways of shipping, everywhere.
    pub fn methods(mut self, methods: impl IntoIterator<Item = ShippingMethod>) -> Self {
        let methods = methods.into_iter().collect();
        self.snapshot.shipping_zones = vec![ShippingZone { methods, ..ShippingZone::default() }];
        self
    }

    /// The customer lives in this country.
    pub fn living_in(mut self, country: &str) -> Self {
        for address in [&mut self.cart.customer.billing, &mut self.cart.customer.shipping] {
            country.clone_into(&mut address.country);
        }
        self
    }

    /// The customer pays no tax.
    pub fn exempt(mut self) -> Self {
        self.cart.customer.is_vat_exempt = true;
        self
    }

    /// One more command.
    pub fn then(mut self, command: Command) -> Self {
        self.commands.push(command);
        self
    }

    /// Rings everything up on a generation, each command a request of its own.
    pub fn ring(&self, (woocommerce, php): (&str, &str)) -> Receipt {
        let versions = Versions {
            woocommerce: woocommerce.into(),
            cocart: "4.3.6".into(),
            php: php.into(),
            ..Versions::default()
        };
        let shop = Shop::new(Snapshot { versions, ..self.snapshot.clone() });
        let mut cart = self.cart.clone();
        for command in &self.commands {
            let mut visit = Visit::open(&shop, Profile::V43, &mut cart, NOW);
            visit.apply(command).unwrap_or_else(|error| panic!("{command:?}: {error}"));
        }
        Receipt { shop, cart }
    }
}

/// A flat rate.
pub fn flat_rate(instance_id: u32, cost: &str) -> ShippingMethod {
    let kind = ShippingMethodKind::FlatRate {
        taxable: true,
        cost: cost.into(),
        class_costs: Vec::new(),
        no_class_cost: String::new(),
        per_order: false,
    };
    ShippingMethod { instance_id, enabled: true, title: "Courier".into(), kind }
}

/// A cart that was rung up, in its shop.
pub struct Receipt {
    pub shop: Shop,
    pub cart: Cart,
}

impl Receipt {
    /// The figures of a line.
    pub fn line(&self, at: usize) -> &LineTotals {
        self.cart.lines[at].totals.as_ref().unwrap()
    }

    /// Subtotal, its tax, total, its tax of every line.
    pub fn lines(&self) -> Vec<[f64; 4]> {
        let lines = 0..self.cart.lines.len();
        lines
            .map(|at| self.line(at))
            .map(|l| [l.subtotal, l.subtotal_tax, l.total, l.tax])
            .collect()
    }

    /// Total after discounts and its tax of every line.
    pub fn after_discounts(&self) -> Vec<[f64; 2]> {
        self.lines().into_iter().map(|[_, _, total, tax]| [total, tax]).collect()
    }

    /// Tax after discounts by rate, of every line.
    pub fn taxes(&self) -> Vec<TaxMap> {
        (0..self.cart.lines.len()).map(|at| self.line(at).total_taxes.clone()).collect()
    }

    /// What each coupon takes off without tax, in the order they were applied.
    pub fn coupons(&self) -> Vec<f64> {
        self.cart.coupons.iter().map(|coupon| coupon.amount).collect()
    }

    /// The cart's figures.
    pub fn totals(&self) -> &Totals {
        self.cart.totals.as_ref().unwrap()
    }

    /// Carries on with a command.
    pub fn apply(&mut self, command: &Command) {
        Visit::open(&self.shop, Profile::V43, &mut self.cart, NOW).apply(command).unwrap();
    }

    /// Carries on with a request to the v4.3 dialect.
    pub fn send(&mut self, method: Method, path: &str, body: &str) -> Answer {
        super::send(&self.shop, &mut self.cart, method, path, body)
    }

    /// What `GET cart` answers.
    pub fn document(&mut self) -> serde_json::Value {
        let request = Request::new(Method::Get, "/cocart/v2/cart");
        let answer = handle(&self.shop, Profile::V43, &mut self.cart, &request, NOW);
        serde_json::to_value(answer.response.body.unwrap_or(Value::Null)).unwrap()
    }
}
