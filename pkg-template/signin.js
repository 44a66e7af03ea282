// What both kinds of sign-in have in common.
import { basicHeader } from "./basic.js";
import { CartError, codes, failure } from "./errors.js";
import { ask } from "./shop.js";

/** What both kinds of sign-in know of their shop. */
export class Shop {
  #options;
  #ownFetch;
  /** To be told of tokens that were renewed, or not. */
  refreshed;

  constructor({ storeUrl, restPrefix = "wp-json", namespace = "cocart", fetch } = {}) {
    const address = storeUrl === undefined ? undefined : String(storeUrl).replace(/\/+$/, "");
    this.#options = { storeUrl: address, restPrefix, namespace, fetch };
    this.#ownFetch = fetch;
  }

  get url() {
    return this.#options.storeUrl;
  }

  /** A cart's shop becomes this one's; a second shop would be told the first one's secrets. */
  bind({ storeUrl, restPrefix, namespace, fetch, refreshed }) {
    const own = this.#options;
    if (own.storeUrl !== undefined && own.storeUrl !== storeUrl) {
      throw failure(codes.INVALID_OPTION, `This sign-in belongs to ${own.storeUrl}, not to ${storeUrl}.`);
    }
    const isNew = own.storeUrl === undefined;
    this.#options = { ...own, storeUrl, ...(isNew && { restPrefix, namespace }), fetch: this.#ownFetch ?? fetch };
    this.refreshed = refreshed;
  }

  /** `POST`s; what carries a secret follows no redirect. */
  post(route, headers, body) {
    const json = body && { "Content-Type": "application/json" };
    return ask(this.#options, route, {
      method: "POST",
      headers: { ...headers, ...json },
      body: body && JSON.stringify(body),
      redirect: "error",
      cache: "no-store",
    });
  }

  /** `POST login` */
  login(credentials) {
    const { username, password } = credentials ?? {};
    if (!username || !password) {
      throw new CartError({ code: "cocart_authentication_error", message: "Authentication invalid!" }, 401);
    }
    if (/^c[ks]_/.test(username) && globalThis.document) {
      throw failure(codes.INVALID_OPTION, "A shop's API keys open everything; they do not belong in a browser.");
    }
    return this.post("v2/login", { Authorization: basicHeader(credentials) });
  }
}
