// The documents that CoCart answers with (`spec/cocart-v2.md` 2).

/**
 * The dialects a cart can speak; the app fixes the one it wants to see. They differ most in how they write money:
 *
 * | profile | `price` of a line | `totals` of a line | `totals`, shipping, fees, taxes, coupons |
 * | --- | --- | --- | --- |
 * | `reference` | formatted, `"£12.50"` | numbers in major units, `12.5` | texts in major units, `"12.50"` |
 * | `v4.3` (CoCart 4.3) | text in minor units, `"1250"` | `subtotal` a text in minor units, the others numbers in major units | texts in minor units |
 * | `v4.9`, `v5` | text in minor units | texts in minor units | texts in minor units |
 * | `v5-formatted` | formatted | formatted | formatted |
 *
 * Minor units are the shop's: `currency.currency_minor_unit` decimals. `cocart-wasm/money` turns one into the other.
 */
export type Profile = "reference" | "v4.3" | "v4.9" | "v5" | "v5-formatted";

/** PHP writes an empty map as `[]`. */
export type OrEmpty<Map> = Map | readonly [];

/** One or many of something, by a name. */
export type Named<T> = { readonly [name: string]: T };

/** How the shop writes money. */
export interface Currency {
  /** ISO 4217, `GBP`. */
  readonly currency_code: string;
  /** `£`, with entities decoded. */
  readonly currency_symbol: string;
  /** `left`, `right`, `left_space` or `right_space`; in `v4.3` `currency_prefix` or `currency_suffix`. */
  readonly currency_symbol_pos: string;
  /** How many decimals the shop shows: its own setting, not ISO's. */
  readonly currency_minor_unit: number;
  readonly currency_decimal_separator: string;
  readonly currency_thousand_separator: string;
  /** The symbol with its space, where it stands in front; else empty. */
  readonly currency_prefix: string;
  /** The symbol with its space, where it stands behind; else empty. */
  readonly currency_suffix: string;
}

/** Texts, empty where nothing is known. The optional ones are missing where the shop's checkout does not ask for them. */
export interface BillingAddress {
  readonly billing_first_name: string;
  readonly billing_last_name: string;
  readonly billing_company?: string;
  /** ISO 3166, two letters. */
  readonly billing_country: string;
  readonly billing_address_1: string;
  readonly billing_address_2?: string;
  readonly billing_postcode: string;
  readonly billing_city: string;
  /** A code where WooCommerce has a list for the country (`CA`), else a name. */
  readonly billing_state: string;
  readonly billing_phone?: string;
  readonly billing_email: string;
}

/** As the billing address: where shipping and, unless the shop says otherwise, taxes are worked out for. */
export interface ShippingAddress {
  readonly shipping_first_name: string;
  readonly shipping_last_name: string;
  readonly shipping_company?: string;
  readonly shipping_country: string;
  readonly shipping_address_1: string;
  readonly shipping_address_2?: string;
  readonly shipping_postcode: string;
  readonly shipping_city: string;
  readonly shipping_state: string;
  /** From WooCommerce 10 on. */
  readonly shipping_phone?: string;
}

/** How many, up to CoCart 4.9. */
export interface Quantity {
  /** Fractions are allowed. */
  readonly value: number;
  readonly min_purchase: number;
  /** -1 where there is no limit. */
  readonly max_purchase: number;
}

/** How many, from CoCart 5.0. */
export interface QuantityV5 {
  /** Fractions are allowed. */
  readonly value: number;
  readonly minimum: number;
  /** -1 where there is no limit. */
  readonly maximum: number;
  readonly multiple_of: number;
  /** False for what is sold one per cart. */
  readonly editable: boolean;
}

/** A line's amounts, for its whole quantity. `subtotal` and `total` are without tax, which stands beside them. Units: see `Profile`. */
export interface ItemTotals<P extends Profile = Profile> {
  /** Before discounts. */
  readonly subtotal: P extends "reference" ? number : string;
  readonly subtotal_tax: P extends "reference" | "v4.3" ? number : string;
  /** After discounts. */
  readonly total: P extends "reference" | "v4.3" ? number : string;
  /** The tax on `total`. */
  readonly tax: P extends "reference" | "v4.3" ? number : string;
}

/** What a line says of its product. */
export interface ItemMeta {
  /** `simple`, `variation`, or a plugin's own. */
  readonly product_type: string;
  readonly sku: string;
  /** In the shop's own unit. */
  readonly dimensions: OrEmpty<{
    readonly length: string;
    readonly width: string;
    readonly height: string;
    readonly unit: string;
  }>;
  /** The weight of the whole line, in the shop's own unit. */
  readonly weight: string | number;
  /** Attribute label → name of the chosen term, `{ Color: "Blue" }`. */
  readonly variation?: OrEmpty<Named<string>>;
}

