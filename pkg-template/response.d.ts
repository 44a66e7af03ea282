// Reading documents whatever shape a shop's version of CoCart gives them.

import type { BillingAddress, CartCoupon, CartItem, CrossSell, Currency, Fee, FeeV5, Named, RemovedItem, ShippingAddress, ShippingRate, Tax, TaxTotal, TaxV5, Totals } from "./documents.js";
import type { CartResponse } from "./requests.js";

/** A document of any profile, or of the shop's own version. */
export type AnyDocument = object | null | undefined;

/** The lines of an answer, in its own profile where that is known. */
export type ItemsOf<D> = D extends { readonly items: infer I } ? LineOf<I> : CartItem;
type LineOf<I> = I extends readonly (infer T)[] ? T : I extends Named<infer T> ? T : never;

/** What stands at `totals.total` or `items.0.name`: a line by its place or its item key, in lists and in maps. */
export function get<T = unknown>(document: AnyDocument, path: string): T | undefined;
export function get<T>(document: AnyDocument, path: string, fallback: T): T;
/** Whether something stands there; `null` counts. */
export function has(document: AnyDocument, path: string): boolean;

/** The lines of a cart, or of what `cart.items()` and API v1 answer. */
export function items<D extends AnyDocument>(document: D): readonly ItemsOf<D>[];
/** The line of this key. */
export function item<D extends AnyDocument>(document: D, itemKey: string): ItemsOf<D> | undefined;

/** A fee of any version. */
export type AnyFee = Partial<Fee & FeeV5>;
/** A tax of any version. */
export type AnyTax = Partial<Tax & TaxTotal & TaxV5>;

/** How many of a line, and how many there may be. */
export interface Amount {
  readonly value: number;
  readonly minimum: number;
  /** `Infinity` without a limit. */
  readonly maximum: number;
}

/** The names of CoCart 4 and 5 for the same. */
export function quantity(line: object | undefined): Amount;
/** The sum of the quantities. */
export function itemCount(document: AnyDocument): number;
/** Whether the cart has lines. */
export function hasItems(document: AnyDocument): boolean;
/** Whether it has none. */
export function isEmpty(document: AnyDocument): boolean;
/** The amounts, or something empty. */
export function totals(document: AnyDocument): Partial<Totals>;
/** How the shop writes money, where the document says so. */
export function currency(document: AnyDocument): Currency | undefined;
/** The addresses, or something empty. */
export function customer(document: AnyDocument): { readonly billing_address?: BillingAddress; readonly shipping_address?: ShippingAddress };
/** A list, whatever it is in the document. */
export function coupons(document: AnyDocument): readonly CartCoupon[];
/** A list, whatever it is in the document. */
export function fees(document: AnyDocument): readonly AnyFee[];
/** Taxes by rate or all in one; a list, whatever they are in the document. */
export function taxes(document: AnyDocument): readonly AnyTax[];
/** A list, whatever it is in the document. */
export function crossSells(document: AnyDocument): readonly CrossSell[];
/** A list, whatever it is in the document. */
export function removedItems(document: AnyDocument): readonly RemovedItem[];
/** The rates of all packages, each with its package's number. */
export function shippingRates(document: AnyDocument): readonly (ShippingRate & { readonly package: number })[];
/** In the order of their kinds: errors first. */
export function notices(document: AnyDocument): readonly { readonly kind: string; readonly text: string }[];
/** The first error of either envelope; undefined of what is none. */
export function error(document: AnyDocument): { readonly code: string; readonly message: string; readonly status: number | undefined } | undefined;

/** An answer with the official SDK's way of asking it. */
export interface CartAnswer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
  toObject(): Body;
  toJson(pretty?: boolean): string;
  isSuccessful(): boolean;
  isError(): boolean;
  isNotModified(): boolean;
  get<T = unknown>(path: string, fallback?: T): T | undefined;
  has(path: string): boolean;
  getHeader(name: string): string | null;
  getCartKey(): string | null;
  getCartHash(): string | null;
  getItems(): readonly CartItem[];
  getItemCount(): number;
  hasItems(): boolean;
  isEmpty(): boolean;
  getTotals(): Partial<Totals>;
  getCurrency(): Currency | undefined;
  getCustomer(): { readonly billing_address?: BillingAddress; readonly shipping_address?: ShippingAddress };
  getCoupons(): readonly CartCoupon[];
  hasCoupons(): boolean;
  getShippingMethods(): readonly (ShippingRate & { readonly package: number })[];
  getFees(): readonly AnyFee[];
  getCrossSells(): readonly CrossSell[];
  getNotices(): readonly { readonly kind: string; readonly text: string }[];
  getTotalResults(): number | null;
  getTotalPages(): number | null;
  getETag(): string | null;
  getCacheStatus(): string | null;
  getErrorCode(): string | null;
  getErrorMessage(): string | null;
}

/** Of a `fetch`: rejects where the body is no JSON. */
export function response<Body = unknown>(answer: Response): Promise<CartAnswer<Body>>;
/** Of `cart.request`. */
export function response<Body>(answer: CartResponse<Body>): CartAnswer<Body>;
/** Of a document alone. */
export function response<Body extends object>(document: Body): CartAnswer<Body>;
