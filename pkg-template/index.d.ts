import type { CartAction, CartActions, CartFilter, CartFilters } from "./hooks.js";
import type { MessageCatalogue } from "./messages.js";
import type { CartDocument, CartItem, CartItemV1, Named, OrEmpty, Profile, RawTotals } from "./documents.js";
import type { CheckoutOptions, Credentials, LoginDocument, LogoutOptions, Sessions } from "./customers.js";
import type { CartError } from "./errors.js";
import type { CartOptions } from "./options.js";
import type { ProductDocument, Products, StoreDocument } from "./products.js";
import type { CartQuery, CartResponse, FeeToAdd, GroupToAdd, ItemToAdd, ItemToAddV1, Query, RequestOptions, UpdateBody } from "./requests.js";
import type { CartEvents, CartStatus, Conflict, ExpiredCart, PendingChange } from "./status.js";

export type { CartAction, CartActions, CartFilter, CartFilters, HookItem, HookProduct, HookRequest } from "./hooks.js";
export type { MessageCatalogue } from "./messages.js";
export type { Profile, OrEmpty, Named, Currency, BillingAddress, ShippingAddress, Quantity, QuantityV5, ItemTotals, ItemMeta, CartItem, RemovedItem, CartCoupon, ShippingRate, ShippingPackage, Shipping, Totals, RawTotals, CrossSell, Notices, Fee, FeeV5, Fees, Tax, TaxTotal, TaxV5, Taxes, Items, CartDocument, CartItemV1, ErrorDocument } from "./documents.js";
export type { StoreDocument, ProductDocument, ProductList, ProductPage, Products, CatalogueProgress, RefreshOptions } from "./products.js";
export type { Query, CartQuery, ItemToAdd, GroupToAdd, UpdateBody, FeeToAdd, ItemToAddV1, RequestOptions, CartResponse } from "./requests.js";
export type { ExpiredCart, ExpiredDetail, CartStatus, ChangeType, PendingChange, Conflict, CartEvents, RequestAbout } from "./status.js";
export type { CartStorage, StoreSnapshot, CartOptions, ModuleSource, ProductsOptions } from "./options.js";
export type { Authenticator, CheckoutOptions, Credentials, LoginDocument, LogoutOptions, SessionEntry, Sessions } from "./customers.js";
export { CartError, codes } from "./errors.js";

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
  /**
   * Signs the customer out as `cart.logout()` does, but the shop empties their cart. Rejects, and does nothing, while the
   * shop cannot be told.
   */
  logout(options?: LogoutOptions): Promise<true>;
}

/**
 * Opens the shopper's cart. Nothing is loaded or touched before this is called. Rejects with a `CartError`: `codes.INVALID_OPTION`,
 * `codes.LOAD_FAILED` (the module), `codes.OFFLINE` (a script that an option asks for) or `codes.STORE_UNAVAILABLE` (the snapshot, the
 * catalogue of messages).
 */
export function createCart<const P extends Profile = "reference">(
  options?: CartOptions<P>,
): Promise<Cart<P>>;

/**
 * A shopper's cart: CoCart's routes as methods that answer at once, online or not. What CoCart would refuse throws a `CartError` with
 * CoCart's code and status; a product that was never seen, `codes.PRODUCT_UNKNOWN`; a cart that was closed, `codes.CLOSED`.
 * What the shop refuses later is in `conflicts`. Of the documents' money `Profile` says the units.
 */
export class Cart<P extends Profile = "reference"> extends EventTarget {
  private constructor();

  /** `GET cart`: shows notices once and drops what is no longer sold, as the server does. */
  get(query?: CartQuery): CartDocument<P>;
  /** `GET cart/item/{key}`; without such a line `codes.ITEM_NOT_IN_CART`. */
  item(itemKey: string, query?: CartQuery): CartItem<P>;
  /** `GET cart/items`: lines by item key, in every profile. Refused while the cart is empty, as by the server. */
  items(query?: CartQuery): OrEmpty<Named<CartItem<P>>>;
  /** `GET cart/items/count`: the sum of the quantities. `v4.3` refuses it while the cart is empty; `getSnapshot().item_count` is always there. */
  countItems(query?: CartQuery): number;
  /** `GET cart/totals`; `{ html: true }` for formatted prices. Refused while the cart is empty. */
  totals(query?: CartQuery & { readonly html?: boolean }): RawTotals<P>;
  /** `GET store` */
  store(query?: Query): StoreDocument;

