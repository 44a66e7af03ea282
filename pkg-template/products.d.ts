// The shop and its catalogue: the documents, and the routes beside the cart (`spec/cocart-v2.md` 6.1, 7).

import type { Named } from "./documents.js";
import type { Query } from "./requests.js";

/** What the shop says of itself. */
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
