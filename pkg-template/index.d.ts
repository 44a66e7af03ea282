import type { CartAction, CartActions, CartFilter, CartFilters } from "./hooks.js";
import type { MessageCatalogue } from "./messages.js";

export type { CartAction, CartActions, CartFilter, CartFilters, HookItem, HookProduct, HookRequest } from "./hooks.js";
export type { MessageCatalogue } from "./messages.js";

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
}

/** A line of the cart. */
export interface CartItem<P extends Profile = Profile> extends ItemBase {
  readonly quantity: P extends "v5" | "v5-formatted" ? QuantityV5 : Quantity;
  readonly regular_price?: string;
  readonly on_sale?: boolean;
  readonly variation?: OrEmpty<Named<string>>;
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
  readonly fee?: string;
  readonly amount?: number;
}

export interface Tax {
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
}

export interface StoreDocument {
  readonly title: string;
  readonly description: string;
  readonly home_url: string;
  readonly [name: string]: unknown;
}

/** Query parameters: a map, whose inner maps become `a[b]=c`, or what `URLSearchParams` takes. */
export type Query = string | URLSearchParams | { readonly [name: string]: unknown };

/** Query parameters of every cart route. */
export interface CartQuery {
  /** Only these fields, `totals:total,items`. The answer then holds nothing else. */
  readonly fields?: string;
  /** Whether lines have their picture. */
  readonly thumb?: boolean;
  readonly [name: string]: unknown;
}

/** What `cart/add-item` takes. */
export interface ItemToAdd {
  /** Product id, variation id or SKU. */
  readonly id: string | number;
  readonly quantity?: string | number;
  /** Attribute key → value, `{ attribute_pa_color: "blue" }`. */
  readonly variation?: Named<string>;
  /** Free data, kept with the line and part of what makes it one. */
  readonly item_data?: Named<unknown>;
  readonly email?: string;
  readonly phone?: string;
  /** A custom unit price in major units, where the shop allows it. */
  readonly price?: string | number;
  readonly [name: string]: unknown;
}

/** A group and how many of each product in it. */
export interface GroupToAdd {
  readonly id: string | number;
  readonly quantity: { readonly [productId: string]: string | number };
  readonly email?: string;
  readonly phone?: string;
  readonly [name: string]: unknown;
}

export interface UpdateBody {
  /** `update-cart`, `update-customer`, or one that the shop registered. */
  readonly namespace: string;
  /** Item key → quantity, for `update-cart`. */
  readonly quantity?: { readonly [itemKey: string]: string | number };
  readonly [name: string]: unknown;
}

/** What `cart/add-fee` takes. */
export interface FeeToAdd {
  readonly name: string;
  /** In major units, without tax; may be negative. */
  readonly amount: string | number;
  readonly taxable?: boolean;
  readonly tax_class?: string;
  readonly [name: string]: unknown;
}

