// The cart's requests on their way to the shop: with the app's own headers, within its time limit, seen by whoever listens.
// Loaded for the options `headers`, `authHeader`, `timeout` and `etag`, and for listeners to single requests.
import { CartError, codes, failure } from "./errors.js";

/** What the cart says itself, or what must not be said beside it. */
const OURS = ["authorization", "cart-key", "cocart-api-cart-key", "content-type", "cookie", "if-none-match"];
/** Headers that may be shown; any other may be a secret. */
const SHOWN = ["accept", "content-type", "if-none-match"];
const HIDDEN = "[hidden]";
const SECRET = /pass|token|secret|cart_?key|authorization/i;

/** Reads the options of `createCart` that are about requests. */
export function readRequestOptions({ headers, authHeader, timeout, etag = false }) {
  if (headers !== undefined && typeof headers !== "function") ownHeaders(headers);
  if (authHeader !== undefined) {
    const [[name] = []] = typeof authHeader === "string" ? ownHeaders([[authHeader, ""]], "authorization") : [];
    if (name === undefined) invalid("authHeader must be the name of a header.");
  }
  // a request that the shop may still carry out after 30 seconds is looked after for no longer
  if (timeout !== undefined && !(timeout >= 1_000 && timeout <= 30_000)) invalid("timeout must be 1,000 to 30,000 milliseconds.");
  if (typeof etag !== "boolean") invalid("etag must be true or false.");
  return { headers, authHeader, timeout, etag };
}

/** The way of one cart's requests to its shop; `heard` holds the kinds of events somebody listens for. */
export class Wire {
  #cart;
  #options;
  #network;
  #heard;
  #base;
  #held;
  #failed;

  constructor(cart, options, network, heard) {
    this.#cart = cart;
    this.#options = options;
    this.#network = network;
    this.#heard = heard;
    this.#base = `${options.storeUrl}/${options.restPrefix}/`;
  }

  /** `fetch`; what does not go to the shop's REST API is none of this one's business. */
  async fetch(input, init = {}) {
    const url = String(input);
    if (!url.startsWith(this.#base)) return this.#network(input, init);
    const about = { method: init.method ?? "GET", url: shownUrl(url) };
    const isCart = url.slice(this.#base.length).startsWith(`${this.#options.namespace}/v2/cart`);
    const since = performance.now();
    try {
      const sent = await this.#dressed(init);
      const look = isCart && this.#options.etag && isLook(about.method, url) ? new Look(url, sent) : undefined;
      const held = look?.of(this.#held);
      if (held) sent.headers.set("If-None-Match", held.tag);
      this.#tell("request", () => ({ ...about, ...shownRequest(sent) }));
      const response = await (isCart ? this.#network(url, sent) : this.#inTime(url, sent));
      this.#tell("response", () => ({ ...about, status: response.status, duration: Math.round(performance.now() - since) }));
      if (isCart) this.#failed = { ...about, reason: response.status < 400 ? "transient_error" : `http_${response.status}` };
      if (!look) return response;
      if (held && response.status === 304) return held.again(response);
      this.#held = await look.hold(response);
      return response;
    } catch (error) {
      if (isCart) this.#failed = { ...about, reason: "transient_error" };
      const { code, message } = error instanceof CartError ? error : failure(codes.OFFLINE, "The shop could not be reached.");
      // whoever gave up knows
      if (!init.signal?.aborted) this.#tell("error", () => ({ code, message, ...about, error }));
      throw error;
    }
  }

  /** The cart waits before it asks again. */
  retry(pause) {
    this.#tell("retry", () => ({ ...this.#failed, ...pause, maxRetries: Infinity }));
  }

  /** With the app's headers; what carries them follows no redirect, which might lead to another's server. */
  async #dressed(init) {
    const { headers: own, authHeader } = this.#options;
    const headers = new Headers(init.headers);
    const added = own === undefined ? [] : ownHeaders(typeof own === "function" ? await own() : own);
    for (const [name, value] of added) headers.set(name, value);
    const credentials = headers.get("authorization");
    const isMoved = authHeader !== undefined && credentials !== null;
    if (isMoved) {
      headers.delete("authorization");
      headers.set(authHeader, credentials);
    }
    return { ...init, headers, ...((isMoved || added.length > 0) && { redirect: "error" }) };
  }

  /** No longer than the app wants to wait for an answer to begin; the cart's own requests the engine times, and never aborts. */
  async #inTime(url, init) {
    const { timeout } = this.#options;
    if (timeout === undefined) return this.#network(url, init);
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new DOMException("The shop took too long.", "TimeoutError")), timeout);
    const signal = init.signal ? AbortSignal.any([init.signal, limit.signal]) : limit.signal;
    try {
      return await this.#network(url, { ...init, signal });
    } finally {
      clearTimeout(timer);
    }
  }

  #tell(kind, detail) {
    if (this.#heard.has(kind)) this.#cart.dispatchEvent(new CustomEvent(kind, { detail: Object.freeze(detail()) }));
  }
}

/** A look at the cart, for which the shop may say that it is the one held already. In memory alone: it has addresses in it. */
class Look {
  #who;
  #response;
  #text;

  constructor(url, { headers }) {
    this.#who = JSON.stringify([url, ...headers]);
  }

  of(held) {
    return held?.#who === this.#who ? held : undefined;
  }

  /** Holds an answer that is a whole cart and has a tag. */
  async hold(response) {
    this.tag = response.ok && response.headers.get("etag");
    if (!this.tag) return undefined;
    this.#response = response;
    this.#text = await response.clone().text();
    try {
      return JSON.parse(this.#text).cart_hash === undefined ? undefined : this;
    } catch {
      return undefined;
    }
  }

  /** The answer once more, with what the shop said beside it this time. */
  again({ headers: fresh }) {
    const headers = new Headers(this.#response.headers);
    for (const [name, value] of fresh) headers.set(name, value);
    return new Response(this.#text, { status: 200, headers });
  }
}

/**
 * A look that nothing is in doubt about (those have an address of their own), at a shop on the page's origin: across origins CoCart
 * lets no such header in, and the request would fail.
 */
function isLook(method, url) {
  const { origin, searchParams } = new URL(url);
  return method === "GET" && !searchParams.has("_") && origin === (globalThis.location?.origin ?? origin);
}

function ownHeaders(headers, ...allowed) {
  let list;
  try {
    list = [...new Headers(headers)];
  } catch (cause) {
    invalid(`A header cannot be sent: ${cause.message}`, cause);
  }
  for (const [name] of list) if (OURS.includes(name) && !allowed.includes(name)) invalid(`The header "${name}" is not the app's to set.`);
  return list;
}

const shownUrl = (url) => url.replace(/([?&]cart_key=)[^&#]*/g, `$1${HIDDEN}`).replace(/(\/v2\/sessions?\/)[^/?#]+/, `$1${HIDDEN}`);

/** Headers and body without what opens a cart or an account. */
function shownRequest({ headers, body }) {
  const pairs = [...headers].map(([name, value]) => [name, SHOWN.includes(name) ? value : HIDDEN]);
  const shown = { headers: Object.freeze(Object.fromEntries(pairs)) };
  try {
    if (body !== undefined) shown.body = JSON.parse(body, (name, value) => (SECRET.test(name) ? HIDDEN : value));
  } catch {
    // no JSON: a body that nobody can look through for secrets is not shown
  }
  return shown;
}

function invalid(message, cause) {
  throw failure(codes.INVALID_OPTION, message, cause);
}
