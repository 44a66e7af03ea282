// Customers: signing in and out, sessions, and the way to the checkout.

import type { Named, OrEmpty } from "./documents.js";
import type { Query } from "./requests.js";

/** What a customer signs in with. */
export interface Credentials {
  /** User name, e-mail or billing phone. */
  readonly username: string;
  readonly password: string;
}

/** What `POST login` answers. */
export interface LoginDocument {
  readonly user_id: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly display_name?: string;
  readonly role?: string;
  readonly email?: string;
  readonly avatar_urls?: OrEmpty<Named<string>>;
  readonly extras?: OrEmpty<Named<unknown>>;
  readonly dev_note?: string;
}

/** A sign-in: `jwt()` or `basic()` of `cocart-wasm/auth`, or an app's own. */
export interface Authenticator {
  /** The `Authorization` header; undefined while nobody is signed in. */
  authorization(): string | undefined | Promise<string | undefined>;
  /** Whether a customer is signed in; left out: yes. */
  readonly signedIn?: boolean;
  /** Who it is, where that is known. */
  readonly user?: LoginDocument | undefined;
  /** What `cart.login(credentials)` calls. */
  login?(credentials: Credentials): Promise<LoginDocument>;
  /** What `cart.logout()` calls: forget everything. */
  logout?(): void | Promise<void>;
  /** The shop refused the last header: is there a better one now? Rejects while nobody can know. */
  renew?(): Promise<boolean>;
  /** Shown every answer to a request that was signed. */
  observe?(response: Response, authorization: string): void;
  /** Told, before anything else, which shop it is to serve, and whom to tell of credentials that it renewed by itself; may throw. */
  bind?(shop: { readonly storeUrl: string; readonly restPrefix: string; readonly namespace: string; readonly fetch: typeof fetch; readonly refreshed: (success: boolean) => void }): void;
  /** Awaited before the cart is opened. */
  load?(): Promise<void> | void;
}

/** What `cart.logout` takes. */
export interface LogoutOptions {
  /** Signs out even where changes could not be told to the shop; they are lost. */
  readonly discard?: boolean;
  readonly signal?: AbortSignal;
}

/** One of everybody's carts, as CoCart 4 lists it. */
export interface SessionEntry {
  readonly cart_id?: string;
  readonly cart_key?: string;
  readonly customers_name?: string;
  readonly customers_email?: string;
  readonly cart_created?: string;
  readonly cart_expiry?: string;
  readonly cart_source?: string;
  readonly link?: string;
  readonly [name: string]: unknown;
}

/** Everybody's carts, for administrators and shop managers. */
export interface Sessions {
  /** `GET sessions` */
  list(query?: Query): Promise<readonly SessionEntry[]>;
  /** `GET session/{key}` */
  get(key: string | number, query?: Query): Promise<Named<unknown>>;
  /** `GET session/{key}/items` */
  items(key: string | number, query?: Query): Promise<Named<unknown>>;
  /** `DELETE session/{key}` */
  delete(key: string | number): Promise<string>;
}

/** What `cart.checkout` takes. */
export interface CheckoutOptions {
  readonly signal?: AbortSignal;
  /** Another page of the shop to land on, or another address; `checkoutUrl` if left out. */
  readonly path?: string;
  /** Whether the shop says that the cart was loaded (CoCart before 4.4). */
  readonly notify?: boolean;
  /** Whether what the browser had in the shop's own cart is kept beside it (CoCart before 4.4). */
  readonly keepCart?: boolean;
  /** What the site calls `cocart-load-cart`. */
  readonly queryName?: string;
  /** More parameters of the address. */
  readonly query?: { readonly [name: string]: string };
}