interface ItemBase<P extends Profile> {
  /** 32 hexadecimal digits: the same product with the same data has the same key. */
  readonly item_key: string;
  /** The variation's id where there is one. */
  readonly id: number;
  /** As stored, with the variation's own values: `Hoodie - Blue`. Tags and entities are not touched. */
  readonly name: string;
  /** The product's name, without the variation. */
  readonly title: string;
  /** The unit price, with or without tax as the shop shows prices in the cart. Units: see `Profile`. */
  readonly price: string;
  readonly totals: ItemTotals<P>;
  readonly slug: string;
  readonly meta: ItemMeta;
  /** A notice that it is on backorder; else `no`, in `v4.3` an empty text. */
  readonly backorders: string;
  /** The free data the line was added with, less what is empty. */
  readonly cart_item_data: OrEmpty<Named<unknown>>;
  /** The picture's address; empty without one, or with `thumb: false`. */
  readonly featured_image: string;
  /** From CoCart 5 on, as the next two. In the units of `price`. */
  readonly regular_price?: string;
  readonly on_sale?: boolean;
  readonly variation?: OrEmpty<Named<string>>;
}

/** A line of the cart. */
export interface CartItem<P extends Profile = Profile> extends ItemBase<P> {
  readonly quantity: P extends "v5" | "v5-formatted" ? QuantityV5 : Quantity;
  /** What plugins add, from CoCart 5 on. */
  readonly extensions?: OrEmpty<Named<unknown>>;
}

/** A line that was taken out and can be put back. */
export interface RemovedItem<P extends Profile = Profile> extends ItemBase<P> {
  readonly quantity: number;
}

/** A coupon that is on the cart. */
export interface CartCoupon {
  /** The code, in small letters. */
  readonly coupon: string;
  /** `Coupon: get10offcart` */
  readonly label: string;
  /** `percent`, `fixed_cart`, `fixed_product`, or a plugin's own. */
  readonly discount_type?: string;
  /** A minus and what it saves (units: see `Profile`); or a sentence, where it grants free shipping and nothing else. */
  readonly saving: string;
  /** A minus and the formatted amount. Plain text, despite the name. */
  readonly saving_html: string;
}

/** A way of delivery and its price. */
export interface ShippingRate {
  /** What `setShippingMethod` takes: `flat_rate:1`. */
  readonly key: string;
  readonly method_id: string;
  readonly instance_id: number;
  readonly label: string;
  /** Without tax. Units: see `Profile`. */
  readonly cost: string;
  /** Label and price, with or without tax as the shop shows the cart. Plain text. */
  readonly html: string;
  /** The last of its taxes, in the units of `cost`; empty without any. */
  readonly taxes: string;
  readonly chosen_method: boolean;
  /** `items` names what is in the package. */
  readonly meta_data: OrEmpty<Named<string>>;
}

/** What goes to one address together, and the ways it can go. */
export interface ShippingPackage {
  readonly package_name: string;
  /** By their keys. */
  readonly rates: OrEmpty<Named<ShippingRate>>;
  readonly package_details: string;
  readonly index: number;
  /** The chosen rate's key; empty without one. */
  readonly chosen_method: string;
  /** In one line. */
  readonly formatted_destination: string;
}

/** What can be shipped, and for how much. */
export interface Shipping {
  readonly total_packages: number;
  readonly show_package_details: boolean;
  /** Whether the shopper has said where to. */
  readonly has_calculated_shipping: boolean;
  /** The first is called `default`. */
  readonly packages: OrEmpty<Named<ShippingPackage>>;
}

/** The cart's amounts, each a text in the units of the profile (see `Profile`). Taxes stand beside the amounts they are on. */
export interface Totals {
  /** The lines before discounts, without tax. */
  readonly subtotal: string;
  readonly subtotal_tax: string;
  /** Without tax. */
  readonly fee_total: string;
  readonly fee_tax: string;
  /** What coupons take off, as a positive amount and without tax. */
  readonly discount_total: string;
  readonly discount_tax: string;
  /** The chosen rates, without tax. */
  readonly shipping_total: string;
  readonly shipping_tax: string;
  /** What is to be paid, all taxes included. */
  readonly total: string;
  /** All taxes together. */
  readonly total_tax: string;
  /** From `v4.9` on, as what follows; taxes by rate are numbers in minor units. */
  readonly shipping_taxes?: readonly number[];
  /** The lines after discounts, without tax. */
  readonly cart_contents_total?: string;
  readonly cart_contents_tax?: string;
  readonly cart_contents_taxes?: readonly number[];
  readonly fee_taxes?: readonly number[];
}

type RawNumber<P extends Profile> = P extends "reference" | "v4.3" ? string | number : string;
type RawTaxes<P extends Profile> = P extends "reference" | "v4.3" ? OrEmpty<Named<number>> : readonly number[];

/**
 * `GET cart/totals`: WooCommerce's own, texts and numbers in major units; from `v4.9` on as `Totals`. With `html` all but the taxes
 * by rate are formatted.
 */
