// Signing in with the tokens of CoCart's JWT add-on: where they rest, when they are renewed, what ends them.
import { CartError } from "./errors.js";
import { Shop } from "./signin.js";

/** A token is renewed this long before it ends. */
const LEEWAY = 30;

/** A shop that breaks down on a dead token is not asked for a new one again and again. */
const DOUBT_PAUSE_MS = 10 * 60_000;

const DEAD = new Set(["cocart_authentication_error", "cocart_jwt_auth_missing_refresh_token"]);

/**
 * Signs customers in with CoCart's JWT add-on. Tokens live in memory, and in `storage` where the
 * app gives one.
 */
export function jwt(options) {
  return new Jwt(options);
}

class Jwt {
  #shop;
  #storage;
  #key;
  #token;
  #refreshToken;
  /** When the token ends, by this device's clock. */
  #until;
  #user;
  #refreshing;
  /** The token that requests were given last. */
  #given;
  #doubted = false;
  #doubtedAt = -Infinity;
  /** Whether what is in memory is in storage too. */
  #stored = false;
  #listeners = new Set();

  constructor({ token, refreshToken, storage, storageKey = "cocart:jwt", ...shop } = {}) {
    this.#shop = new Shop(shop);
    this.#storage = storage;
    this.#key = storageKey;
    if (token) this.#take(token, refreshToken, claims(token)?.exp * 1000);
  }

  /** Called by the cart these credentials are given to. */
  bind(shop) {
    this.#shop.bind(shop);
  }