/** A product as CoCart's product routes show it. */
export interface ProductDocument {
  readonly id: number;
  readonly parent_id: number;
  readonly name: string;
  readonly type: string;
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

/** The catalogue's routes. A second way to call a list: without an id, with the query alone. */
export interface Products {
  list(query?: Query): Promise<ProductList>;
  /** By id or SKU. */
  get(id: string | number, query?: Query): Promise<ProductDocument>;
  variations(id: string | number, query?: Query): Promise<readonly ProductDocument[]>;
  categories(query?: { readonly [name: string]: unknown }): Promise<readonly Named<unknown>[]>;
  categories(id: string | number, query?: Query): Promise<Named<unknown>>;
  tags(query?: { readonly [name: string]: unknown }): Promise<readonly Named<unknown>[]>;
  tags(id: string | number, query?: Query): Promise<Named<unknown>>;
  attributes(query?: { readonly [name: string]: unknown }): Promise<readonly Named<unknown>[]>;
  attributes(id: string | number, query?: Query): Promise<Named<unknown>>;
}

/** What API v1's `add-item` takes. */
export interface ItemToAddV1 {
  readonly product_id: string | number;
  readonly quantity?: string | number;
  readonly variation_id?: number;
  readonly variation?: Named<string>;
  readonly cart_item_data?: Named<unknown>;
  readonly return_cart?: boolean;
  readonly [name: string]: unknown;
}

/** A line in API v1's own shape. */
export type CartItemV1 = Named<unknown>;

/** API v1's routes, on the same cart. */
export interface CartV1 {
  getCart(query?: Query): OrEmpty<Named<CartItemV1>>;
  addItem(item: ItemToAddV1, query?: Query): unknown;
  /** The line with this key; undefined without one. */
  item(itemKey: string, query?: Query): CartItemV1 | undefined;
  updateItem(itemKey: string, quantity: string | number, more?: Named<unknown>): unknown;
  removeItem(itemKey: string, query?: { readonly [name: string]: unknown }): unknown;
  restoreItem(itemKey: string, query?: { readonly [name: string]: unknown }): unknown;
  countItems(query?: Query): unknown;
  clear(query?: Query): unknown;
  calculate(body?: Named<unknown>, query?: Query): unknown;
  totals(query?: { readonly html?: boolean; readonly [name: string]: unknown }): unknown;
}

/** A cart that ran out on the server. */
export interface ExpiredCart {
  /** What was in it, in the words of CoCart's requests. */
  readonly lines: readonly ItemToAdd[];
  /** Puts the lines into the cart there is now. */
  accept(): void;
  /** Lets them go. */
  decline(): void;
}

export interface RequestOptions {
  readonly query?: Query;
  /** An object is sent as JSON; a text as its `Content-Type` says. */
  readonly body?: unknown;
  readonly headers?: HeadersInit;
}

/** What the server would have answered. */
export interface CartResponse<Body = unknown> {
  readonly status: number;
  readonly headers: Named<string>;
  readonly body: Body;
}

export interface CartStatus {
  /** Changes the server has not been told yet. */
  readonly pending: number;
  /** Whether the shop answers. */
  readonly online: boolean;
  /** Whether it is being told right now. */
  readonly syncing: boolean;
  /** JSON pointers to what only the server knows exactly: `/totals`, `/items/{item key}/price`. */
  readonly estimated: readonly string[];
  /** Whether the cart shown is the shop's own word. */
  readonly confirmed: boolean;
  /** `memory` where nothing can be kept. */
  readonly storage: "local" | "memory" | "adapter";
  /** Changes that storage had no room for: they are gone with the page. */
  readonly unsaved: number;
  /** Whether a request given up for lost may still arrive. */
  readonly suspect: boolean;
  /** Whether a newer version of this package has written what is kept: nothing is written then. */
  readonly readOnly: boolean;
}

/** A change that waits, in the words of CoCart's requests. */
export interface PendingChange {
  readonly type: string;
  readonly [name: string]: unknown;
}

/** What the server refused or decided otherwise. */
export interface Conflict {
  readonly id: string;
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly command?: PendingChange;
  readonly item_key?: string;
  readonly quantity?: { readonly asked: number; readonly found: number };
  readonly price?: { readonly shown: unknown; readonly now: unknown };
  /** Asks the server once more. */
  retry(): void;
  /** Lets the change go. */
  dismiss(): void;
}

/** What each event carries in its `detail`. */
export interface CartEvents {
  change: undefined;
  pending: { readonly pending: number };
  sync: undefined;
  conflict: Omit<Conflict, "retry" | "dismiss">;
  online: undefined;
  offline: undefined;
  /** `codes.HOOK_FAILED` names the hook and what it threw. */
  error: { readonly code: string; readonly message: string; readonly hook?: string; readonly cause?: unknown };
}

/** An app's own storage. It writes at once; what is slow belongs into `load`. */
export interface CartStorage {
  /** Fetches what is kept, once, before the cart is opened. */
  load?(): Promise<void> | void;
  getItem(key: string): string | null | undefined;
  /** Throws when there is no room. */
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
  /** All keys. */
  keys(): Iterable<string>;
}

/** The public facts of a shop, made by the snapshot command. */
export interface StoreSnapshot {
  readonly format: number;
  readonly [name: string]: unknown;
}

export interface CartOptions<P extends Profile = "reference"> {
  /** Where the shop is; left out: a cart that never syncs. */
  readonly storeUrl?: string | URL;
  /** The store snapshot, or where it is. */
  readonly store?: string | URL | StoreSnapshot;
  /** The shape of the documents. */
  readonly profile?: P;
  /** With profile `v5`: amounts as the shop writes them. */
  readonly formatted?: boolean;
  /** `wp-json` on most sites. */
  readonly restPrefix?: string;
  /** `cocart` but on white-labelled sites. */
  readonly namespace?: string;
  readonly storage?: "local" | "memory" | CartStorage;
  /** Carts with different keys know nothing of each other. */
  readonly storageKey?: string;
  /** A guest's cart key that the app already has. */
  readonly cartKey?: string;
  readonly sync?: "auto" | "manual" | "off";
  readonly fetch?: typeof fetch;
  /** The `Authorization` header of a signed-in customer. */
  readonly authorization?: () => string | Promise<string>;
  /** Where carts are paid for; `{storeUrl}/checkout/` if left out. */
  readonly checkoutUrl?: string | URL;
  /** Loads what `addFilter` and `addAction` need; a function is called with the cart before anybody else has it. */
  readonly hooks?: boolean | ((cart: Cart<P>) => void);
  /** The shop's language: a catalogue of texts, or where it is. */
  readonly messages?: string | URL | MessageCatalogue;
  /** The wasm module, where it cannot be found beside this package. */
  readonly wasm?: unknown;
}

/** Opens the shopper's cart. Nothing is loaded or touched before this is called. */
export function createCart<const P extends Profile = "reference">(
  options?: CartOptions<P>,
): Promise<Cart<P>>;

/** A shopper's cart: CoCart's routes as methods that answer at once, and throw `CartError`. */
export class Cart<P extends Profile = "reference"> extends EventTarget {
  private constructor();

