// Products in bulk, loaded when an app first asks for them: fetched page by page, learned while the page goes on, and kept in
// the Cache API, since localStorage holds about 5 MB. What is kept of a product is what a cart needs of it.
import { codes, failure } from "./errors.js";
import { listShop } from "./products.js";
import { breathe, openStore, readStore } from "./store.js";

const PER_PAGE = 100;
/** Documents that are learned at once. */
const SLICE = 8;
/** More are not kept unless the app says so: 10,000 products are about 5 MB. */
const LIMIT = 10_000;

/** The catalogue of one cart; `engine()` gives it while it is open. */
export class Stock {
  #engine;
  #options;
  #running;

  constructor(engine, options) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Learns what was kept, while the page goes on; resolves with the number of products. */
  async restore() {
    const cache = await this.#cache();
    if (!cache) return 0;
    let products = 0;
    for (let page = 1; ; page += 1) {
      const kept = await cache.match(this.#key(page));
      if (!kept) break;
      products += await this.#learn(await kept.json(), true);
    }
    if (products) this.#engine().restock();
    return products;
  }

  /** Fetches the catalogue anew; a call while one runs joins it. */
  refresh(options = {}) {
    this.#running ??= this.#refresh(options).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #refresh({ signal, onProgress, limit = LIMIT, perPage = PER_PAGE }) {
    const { store } = this.#options;
    signal?.throwIfAborted();
    if (isAddress(store)) return this.#restock({ signal, onProgress });
    const cache = await this.#cache();
    const progress = { loaded: 0, total: undefined, bytes: 0 };
    let page = 1;
    for (; progress.loaded < limit; page += 1) {
      const { documents, total } = await listShop(this.#options, { page, per_page: perPage }, signal);
      if (!documents.length) break;
      const wanted = documents.slice(0, limit - progress.loaded);
      const kept = await this.#learn(wanted, false, signal);
      await cache?.put(this.#key(page), new Response(kept, { headers: { "content-type": "application/json" } })).catch(full);
      progress.loaded += wanted.length;
      progress.total = total === undefined ? undefined : Math.min(total, limit);
      progress.bytes += kept.length;
      onProgress?.({ ...progress });
      if (documents.length < perPage || progress.loaded >= (progress.total ?? Infinity)) break;
    }
    // What the shop has no longer is not kept either.
    for (page += 1; cache && (await cache.delete(this.#key(page))); page += 1);
    this.#engine().restock();
    return { ...progress };
  }

  /** The snapshot once more, from the shop and not from a cache. */
  async #restock({ signal, onProgress }) {
    const { store, fetch: ownFetch = globalThis.fetch } = this.#options;
    const progress = { loaded: 0, total: undefined, bytes: 0 };
    const open = await openStore(store, (address) => ownFetch(address, { cache: "no-cache", signal }));
    const reading = await readStore(this.#options.Store, open, (bytes) => {
      signal?.throwIfAborted();
      progress.bytes += bytes;
      onProgress?.({ ...progress });
    });
    const problem = this.#engine().restock(reading);
    if (problem) throw failure(codes.STORE_UNAVAILABLE, `The store snapshot cannot be read at ${problem}.`);
    return { ...progress };
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

/** Without room the products are known until the page is left. */
function full(error) {
  if (error?.name !== "QuotaExceededError") throw error;
}