  /** `POST cart/add-item`. The same product with the same data is the same line, and its quantity grows. */
  addItem(item: ItemToAdd, query?: CartQuery): CartDocument<P>;
  /** `POST cart/add-items`: a group and its quantities, or a list of items. */
  addItems(items: GroupToAdd | readonly ItemToAdd[], query?: CartQuery): CartDocument<P>;
  /** `POST cart/item/{key}`: sets the quantity; 0 takes the line out, except in `v4.3`, which refuses it. */
  updateItem(
    itemKey: string,
    quantity: string | number | { readonly quantity: string | number; readonly [name: string]: unknown },
    query?: CartQuery,
  ): CartDocument<P>;
  /** `DELETE cart/item/{key}`: the line goes to `removed_items`. */
  removeItem(itemKey: string, query?: CartQuery): CartDocument<P>;
  /** `PUT cart/item/{key}`: puts a removed item back. */
  restoreItem(itemKey: string, query?: CartQuery): CartDocument<P>;
  /** `POST cart/clear`: lines, coupons, fees and the way of delivery; `{ keep_removed_items: true }` leaves what was taken out before. */
  clear(body?: Named<unknown>, query?: CartQuery): CartDocument<P>;
  /** `POST cart/calculate`. Totals are always fresh, so it changes nothing. */
  calculate(body?: Named<unknown>, query?: CartQuery): CartDocument<P>;
  /** `POST cart/update`: `update-cart`, `update-customer`, or a plugin's namespace (`registerCallback`). */
  update(body: UpdateBody, query?: CartQuery): CartDocument<P>;

  /**
   * `POST cart/apply-coupon`. A coupon that does not hold throws nothing: the answer says so in `notices.error`. A code that
   * is unknown here is kept and put to the shop; a shop without CoCart Plus leaves it the shopper's wish, an estimate.
   */
  applyCoupon(code: string, query?: CartQuery): CartDocument<P>;
  /** `DELETE cart/coupons/{code}` */
  removeCoupon(code: string, query?: CartQuery): CartDocument<P>;
  /** `POST cart/set-shipping-method`: the key of a rate in `shipping.packages`, `flat_rate:1`. */
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

  /** How things stand: what waits, whether the shop answers, what is an estimate. */
  readonly status: CartStatus;
  /** What the server has not been told yet. */
  readonly pending: readonly PendingChange[];
  /** What the server refused or decided differently, each to be retried or dismissed. */
  readonly conflicts: readonly Conflict[];

  /** Tells the server what waits; resolves with the cart, rejects while the shop cannot be reached. */
  sync(options?: { readonly signal?: AbortSignal }): Promise<CartDocument<P>>;
  /**
   * `POST login`: the guest's cart goes over to the customer, whose quantities it replaces. With
   * credentials the sign-in trades them in; without, the callback's header is good already.
   */
  login(credentials?: Credentials, options?: { readonly signal?: AbortSignal }): Promise<LoginDocument>;
  /**
   * `POST logout`: tells the shop everything, forgets the credentials and erases the customer's
   * cart from this device; the shop keeps it. Rejects, and does nothing, while the shop cannot be told.
   */
  logout(options?: LogoutOptions): Promise<void>;
  /** Everybody's carts, asked of the shop and never answered here. */
  readonly sessions: Sessions;
  /** Tells the server everything, then gives the address at which this cart is paid for. */
  checkout(options?: CheckoutOptions): Promise<string>;
  /** To be called when the shop has taken the order: what was paid for leaves the cart. */
  ordered(options?: { readonly signal?: AbortSignal }): Promise<CartDocument<P>>;
  /** Lets go of timers and listeners; what waits stays kept. */
  close(): void;
  /** Erases everything that is kept of this cart on this device, the sign-in's tokens too, and closes it. */
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
