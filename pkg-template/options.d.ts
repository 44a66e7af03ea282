// The options of `createCart`.

import type { Authenticator } from "./customers.js";
import type { Profile } from "./documents.js";
import type { MessageCatalogue } from "./messages.js";
import type { Cart } from "./index.js";
import type { RefreshOptions } from "./products.js";

/** An app's own storage. It writes at once; what is slow belongs in `load`. */
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

/** How the catalogue is kept fresh; `limit`, `perPage` and `onProgress` as `products.refresh` takes them. */
export interface ProductsOptions extends Omit<RefreshOptions, "signal"> {
  /**
   * `background`: by itself, while somebody looks at the page, is online and does not save data; errors are tried again
   * later. `manual`: when `cart.products.refresh()` is called. Left out: `background` where `store` is an address and
   * `sync` is `auto` (what did not change costs a round trip), `manual` otherwise (a catalogue is a request for each
   * hundred products).
   */
  readonly refresh?: "background" | "manual";
  /** Seconds for which what is known is fresh; an hour if left out. */
  readonly maxAge?: number;
}

/** A compiled module, its bytes, an answer that brings them, or its address. */
export type ModuleSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/** What `createCart` takes; all of it may be left out. */
export interface CartOptions<P extends Profile = "reference"> {
  /** Where the shop is, with `https://`: anything else is an address below the page's own. Left out: a cart that never syncs. */
  readonly storeUrl?: string | URL;
  /** The store snapshot, or where it is. */
  readonly store?: string | URL | StoreSnapshot;
  /** The shape of the documents, and the units of money in them; `reference` if left out. The shop may speak another. */
  readonly profile?: P;
  /** With profile `v5`: amounts as the shop writes them. */
  readonly formatted?: boolean;
  /** `wp-json` on most sites. */
  readonly restPrefix?: string;
  /** `cocart` but on white-labelled sites. */
  readonly namespace?: string;
  /** Where the cart is kept: `local` (localStorage) if left out, where there is any; else in memory. */
  readonly storage?: "local" | "memory" | CartStorage;
  /** Carts with different keys know nothing of each other; `cocart` if left out. */
  readonly storageKey?: string;
  /** A guest's cart key that the app already has. */
  readonly cartKey?: string;
  /** When the shop is told: by itself (`auto`, if left out), when `cart.sync()` is called, or never. Without `storeUrl` never. */
  readonly sync?: "auto" | "manual" | "off";
  /** How the catalogue is kept fresh. */
  readonly products?: ProductsOptions;
  /** What the shop is asked with; the page's own if left out. */
  readonly fetch?: typeof fetch;
  /** The `Authorization` header of a signed-in customer, or a sign-in of `cocart-wasm/auth`. */
  readonly authorization?: (() => string | undefined | Promise<string | undefined>) | Authenticator;
  /** Headers of the app's own for every request to the shop's REST API; a function is asked before each. Never kept, never sent elsewhere. */
  readonly headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** What the shop calls the `Authorization` header, where its host lets none of that name through. */
  readonly authHeader?: string;
  /**
   * How long an answer is waited for: 1,000 to 30,000 milliseconds. Left out: 20,000 for the cart's own requests, and for
   * products, sign-ins and sessions as long as the network takes.
   */
  readonly timeout?: number;
  /** Asks the shop (CoCart 4.9 and later, on the page's origin) for its cart only if it is another than the one held in memory; false if left out. */
  readonly etag?: boolean;
  /** Whether a customer is signed in; with a bare callback true if left out. */
  readonly signedIn?: boolean;
  /** Where carts are paid for; `{storeUrl}/checkout/` if left out. */
  readonly checkoutUrl?: string | URL;
  /** Loads what `addFilter` and `addAction` need; a function is called with the cart before anybody else has it. */
  readonly hooks?: boolean | ((cart: Cart<P>) => void);
  /** The shop's language: a catalogue of texts, or where it is. */
  readonly messages?: string | URL | MessageCatalogue;
  /** The wasm module or where it is, where it cannot be found beside this package. */
  readonly wasm?: ModuleSource | Promise<ModuleSource>;
}