  /** Restores what the app's storage holds. Called by `createCart`. */
  async load() {
    if (!this.#token) await this.#recall();
  }

  /** Whether a customer is signed in, as far as is known here. */
  get signedIn() {
    return this.#token !== undefined;
  }

  /** What `POST login` answered, or the id alone that the token tells. */
  get user() {
    const id = claims(this.#token)?.data?.user?.id;
    return this.#user ?? (id === undefined ? undefined : { user_id: String(id) });
  }

  get token() {
    return this.#token;
  }

  get refreshToken() {
    return this.#refreshToken;
  }

  /** When the token ends (`Date.now()`'s time); undefined where it does not say. */
  get expires() {
    return Number.isFinite(this.#until) ? this.#until : undefined;
  }

  /** Whether the token has ended, or will within so many seconds. Nobody's signature is checked. */
  isExpired(leeway = LEEWAY) {
    return this.#until !== undefined && Date.now() >= this.#until - leeway * 1000;
  }

  /** Calls `listener` whenever tokens come or go; returns the undo. */
  subscribe(listener) {
    const entry = { listener };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /** The `Authorization` header, its token renewed where it is about to end. */
  authorization = async () => {
    await this.#recall();
    if (this.#token && (this.#doubted || this.isExpired())) {
      const isFirst = !this.#refreshing;
      const success = await this.refresh().then(
        () => true,
        // Out of reach: the request will be, too. Refused: there is no token any more.
        () => false,
      );
      if (isFirst) this.#shop.refreshed?.(success);
    }
    this.#given = this.#token;
    return this.#token && `Bearer ${this.#token}`;
  };

  /** `POST login`: trades user name and password for a pair of tokens. */
  async login(credentials) {
    const document = await this.#shop.login(credentials);
    const { jwt_token: token, jwt_refresh: refresh } = document.extras ?? {};
    if (!token) {
      const message = "The shop gave no token: the JWT add-on is missing or switched off.";
      throw new CartError({ code: "cocart_jwt_missing", message }, 0);
    }
    this.#user = document;
    this.#take(token, refresh);
    await this.#keep();
    return document;
  }

  /**
   * `POST jwt/refresh-token`: a new pair for the old one, which dies. However many ask, one
   * request goes out, without the old token: with it the shop refuses.
   */
  refresh() {
    this.#refreshing ??= this.#alone(() => this.#exchange()).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** `POST jwt/validate-token`: whether the shop takes the token. */
  async validate() {
    if (!this.#token) return false;
    try {
      await this.#shop.post("jwt/validate-token", { Authorization: `Bearer ${this.#token}` });
      return true;
    } catch (error) {
      if (error.status === 401 || error.status === 403) return false;
      throw error;
    }
  }

  /** The shop refused what `authorization` gave last: is there something better? */
  async renew() {
    if (!this.#token) return false;
    if (this.#token !== this.#given) return true;
    try {
      await this.refresh();
      return this.signedIn;
    } catch (error) {
      if (error.retryable) throw error;
      return false;
    }
  }

  /** A shop whose CoCart does not fit its JWT add-on breaks down on a dead token, in HTML. */
  observe({ status, headers }, authorization) {
    const broken = status === 500 && !/json/i.test(headers.get("content-type") ?? "");
    const ours = this.#token !== undefined && authorization === `Bearer ${this.#token}`;
    if (broken && ours && Date.now() - this.#doubtedAt > DOUBT_PAUSE_MS) {
      this.#doubted = true;
      this.#doubtedAt = Date.now();
    }
  }

  /** Forgets the tokens, here and in the app's storage. */
  async logout() {
    this.#drop();
    try {
      await this.#storage?.removeItem(this.#key);
    } catch {
      // what cannot be reached cannot be erased either
    }
  }

  async #exchange() {
    const before = this.#token;
    await this.#recall();
    // another tab was faster
    if (this.#token !== before && this.#token && !this.isExpired()) return;
    if (!this.#refreshToken) {
      const message = "There is no refresh token.";
      throw new CartError({ code: "cocart_jwt_no_refresh_token", message }, 401);
    }
    try {
      const fresh = await this.#shop.post("jwt/refresh-token", {}, { refresh_token: this.#refreshToken });
      if (!fresh.token) throw new CartError({ code: "cocart_jwt_missing", message: "The shop gave no token." }, 0);
      this.#take(fresh.token, fresh.refresh_token);
    } catch (error) {
      if (!DEAD.has(error.code)) throw error;
      await this.#recall();
      if (this.#token !== before && this.#token) return;
      await this.logout();
      throw error;
    }
    await this.#keep();
  }

  /** One tab at a time, where tabs share a storage. */
  #alone(act) {
    const locks = this.#storage && globalThis.navigator?.locks;
    return locks ? locks.request(`${this.#key}:refresh`, act) : act();
  }

  #take(token, refreshToken, until) {
    const { iat, exp } = claims(token) ?? {};
    // A token is as old as its answer: whoever has set the clock wrong can still tell its end.
    this.#until = until ?? (exp > iat ? Date.now() + (exp - iat) * 1000 : undefined);
    if (Number.isNaN(this.#until)) this.#until = undefined;
    this.#token = token;
    this.#refreshToken = refreshToken ?? undefined;
    this.#doubted = false;
    this.#told();
  }

  #drop() {
    this.#token = this.#refreshToken = this.#until = this.#user = undefined;
    this.#doubted = this.#stored = false;
    this.#told();
  }

  #told() {
    for (const { listener } of [...this.#listeners]) listener();
  }

  async #keep() {
    if (!this.#storage) return;
    const kept = { shop: this.#shop.url, token: this.#token, refresh_token: this.#refreshToken, until: this.#until };
    try {
      await this.#storage.setItem(this.#key, JSON.stringify(kept));
      this.#stored = true;
    } catch {
      this.#stored = false; // no room: in memory they are good all the same
    }
  }

  /** Another tab may have renewed the tokens, or signed out. */
  async #recall() {
    if (!this.#storage) return;
    let kept;
    try {
      kept = JSON.parse((await this.#storage.getItem(this.#key)) ?? "null");
    } catch {
      return;
    }
    if (kept?.token && kept.shop === this.#shop.url) {
      if (kept.token !== this.#token) this.#take(kept.token, kept.refresh_token, kept.until);
      this.#stored = true;
    } else if (this.#stored) {
      this.#drop();
    }
  }
}

/** What a token says of itself; undefined where it is none. */
function claims(token) {
  try {
    const text = atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