  /** `GET cart`: shows notices once and drops what is no longer sold, as the server does. */
  get(query?: CartQuery): CartDocument<P>;
  /** `GET cart/item/{key}` */
  item(itemKey: string, query?: CartQuery): CartItem<P>;
  /** `GET cart/items` */
  items(query?: CartQuery): OrEmpty<Named<CartItem<P>>>;
  /** `GET cart/items/count` */
  countItems(query?: CartQuery): number;
  /** `GET cart/totals`; `{ html: true }` for formatted prices. */
  totals(query?: CartQuery & { readonly html?: boolean }): Named<unknown>;
  /** `GET store` */
  store(query?: Query): StoreDocument;

  /** `POST cart/add-item` */
  addItem(item: ItemToAdd, query?: CartQuery): CartDocument<P>;
  /** `POST cart/add-items` */
  addItems(items: GroupToAdd | readonly ItemToAdd[], query?: CartQuery): CartDocument<P>;
  /** `POST cart/item/{key}` */
  updateItem(
    itemKey: string,
    quantity: string | number | { readonly quantity: string | number; readonly [name: string]: unknown },
    query?: CartQuery,
  ): CartDocument<P>;
  /** `DELETE cart/item/{key}` */
  removeItem(itemKey: string, query?: CartQuery): CartDocument<P>;
  /** `PUT cart/item/{key}`: puts a removed item back. */
  restoreItem(itemKey: string, query?: CartQuery): CartDocument<P>;
  /** `POST cart/clear` */
  clear(body?: Named<unknown>, query?: CartQuery): CartDocument<P>;
  /** `POST cart/calculate` */
  calculate(body?: Named<unknown>, query?: CartQuery): CartDocument<P>;
  /** `POST cart/update` */
  update(body: UpdateBody, query?: CartQuery): CartDocument<P>;

  /** `POST cart/apply-coupon`; a shop without CoCart Plus leaves it the shopper's wish, an estimate. */
  applyCoupon(code: string, query?: CartQuery): CartDocument<P>;
  /** `DELETE cart/coupons/{code}` */
  removeCoupon(code: string, query?: CartQuery): CartDocument<P>;
  /** `POST cart/set-shipping-method`: a rate's key, `flat_rate:1`. */
  setShippingMethod(key: string, query?: CartQuery): CartDocument<P>;
  /** `POST cart/add-fee` */
  addFee(fee: FeeToAdd, query?: CartQuery): CartDocument<P>;
  /** `POST cart/remove-fees` */
  removeFees(query?: CartQuery): CartDocument<P>;

  /** API v1 under its own names. */
  readonly v1: CartV1;
  /** The catalogue: answered here where the snapshot holds it, by the shop otherwise. */
  readonly products: Products;
  /**
   * Asks the shop for a product that the engine has not seen, by id or SKU; it can be added from
   * then on, also after a reload. Rejects with the shop's error, or `codes.OFFLINE`.
   */
  loadProduct(id: string | number): Promise<ProductDocument>;
  /** A cart that the shop let run out; undefined without one. */
  readonly expired: ExpiredCart | undefined;

  /**
   * Any route, as strict as the server. `cart/items` is a v2 route; a path with a slash in front
   * is one below the REST prefix. A CoCart error is an answer here, not an exception.
   */
  request<Body = unknown>(method: string, path: string, options?: RequestOptions): CartResponse<Body>;

  /** `fetch`, but requests to the store's cart routes are answered here; all else goes to the network. */
  fetch: typeof fetch;
  /** Makes `cart.fetch` the page's own; returns the undo. */
  install(): () => void;

