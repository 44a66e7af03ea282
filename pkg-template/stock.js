// Products in bulk, loaded when an app first asks for them: fetched page by page, learned while the page goes on, and kept in
// the Cache API, since localStorage holds about 5 MB. What is kept of a product is what a cart needs of it.
import { codes, failure } from "./errors.js";
import { orAborted } from "./params.js";
import { listShop } from "./products.js";
import { breathe, openStore, readStore } from "./store.js";

const PER_PAGE = 100;
/** Documents that are learned at once. */
const SLICE = 8;
/** More are not kept unless the app says so: 10,000 products with as many variations are 11 MB. */
const LIMIT = 10_000;

/** The catalogue of one cart; `engine()` gives it while it is open. */
export class Stock {
  #engine;
  #options;
  #running;
  /** Who waits for the refresh that runs, and what cuts it off. */
  #callers = new Set();
  #cut;
  /** The refresh whose products are known here. */
  #known;
  #last;
  #read;

  constructor(engine, options) {
    this.#engine = engine;
    this.#options = options;
    this.#read = toldOf(options.open);
  }

  /** Learns what was kept, while the page goes on; resolves with the number of products. */
  async restore() {
    const cache = await this.#cache();
    if (!cache) return 0;
    const mark = await this.#mark(cache);
    let products = 0;
    for (let page = 1; ; page += 1) {
      const kept = await cache.match(this.#key(page));
      if (!kept) break;
      products += await this.#learn(await kept.json(), true);
    }
    this.#known = mark?.at;
    if (!products) return 0;
    // products without the shop's money would be shown in some other
    if (mark?.currency) this.#engine().learn({ currency: mark.currency });
    this.#engine().restock();
    return products;
  }

  /**
   * Fetches the catalogue anew, or with `maxAge` what of it is older; a call while one runs joins it. It is given up when
   * everybody who called gave it up.
   */
  async refresh({ signal, onProgress, ...how } = {}) {
    signal?.throwIfAborted();
    const caller = { onProgress };
    this.#callers.add(caller);
    if (!this.#running) {
      this.#cut = new AbortController();
      const begun = this.#refresh(how, this.#cut.signal);
      this.#running = begun.finally(() => this.#running === running && (this.#running = undefined));
    }
    const running = this.#running;
    try {
      return await (signal ? orAborted(signal, running) : running);
    } finally {
      this.#callers.delete(caller);
      if (this.#callers.size === 0 && this.#running === running) {
        // nobody is left to be told, and whoever comes now begins anew
        this.#running = undefined;
        running.catch(() => {});
        this.#cut.abort(signal?.reason);
      }
    }
  }

  async #refresh({ maxAge, limit = LIMIT, perPage = PER_PAGE }, signal) {
    const { store } = this.#options;
    if (isAddress(store)) return this.#restock(maxAge, signal);
    const cache = await this.#cache();
    let mark = { at: Date.now(), page: 1, loaded: 0, bytes: 0, limit, perPage };
    if (maxAge !== undefined) {
      const kept = await this.#mark(cache);
      if (this.#known === undefined || this.#known !== kept?.at) await this.restore();
      const isFresh = kept && Date.now() - kept.at < maxAge * 1000 && kept.limit === limit && kept.perPage === perPage;
      if (isFresh) mark = { ...kept };
    }
    let isFull = false;
    while (mark.page && mark.loaded < limit && !isFull) {
      const { documents, total } = await listShop(this.#options, { page: mark.page, per_page: perPage }, signal);
      const wanted = documents.slice(0, limit - mark.loaded);
      if (wanted.length) {
        const kept = await this.#learn(wanted, false, signal);
        signal.throwIfAborted();
        isFull = !(await this.#put(cache, mark.page, kept)) && maxAge !== undefined;
        mark.loaded += wanted.length;
        mark.bytes += kept.length;
        mark.total = total === undefined ? undefined : Math.min(total, limit);
        mark.currency ??= documents[0].prices?.currency;
      }
      const isLast = documents.length < perPage || mark.loaded >= Math.min(mark.total ?? Infinity, limit);
      // What the shop has no longer is not kept either.
      if (isLast) for (let page = mark.page + (wanted.length ? 1 : 0); cache && (await cache.delete(this.#key(page))); page += 1);
      mark = { ...mark, page: isLast ? 0 : mark.page + 1 };
      this.#known = mark.at;
      this.#last = mark;
      if (!isFull) await this.#put(cache, 0, JSON.stringify(mark));
      if (wanted.length) this.#tell(progressOf(mark));
    }
    this.#engine().restock();
    return progressOf(mark);
  }

  /** The snapshot once more, from the shop and not from a cache. */
  async #restock(maxAge, signal) {
    const { store, fetch: ownFetch = globalThis.fetch } = this.#options;
    const progress = { loaded: 0, total: undefined, bytes: 0 };
    if (Date.now() - this.#read.at < maxAge * 1000) return { ...progress, at: this.#read.at };
    const open = await openStore(store, (address) => ownFetch(address, { cache: "no-cache", signal }));
    const { tag } = toldOf(open);
    const at = Date.now();
    if (tag && tag === this.#read.tag) {
      // a 304, as `fetch` shows it
      open.response.body?.cancel().catch(() => {});
    } else {
      const reading = await readStore(this.#options.Store, open, (bytes) => {
        signal.throwIfAborted();
        progress.bytes += bytes;
        this.#tell({ ...progress, at });
      });
      const problem = this.#engine().restock(reading);
      if (problem) throw failure(codes.STORE_UNAVAILABLE, `The store snapshot cannot be read at ${problem}.`);
    }
    // the clock of this device counts from here on
    this.#read = { at, tag };
    return { ...progress, at };
  }

  #tell(progress) {
    for (const { onProgress } of [...this.#callers]) onProgress?.(progress);
  }

  /** Forgets what was kept. */
  async forget() {
    await globalThis.caches?.delete(this.#name());
  }

  async #learn(documents, wasKept, signal) {
    const kept = [];
    let count = 0;
    for (let at = 0; at < documents.length; at += wasKept ? SLICE * 8 : SLICE) {
      signal?.throwIfAborted();
      const slice = documents.slice(at, at + (wasKept ? SLICE * 8 : SLICE));
      const answer = JSON.parse(this.#engine().learn_list(JSON.stringify(slice), wasKept));
      if (wasKept) count += answer;
      else kept.push(...answer);
      await breathe();
    }
    return wasKept ? count : JSON.stringify(kept);
  }

  /** Keeps a text, where there is a place for it; false where there is no room for it. */
  async #put(cache, page, text) {
    try {
      await cache?.put(this.#key(page), new Response(text, { headers: { "content-type": "application/json" } }));
      return true;
    } catch (error) {
      // without room the products are known until the page is left
      if (error?.name !== "QuotaExceededError") throw error;
      return false;
    }
  }

  /** How far the refresh came whose products are kept. */
  async #mark(cache) {
    const kept = await cache?.match(this.#key(0));
    return cache ? kept?.json() : this.#last;
  }

  /** Secure pages and workers have caches; elsewhere nothing is kept. */
  async #cache() {
    return globalThis.caches?.open(this.#name()).catch(() => undefined);
  }

  #name() {
    return `${this.#options.storageKey}:products`;
  }

  #key(page) {
    return `https://cocart-wasm.invalid/products/${page}`;
  }
}

function isAddress(store) {
  return typeof store === "string" || store instanceof URL;
}

/** When the shop or a cache last vouched for a snapshot, and what it calls this one. */
function toldOf(open) {
  const header = (name) => open?.response?.headers?.get(name) ?? undefined;
  return { at: Math.min(Date.parse(header("date")) || Infinity, Date.now()), tag: header("etag") ?? header("last-modified") };
}

function progressOf({ loaded, total, bytes, at }) {
  return { loaded, total, bytes, at };
}
