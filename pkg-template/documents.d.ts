// The documents that CoCart answers with.

/** The dialects a cart can speak; the app fixes the one it wants to see. */
export type Profile = "reference" | "v4.3" | "v4.9" | "v5" | "v5-formatted";

/** PHP writes an empty map as `[]`. */
export type OrEmpty<Map> = Map | readonly [];

/** One or many of something, by a name. */
export type Named<T> = { readonly [name: string]: T };

export interface Currency {
  readonly currency_code: string;
  readonly currency_symbol: string;
  readonly currency_symbol_pos: string;
  readonly currency_minor_unit: number;
  readonly currency_decimal_separator: string;
  readonly currency_thousand_separator: string;
  readonly currency_prefix: string;
  readonly currency_suffix: string;
}

export interface BillingAddress {
  readonly billing_first_name: string;
  readonly billing_last_name: string;
  readonly billing_company: string;
  readonly billing_country: string;
  readonly billing_address_1: string;
  readonly billing_address_2: string;
  readonly billing_postcode: string;
  readonly billing_city: string;
  readonly billing_state: string;
  readonly billing_phone: string;
  readonly billing_email: string;
}

export interface ShippingAddress {
  readonly shipping_first_name: string;
  readonly shipping_last_name: string;
  readonly shipping_company: string;
  readonly shipping_country: string;
  readonly shipping_address_1: string;
  readonly shipping_address_2: string;
  readonly shipping_postcode: string;
  readonly shipping_city: string;
  readonly shipping_state: string;
}

/** How many, up to CoCart 4.9. */
export interface Quantity {
  readonly value: number;
  readonly min_purchase: number;
  /** -1 where there is no limit. */
  readonly max_purchase: number;
}

/** How many, from CoCart 5.0. */
export interface QuantityV5 {
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly multiple_of: number;
  readonly editable: boolean;
}

/** A line's amounts; numbers are major units, texts minor units or formatted. */
export interface ItemTotals {
  readonly subtotal: string | number;
  readonly subtotal_tax: string | number;
  readonly total: string | number;
  readonly tax: string | number;
}

export interface ItemMeta {
  readonly product_type: string;
  readonly sku: string;
  readonly dimensions: OrEmpty<{
    readonly length: string;
    readonly width: string;
    readonly height: string;
    readonly unit: string;
  }>;
  /** The weight of the whole line. */
  readonly weight: string | number;
  readonly variation?: OrEmpty<Named<string>>;
}

interface ItemBase {
  readonly item_key: string;
  /** The variation's id where there is one. */
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly price: string;
  readonly totals: ItemTotals;
  readonly slug: string;
  readonly meta: ItemMeta;
  readonly backorders: string;
  readonly cart_item_data: OrEmpty<Named<unknown>>;
  readonly featured_image: string;
  /** From CoCart 5 on, as the next two. */
  readonly regular_price?: string;
  readonly on_sale?: boolean;
  readonly variation?: OrEmpty<Named<string>>;
}

/** A line of the cart. */
export interface CartItem<P extends Profile = Profile> extends ItemBase {
  readonly quantity: P extends "v5" | "v5-formatted" ? QuantityV5 : Quantity;
  /** What plugins add, from CoCart 5 on. */
  readonly extensions?: OrEmpty<Named<unknown>>;
}

/** A line that was taken out and can be put back. */
export interface RemovedItem extends ItemBase {
  readonly quantity: number;
}

export interface CartCoupon {
  readonly coupon: string;
  readonly label: string;
  readonly discount_type?: string;
  readonly saving: string;
  readonly saving_html: string;
}

export interface ShippingRate {
  readonly key: string;
  readonly method_id: string;
  readonly instance_id: number;
  readonly label: string;
  readonly cost: string;
  readonly html: string;
  readonly taxes: string;
  readonly chosen_method: boolean;
  readonly meta_data: OrEmpty<Named<string>>;
}

export interface ShippingPackage {
  readonly package_name: string;
  readonly rates: OrEmpty<Named<ShippingRate>>;
  readonly package_details: string;
  readonly index: number;
  readonly chosen_method: string;
  readonly formatted_destination: string;
}

export interface Shipping {
  readonly total_packages: number;
  readonly show_package_details: boolean;
  readonly has_calculated_shipping: boolean;
  readonly packages: OrEmpty<Named<ShippingPackage>>;
}