  /** Registers a filter under CoCart's name (needs the option `hooks`); lower priorities run first. Returns the undo. */
  addFilter<K extends keyof CartFilters>(name: K, listener: CartFilter<K>, priority?: number): () => boolean;
  addFilter(name: string, listener: (...args: any[]) => unknown, priority?: number): () => boolean;
  /** Takes a listener out, or all of that name; whether there was one. */
  removeFilter(name: string, listener?: (...args: any[]) => unknown, priority?: number): boolean;
  hasFilter(name: string, listener?: (...args: any[]) => unknown): boolean;
  /** Registers an action under CoCart's name (needs the option `hooks`). Returns the undo. */
  addAction<K extends keyof CartActions>(name: K, listener: CartAction<K>, priority?: number): () => boolean;
  addAction(name: string, listener: (...args: any[]) => unknown, priority?: number): () => boolean;
  removeAction(name: string, listener?: (...args: any[]) => unknown, priority?: number): boolean;
  hasAction(name: string, listener?: (...args: any[]) => unknown): boolean;
  /**
   * What a plugin's `cart/update` namespace will do: what `callback` does to the cart is shown
   * until the server answers, and never sent. Throwing or returning a `CartError` refuses.
   */
  registerCallback(
    namespace: string,
    callback: (request: { readonly [name: string]: unknown }, cart: Cart<P>) => CartError | void,
  ): () => boolean;

  /** The cart, consuming nothing; the same object until it changes. */
  getSnapshot: () => CartDocument<P>;
  /** The cart of a shopper who has none, for rendering on a server. */
  getServerSnapshot: () => CartDocument<P>;
  /** Calls `listener` after every change; returns the undo. */
  subscribe: (listener: () => void) => () => void;

  readonly status: CartStatus;
  /** What the server has not been told yet. */
  readonly pending: readonly PendingChange[];
  readonly conflicts: readonly Conflict[];

  /** Tells the server what waits; resolves with the cart, rejects while the shop cannot be reached. */
  sync(options?: { readonly signal?: AbortSignal }): Promise<CartDocument<P>>;
  /** Tells the server everything, then gives the address at which this cart is paid for. */
  checkout(options?: { readonly signal?: AbortSignal }): Promise<string>;
  /** Lets go of timers and listeners; what waits stays kept. */
  close(): void;
  /** Erases everything that is kept of this cart on this device, and closes it. */
  forget(): void;

  addEventListener<K extends keyof CartEvents>(
    kind: K,
    listener: ((event: CustomEvent<CartEvents[K]>) => void) | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    kind: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof CartEvents>(
    kind: K,
    listener: ((event: CustomEvent<CartEvents[K]>) => void) | null,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    kind: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** CoCart's error document as an exception. */
export class CartError extends Error {
  constructor(document?: object, status?: number, options?: { readonly cause?: unknown });
  readonly name: "CartError";
  /** CoCart's code, or one of `codes`. */
  readonly code: string;
  /** The HTTP status the server would have sent; 0 where there is none. */
  readonly status: number;
  readonly data: { readonly status: number; readonly [name: string]: unknown };
  /** Whether the same may work later. */
  readonly retryable: boolean;
  /** The error document as the server would send it. */
  toJSON(): { code: string; message: string; data: object };
}

/** Codes an app is likely to act on. */
export const codes: {
  readonly PRODUCT_UNKNOWN: "cocart_wasm_product_unknown";
  readonly CLOSED: "cocart_wasm_closed";
  readonly INVALID_OPTION: "cocart_wasm_invalid_option";
  readonly LOAD_FAILED: "cocart_wasm_load_failed";
  readonly STORE_UNAVAILABLE: "cocart_wasm_store_unavailable";
  readonly OFFLINE: "cocart_wasm_offline";
  readonly BUSY: "cocart_wasm_busy";
  readonly HOOK_FAILED: "cocart_wasm_hook_failed";
  readonly UNKNOWN_PRODUCT: "cocart_unknown_product_id";
  readonly CAN_NOT_INCREASE_QUANTITY: "cocart_can_not_increase_quantity";
  readonly PRODUCT_SOLD_INDIVIDUALLY: "cocart_product_sold_individually";
  readonly NO_ITEMS: "cocart_no_items";
  readonly ITEM_NOT_IN_CART: "cocart_item_not_in_cart";
  readonly NOT_ENOUGH_IN_STOCK: "cocart_not_enough_in_stock";
  readonly PRODUCT_OUT_OF_STOCK: "cocart_product_out_of_stock";
  readonly INVALID_PARAM: "rest_invalid_param";
  readonly MISSING_PARAM: "rest_missing_callback_param";
  readonly NO_ROUTE: "rest_no_route";
};
