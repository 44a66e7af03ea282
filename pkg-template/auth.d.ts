import type { Authenticator, Credentials, LoginDocument } from "./index.js";

/** Where the shop is; a cart that is given the sign-in fills in what is left out. */
export interface ShopOptions {
  readonly storeUrl?: string | URL;
  readonly restPrefix?: string;
  readonly namespace?: string;
  readonly fetch?: typeof fetch;
}

/** A place for tokens, given by the app: `sessionStorage`, say. */
export interface TokenStorage {
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  setItem(key: string, text: string): void | Promise<void>;
  removeItem(key: string): void | Promise<void>;
}

/** What `jwt` takes. */
export interface JwtOptions extends ShopOptions {
  /** A token the app has already. */
  readonly token?: string;
  readonly refreshToken?: string;
  /** Left out: tokens live in memory alone. */
  readonly storage?: TokenStorage;
  /** `cocart:jwt` if left out. */
  readonly storageKey?: string;
}

/** CoCart's JWT add-on: a token for requests, and one to renew it. */
export interface Jwt extends Authenticator {
  readonly signedIn: boolean;
  readonly user: LoginDocument | undefined;
  readonly token: string | undefined;
  readonly refreshToken: string | undefined;
  /** When the token ends, in `Date.now()`'s milliseconds; undefined where it does not say. */
  readonly expires: number | undefined;
  /** Whether it has ended, or will within so many seconds (30). Its signature is not checked. */
  isExpired(leeway?: number): boolean;
  authorization(): Promise<string | undefined>;
  login(credentials: Credentials): Promise<LoginDocument>;
  /** A new pair of tokens for the old one; one request however many ask. */
  refresh(): Promise<void>;
  /** Whether the shop takes the token. */
  validate(): Promise<boolean>;
  renew(): Promise<boolean>;
  /** Forgets the tokens. `cart.logout()` calls it. */
  logout(): Promise<void>;
  /** Calls `listener` whenever tokens come or go; returns the undo. */
  subscribe(listener: () => void): () => void;
  /** Restores what `storage` holds. `createCart` calls it. */
  load(): Promise<void>;
}

/** Signs customers in with CoCart's JWT add-on. */
export function jwt(options?: JwtOptions): Jwt;

/** User name and password with every request, kept in memory alone. */
export interface Basic extends Authenticator {
  readonly signedIn: boolean;
  readonly user: LoginDocument | undefined;
  authorization(): string | undefined;
  login(credentials: Credentials): Promise<LoginDocument>;
  logout(): void;
}

/** Signs customers in by user name, e-mail or billing phone, and password. */
export function basic(options?: ShopOptions): Basic;
