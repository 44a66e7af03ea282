// `cart.products`, and the shop's product routes where it does not know the answer.
import { codes, failure, notLoaded } from "./errors.js";
import { pairs, segment } from "./params.js";
import { ask as askRoute } from "./shop.js";

/** Asks the shop in the name of whoever is signed in; `route` is what follows the namespace. */
export async function askShop(options, route, query, method = "GET", signal = undefined) {
  const search = new URLSearchParams(pairs(query)).toString();
  const credentials = await options.authorization?.();
  const headers = credentials ? { Authorization: credentials } : {};
  return askRoute(options, `${route}${search && `?${search}`}`, { method, headers, ...(signal && { signal }) });
}

/** One page of the shop's products, and how many it has in all. */
export async function listShop(options, query, signal) {
  let headers;
  const fetch = async (...request) => {
    const response = await (options.fetch ?? globalThis.fetch)(...request);
    headers = response.headers;
    return response;
  };
  const document = await askShop({ ...options, fetch }, "v2/products", query, "GET", signal);
  const list = Array.isArray(document) ? document : document?.products;
  if (!Array.isArray(list)) throw failure(codes.OFFLINE, "The shop's answer is no list of products.");
  const total = Number(headers.get("x-wp-total") ?? document.total_products ?? NaN);
  return { documents: list, total: Number.isFinite(total) ? total : undefined, document, headers };
}

/** The catalogue's routes; `answer(route, query)` is the engine's own answer, or throws. */
export function makeProducts(answer, engine, options, cart) {
  let stock;
  // at once where it is here, so that who calls joins what runs; a failed try may be repeated
  const bulk = async () => stock ?? import("./stock.js").then(({ Stock }) => (stock ??= new Stock(engine, options)), notLoaded);
  const read = async (path, query) => {
    try {
      return answer(`v2/products${path}`, query);
    } catch (error) {
      if (error?.code !== codes.PRODUCT_UNKNOWN || !options.storeUrl || options.sync === "off") throw error;
    }
    return askShop(options, `v2/products${path}`, query);
  };
  const below = (path) => (id, query) =>
    id !== null && typeof id === "object" ? read(path, id) : read(id === undefined ? path : `${path}/${segment(id)}`, query);
  return Object.freeze({
    /** `GET products` */
    list: (query) => read("", query),
    /** `GET products`, page by page */
    async *pages(query, more) {
      yield* (await import("./pages.js").catch(notLoaded)).pages(cart, options, query, more);
    },
    /** `GET products/{id}`, by id or SKU */
    get: (id, query) => read(`/${segment(id)}`, query),
    /** `GET products/{id}/variations` */
    variations: (id, query) => read(`/${segment(id)}/variations`, query),
    /** `GET products/categories`, or one of them. */
    categories: below("/categories"),
    /** `GET products/tags`, or one of them. */
    tags: below("/tags"),
    /** `GET products/attributes`, or one of them. */
    attributes: below("/attributes"),
    /** Fetches the whole catalogue, bounded, and keeps it; or the store snapshot anew, where there is one. */
    refresh: async (more) => (await bulk()).refresh(more),
    /** Learns what an earlier `refresh` kept. */
    restore: async () => (await bulk()).restore(),
    /** Deletes what was kept. */
    forget: async () => (await bulk()).forget(),
  });
}
