// `cart.login` and `cart.logout`, loaded with the option `authorization` or when they are first called.
import { CartError, codes, failure } from "./errors.js";
import { pause } from "./params.js";
import { askShop } from "./products.js";

/** Fresh credentials that the shop refuses as well are not replaced again at once. */
const RENEWAL_PAUSE_MS = 60_000;
/** When credentials could not be renewed for want of a network. */
const LATER_MS = 30_000;
/** Nobody waits longer for a shop to say goodbye. */
const GOODBYE_MS = 5_000;

/** Customers signing in and out, and what becomes of the cart. */
export class Account {
  #cart;
  #open;
  #options;
  #renewing;
  #renewedAt = -Infinity;
  #timer;
  #closed = false;

  /** `open` gives the cart's engine, or throws where the cart was closed. */
  constructor(cart, open, options) {
    this.#cart = cart;
    this.#open = open;
    this.#options = options;
  }

  async login(credentials, { signal } = {}) {
    const { auth, storeUrl } = this.#options;
    const cart = this.#cart;
    this.#open();
    if (!storeUrl || !auth) {
      throw failure(codes.INVALID_OPTION, "Signing in needs the options storeUrl and authorization.");
    }
    if (credentials && !auth.login) {
      throw failure(codes.INVALID_OPTION, "User name and password need `jwt()` or `basic()` of cocart-wasm/auth.");
    }
    // What cannot be told or merged now is as soon as the shop can be reached.
    const tell = () =>
      cart.sync({ signal }).catch((error) => {
        if (signal?.aborted) throw error;
      });
    // A guest's quantity takes the place of the account's where the shop knows it; told afterwards it would be added. And
    // whoever is signed in may be about to be somebody else, who must not be told these changes.
    if (cart.status.pending > 0 && (credentials || !cart.status.signedIn)) await tell();
    const document = await (credentials ? auth.login(credentials) : (auth.user ?? this.#whoIsIt()));
    const before = cart.status.signedIn ? cart.getSnapshot().cart_key : "";
    if (/^\d+$/.test(before) && before !== String(document.user_id)) this.#open().signed_out();
    this.#open().signed_in();
    await tell();
    return document;
  }

  async logout({ discard = false, signal, version = "v2" } = {}) {
    const { auth } = this.#options;
    const { status } = this.#cart;
    if (!discard && status.signedIn && status.pending > 0) {
      await this.#cart.sync({ signal });
      if (this.#cart.status.pending > 0) {
        throw failure(codes.OFFLINE, "The shop could not be told everything; with `discard` it never will be.");
      }
    }
    if (status.signedIn && auth) {
      // CoCart forgets nothing but WordPress' own session here; the cart stays with the account
      const goodbye = askShop(this.#options, `${version}/logout`, undefined, "POST", signal);
      // v1 empties it, which is not done before the shop has heard of it
      await (version === "v1" && !discard ? goodbye : Promise.race([goodbye.catch(() => {}), pause(GOODBYE_MS)]));
    }
    await auth?.logout?.();
    this.#open().signed_out();
  }

  /**
   * Renews credentials that the shop has refused: true when it may be asked again, false when the
   * app has to do something, undefined while nobody can know.
   */
  renew() {
    this.#renewing ??= this.#tryRenewal().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /** The shop knows everything, and so who asks. */
  settled() {
    this.#renewedAt = -Infinity;
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Whoever forgets a cart does not want to find its customer signed in. */
  async forget() {
    await this.#options.auth?.logout?.();
  }

  async #tryRenewal() {
    const { auth, transport } = this.#options;
    if (!auth?.renew || Date.now() - this.#renewedAt < RENEWAL_PAUSE_MS) return false;
    try {
      const renewed = await auth.renew();
      transport.refreshed(renewed);
      if (!renewed) return false;
      this.#renewedAt = Date.now();
      this.#open().signed_in();
      return true;
    } catch (error) {
      if (error?.code === codes.CLOSED) return undefined;
      transport.refreshed(false);
      this.#later();
      return undefined;
    }
  }

  /** The shop will refuse the old credentials, and be asked for new ones then. */
  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#closed) this.#open().signed_in();
    }, LATER_MS);
    this.#timer.unref?.();
  }

  async #whoIsIt() {
    const { auth } = this.#options;
    if (!(await auth.authorization())) {
      throw new CartError({ code: codes.UNAUTHORIZED, message: "Nobody is signed in." }, 401);
    }
    return askShop(this.#options, "v2/login", undefined, "POST");
  }
}
