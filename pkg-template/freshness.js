// The catalogue kept fresh by itself. It asks while somebody looks at the page, is online and does not pay for every byte; what
// goes wrong is tried again later, and nothing comes of it but the events of single requests.
import { codes, failure } from "./errors.js";

/** Nothing is asked for again before; nor at once after an error. */
const SOONEST_MS = 60_000;
/** A page that has just opened has better things to do. */
const SETTLED_MS = 2_000;
const LONGEST_MS = 2 ** 31 - 1;
/** An hour, in seconds. */
const MAX_AGE = 3_600;

/**
 * Begins, where `products` or the want of it says so: a snapshot that did not change costs a round trip, a catalogue one for
 * every hundred products. `cart.products.refresh` knows what is fresh, what is kept, and where it was cut off.
 */
export function keepFresh(cart, { sync, storageKey }, open, products = {}) {
  const { maxAge = MAX_AGE, refresh = open.response && sync === "auto" ? "background" : "manual", limit, perPage, onProgress } = products;
  if (!["background", "manual"].includes(refresh) || !(maxAge > 0)) {
    cart.close();
    throw failure(codes.INVALID_OPTION, `products takes refresh: "background" or "manual", and maxAge: a number of seconds.`);
  }
  const { document, navigator = {} } = globalThis;
  // what cannot be kept is not fetched unasked: every page would do so again
  if (refresh === "manual" || !document || !(open.response || globalThis.caches)) return;
  const age = open.response ? Date.now() - Date.parse(open.response.headers?.get("date")) || 0 : Infinity;
  const ended = new AbortController();
  let timer;
  let failures = 0;
  let running;

  const isGood = () => document.visibilityState !== "hidden" && navigator.onLine !== false && !isMetered(navigator.connection);

  async function look() {
    clearTimeout(timer);
    if (running || !isGood()) return;
    running = new AbortController();
    const { signal } = running;
    let next = SOONEST_MS;
    try {
      // a closed cart says so
      const known = cart.status && (await oneTab(() => cart.products.refresh({ maxAge, limit, perPage, onProgress, signal })));
      failures = 0;
      if (known) next = known.at + maxAge * 1000 - Date.now();
    } catch (error) {
      if (error?.code === codes.CLOSED) return ended.abort();
      next = signal.aborted ? 0 : Math.min(SOONEST_MS * 2 ** failures++, maxAge * 1000);
    } finally {
      running = undefined;
    }
    // cut off by a page that was left, and may have been come back to by now
    if (next === 0) look();
    else later(Math.max(next, SOONEST_MS));
  }

  /** One tab of a shop asks at a time; undefined where another does. */
  function oneTab(act) {
    if (!navigator.locks) return act();
    return navigator.locks.request(`${storageKey}:products`, { ifAvailable: true }, (lock) => (lock ? act() : undefined));
  }

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(milliseconds, LONGEST_MS));
  }

  const turned = () => (isGood() ? later(SETTLED_MS) : running?.abort());
  for (const [target, kind] of [[document, "visibilitychange"], [globalThis, "online"], [globalThis, "offline"], [navigator.connection, "change"]]) {
    target?.addEventListener?.(kind, turned, { signal: ended.signal });
  }
  later(Math.max(maxAge * 1000 - age, SETTLED_MS));
}

/** Where the browser says so: who saves data, or is on a mobile or slow connection. */
function isMetered(connection) {
  return Boolean(connection?.saveData || connection?.type === "cellular" || /2g/.test(connection?.effectiveType ?? ""));
}