export interface RawTotals<P extends Profile = Profile> {
  readonly subtotal: string;
  readonly subtotal_tax: RawNumber<P>;
  readonly shipping_total: string;
  readonly shipping_tax: RawNumber<P>;
  /** By the rate's id; from `v4.9` on a list in minor units. */
  readonly shipping_taxes: RawTaxes<P>;
  readonly discount_total: RawNumber<P>;
  readonly discount_tax: RawNumber<P>;
  readonly cart_contents_total: string;
  readonly cart_contents_tax: RawNumber<P>;
  readonly cart_contents_taxes: RawTaxes<P>;
  readonly fee_total: string;
  readonly fee_tax: RawNumber<P>;
  readonly fee_taxes: RawTaxes<P>;
  readonly total: string;
  readonly total_tax: RawNumber<P>;
}

/** A product that goes with what is in the cart. Prices in the units of a line's `price`, whatever the shop says of tax. */
export interface CrossSell {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly slug: string;
  readonly price: string;
  readonly regular_price: string;
  /** Empty without one; in `v4.3` zero. */
  readonly sale_price: string;
  readonly image: string;
  /** `Rated 4.50 out of 5`, or empty. */
  readonly average_rating: string;
  readonly on_sale: boolean;
  readonly type: string;
}

/** Messages by kind; only kinds that have some are there. */
export interface Notices {
  readonly error?: readonly string[];
  readonly success?: readonly string[];
  readonly notice?: readonly string[];
  readonly info?: readonly string[];
}

/** A fee, up to CoCart 4.9. */
export interface Fee {
  readonly name: string;
  /** With or without tax as the shop shows the cart. Units: see `Profile`. */
  readonly fee: string;
}

/** A fee from CoCart 5 on: numbers in major units, without tax, which stands beside them. */
export interface FeeV5 {
  readonly name: string;
  readonly amount: number;
  readonly taxable: boolean;
  readonly tax_class: string;
  readonly total: number;
  readonly tax: number;
}

/** The cart's taxes of one rate, up to CoCart 4.9. Units: see `Profile`. */
export interface Tax {
  readonly name: string;
  readonly price: string;
}

/** All taxes in one, where the shop shows them so; up to CoCart 4.9. */
export interface TaxTotal {
  readonly label: string;
  readonly total: string;
}

/** The cart's taxes of one rate from CoCart 5 on; `key` is the rate's code, or `total` where the shop shows all taxes in one. */
export interface TaxV5 {
  readonly key: string;
  readonly name: string;
  readonly price: string;
}

/** Maps by the fee's id up to CoCart 4.3, lists since. */
export type Fees<P extends Profile> = P extends "v5" | "v5-formatted" ? readonly FeeV5[] : P extends "v4.9" ? readonly Fee[] : OrEmpty<Named<Fee>>;

/** Nothing where the shop shows the cart with tax, or takes none. Maps by the rate's code up to CoCart 4.3, lists since. */
export type Taxes<P extends Profile> = P extends "v5" | "v5-formatted"
  ? readonly TaxV5[]
  : P extends "v4.9"
    ? readonly (Tax | TaxTotal)[]
    : OrEmpty<Named<Tax>> | TaxTotal;

/** A list in CoCart 4.3, a map by item key in the other profiles; `[]` when empty. */
export type Items<P extends Profile> = P extends "v4.3"
  ? readonly CartItem<P>[]
  : OrEmpty<Named<CartItem<P>>>;

/** The full cart, frozen. Branches that did not change are the same objects as in the answer before. */
export interface CartDocument<P extends Profile = "reference"> {
  /** Changes with what is in the cart and what it costs; a sentence while the cart is empty. */
  readonly cart_hash: string;
  /** Whoever knows a guest's key sees and changes the cart. A customer's is the account's id. */
  readonly cart_key: string;
  readonly currency: Currency;
  readonly customer: {
    readonly billing_address: BillingAddress;
    readonly shipping_address: ShippingAddress;
  };
  readonly items: Items<P>;
  /** The sum of the quantities. */
  readonly item_count: number;
  /** In the shop's own unit; a text in `v4.3`. */
  readonly items_weight: string | number;
  readonly coupons: readonly CartCoupon[];
  /** Whether there is anything to pay. */
  readonly needs_payment: boolean;
  readonly needs_shipping: boolean;
  /** Empty where the shop does not ship. */
  readonly shipping: OrEmpty<Shipping>;
  readonly fees: Fees<P>;
  readonly taxes: Taxes<P>;
  readonly totals: Totals;
  /** In the order of their removal; a map by item key where `v4.3` has nothing else in the cart. */
  readonly removed_items: readonly RemovedItem<P>[] | Named<RemovedItem<P>>;
  readonly cross_sells: readonly CrossSell[];
  /** Shown once: the answer that has them uses them up. `getSnapshot()` leaves them. */
  readonly notices: OrEmpty<Notices>;
  /** What plugins add, where the shop's version of CoCart has a place for it. */
  readonly extensions?: OrEmpty<Named<unknown>>;
}

/** A line in API v1's own shape. */
export type CartItemV1 = Named<unknown>;

/** CoCart's and WordPress's error, as an answer. */
export interface ErrorDocument {
  readonly code: string;
  readonly message: string;
  readonly data: { readonly status: number; readonly [name: string]: unknown };
  readonly [name: string]: unknown;
}
