import type { CartAction, CartActions, CartFilter, CartFilters } from "./hooks.js";
import type { MessageCatalogue } from "./messages.js";
import type { CartDocument, CartItem, CartItemV1, Named, OrEmpty, ProductDocument, ProductList, Profile, RawTotals, StoreDocument } from "./documents.js";
import type { CheckoutOptions, Credentials, LoginDocument, LogoutOptions, Sessions } from "./customers.js";
import type { CartError } from "./errors.js";
import type { CartOptions } from "./options.js";
import type { CartQuery, CartResponse, FeeToAdd, GroupToAdd, ItemToAdd, ItemToAddV1, Query, RequestOptions, UpdateBody } from "./requests.js";
import type { CartEvents, CartStatus, Conflict, ExpiredCart, PendingChange } from "./status.js";

export type { CartAction, CartActions, CartFilter, CartFilters, HookItem, HookProduct, HookRequest } from "./hooks.js";
export type { MessageCatalogue } from "./messages.js";
export type { Profile, OrEmpty, Named, Currency, BillingAddress, ShippingAddress, Quantity, QuantityV5, ItemTotals, ItemMeta, CartItem, RemovedItem, CartCoupon, ShippingRate, ShippingPackage, Shipping, Totals, RawTotals, CrossSell, Notices, Fee, Tax, Items, CartDocument, StoreDocument, ProductDocument, ProductList, CartItemV1, ErrorDocument } from "./documents.js";
export type { Query, CartQuery, ItemToAdd, GroupToAdd, UpdateBody, FeeToAdd, ItemToAddV1, RequestOptions, CartResponse } from "./requests.js";
export type { ExpiredCart, CartStatus, PendingChange, Conflict, CartEvents, RequestAbout } from "./status.js";
export type { CartStorage, StoreSnapshot, CartOptions, ProductsOptions } from "./options.js";
export type { Authenticator, CheckoutOptions, Credentials, LoginDocument, LogoutOptions, SessionEntry, Sessions } from "./customers.js";
export { CartError, codes } from "./errors.js";

/** How far a refresh has come. */
export interface CatalogueProgress {
  /** Products learned so far; 0 while a snapshot is read, whose products are not counted. */
  readonly loaded: number;
  /** How many it will be, where the shop says so. */
  readonly total: number | undefined;
  /** What is kept of them; of a snapshot, what was read. */
  readonly bytes: number;
  /** When this refresh began (`Date.now()`'s time): nothing that is known is older. */
  readonly at: number;
}

/** What `products.refresh` takes. */
export interface RefreshOptions {
  /** Seconds for which what is known is fresh: only what is older is fetched, and what was cut off goes on. Everything without. */
  readonly maxAge?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CatalogueProgress) => void;
  /** The most products that are fetched and kept; 10,000 without. */
  readonly limit?: number;
  /** Products in one request; 100 without, which is CoCart's most. */
  readonly perPage?: number;
}

/** One page of the catalogue; how many there are is undefined where the shop does not say. */
export interface ProductPage {
  readonly products: readonly ProductDocument[];
  readonly page: number;
  readonly total_pages: number | undefined;
  readonly total_products: number | undefined;
}

/** The catalogue's routes. A second way to call a list: without an id, with the query alone. */
export interface Products {
  list(query?: Query): Promise<ProductList>;
  /** `list` page after page, each asked for when it is its turn. */
  pages(query?: Query, options?: { readonly signal?: AbortSignal }): AsyncGenerator<ProductPage, void, undefined>;
  /** By id or SKU. */
  get(id: string | number, query?: Query): Promise<ProductDocument>;
  variations(id: string | number, query?: Query): Promise<readonly ProductDocument[]>;
  categories(query?: { readonly [name: string]: unknown }): Promise<readonly Named<unknown>[]>;
  categories(id: string | number, query?: Query): Promise<Named<unknown>>;
  tags(query?: { readonly [name: string]: unknown }): Promise<readonly Named<unknown>[]>;
  tags(id: string | number, query?: Query): Promise<Named<unknown>>;
  attributes(query?: { readonly [name: string]: unknown }): Promise<readonly Named<unknown>[]>;
  attributes(id: string | number, query?: Query): Promise<Named<unknown>>;
  /**
   * Fetches the whole catalogue while the page goes on, and keeps what a cart needs of it in the
   * Cache API; where `store` is an address, the snapshot is fetched anew instead. A call while one
   * runs joins it; it is given up when everybody who called has given it up.
   */
  refresh(options?: RefreshOptions): Promise<CatalogueProgress>;
  /** Learns what an earlier `refresh` kept; resolves with the number of products. */
  restore(): Promise<number>;
  /** Deletes what was kept. */
  forget(): Promise<void>;
}

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
  totals(query?: CartQuery & { readonly html?: boolean }): RawTotals;
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