/** The cart's amounts, each a text: decimals, minor units or formatted, by profile. */
export interface Totals {
  readonly subtotal: string;
  readonly subtotal_tax: string;
  readonly fee_total: string;
  readonly fee_tax: string;
  readonly discount_total: string;
  readonly discount_tax: string;
  readonly shipping_total: string;
  readonly shipping_tax: string;
  readonly total: string;
  readonly total_tax: string;
  /** From `v4.9` on; taxes by rate are numbers in minor units. */
  readonly shipping_taxes?: readonly number[];
  readonly cart_contents_total?: string;
  readonly cart_contents_tax?: string;
  readonly cart_contents_taxes?: readonly number[];
  readonly fee_taxes?: readonly number[];
}

/** WooCommerce's own totals, `GET cart/totals`: texts and numbers in major units, with `html` formatted prices. */
export interface RawTotals {
  readonly subtotal: string | number;
  readonly subtotal_tax: string | number;
  readonly shipping_total: string | number;
  readonly shipping_tax: string | number;
  /** By the rate's id; from `v4.9` on a list. */
  readonly shipping_taxes: Named<number> | readonly number[];
  readonly discount_total: string | number;
  readonly discount_tax: string | number;
  readonly cart_contents_total: string | number;
  readonly cart_contents_tax: string | number;
  readonly cart_contents_taxes: Named<number> | readonly number[];
  readonly fee_total: string | number;
  readonly fee_tax: string | number;
  readonly fee_taxes: Named<number> | readonly number[];
  readonly total: string | number;
  readonly total_tax: string | number;
}

export interface CrossSell {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly slug: string;
  readonly price: string;
  readonly regular_price: string;
  readonly sale_price: string;
  readonly image: string;
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

export interface Fee {
  readonly name: string;
  /** Up to CoCart 4.9. */
  readonly fee?: string;
  /** From CoCart 5 on, in major units, as are total and tax. */
  readonly amount?: number;
  readonly taxable?: boolean;
  readonly tax_class?: string;
  readonly total?: number;
  readonly tax?: number;
}

export interface Tax {
  /** The rate's code, from CoCart 5 on. */
  readonly key?: string;
  readonly name?: string;
  readonly label?: string;
  readonly price?: string;
  readonly total?: string;
}

/** A list in CoCart 4.3, a map by item key in the other profiles; `[]` when empty. */
export type Items<P extends Profile> = P extends "v4.3"
  ? readonly CartItem<P>[]
  : OrEmpty<Named<CartItem<P>>>;

/** The full cart, frozen. Branches that did not change are the same objects as in the answer before. */
export interface CartDocument<P extends Profile = "reference"> {
  readonly cart_hash: string;
  readonly cart_key: string;
  readonly currency: Currency;
  readonly customer: {
    readonly billing_address: BillingAddress;
    readonly shipping_address: ShippingAddress;
  };
  readonly items: Items<P>;
  /** The sum of the quantities. */
  readonly item_count: number;
  readonly items_weight: string | number;
  readonly coupons: readonly CartCoupon[];
  readonly needs_payment: boolean;
  readonly needs_shipping: boolean;
  readonly shipping: OrEmpty<Shipping>;
  readonly fees: readonly Fee[] | Named<Fee>;
  readonly taxes: readonly Tax[] | Named<Tax> | Tax;
  readonly totals: Totals;
  readonly removed_items: readonly RemovedItem[] | Named<RemovedItem>;
  readonly cross_sells: readonly CrossSell[];
  readonly notices: OrEmpty<Notices>;
  /** What plugins add, where the shop's version of CoCart has a place for it. */
  readonly extensions?: OrEmpty<Named<unknown>>;
}

export interface StoreDocument {
  readonly title: string;
  readonly description: string;
  readonly home_url: string;
  readonly [name: string]: unknown;
}

/** A product as CoCart's product routes show it. */
export interface ProductDocument {
  readonly id: number;
  readonly parent_id: number;
  readonly name: string;
  /** A variation has none. */
  readonly type?: string;
  readonly sku: string;
  readonly [name: string]: unknown;
}

/** A page of products, in the form of API v2. */
export interface ProductList {
  readonly products: readonly ProductDocument[];
  readonly page: number;
  readonly total_pages: number;
  readonly total_products: number;
  readonly [name: string]: unknown;
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
