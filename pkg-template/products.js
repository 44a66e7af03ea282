import { CartError, codes, failure } from "./errors.js";
import { pairs, segment } from "./params.js";

/** `GET`s a route of the shop; `route` is what follows the namespace. */
export async function askShop({ storeUrl, restPrefix, namespace, fetch: ownFetch, authorization }, route, query) {
  if (!storeUrl) throw failure(codes.INVALID_OPTION, "There is no shop to ask: storeUrl was left out.");
  const search = new URLSearchParams(pairs(query)).toString();
  const address = `${storeUrl}/${restPrefix}/${namespace}/${route}${search && `?${search}`}`;
  let response;
  let document;
  try {
    const credentials = await authorization?.();
    const headers = credentials ? { Authorization: credentials } : {};
    response = await (ownFetch ?? globalThis.fetch)(address, { headers });
    document = await response.json();
  } catch (cause) {
    throw failure(codes.OFFLINE, "The shop could not be reached.", cause);
  }
  if (!response.ok) throw new CartError(document, response.status);
  return document;
}

/** The catalogue's routes; `answer(route, query)` is the engine's own answer, or throws. */
export function makeProducts(answer, options) {
  const ask = async (path, query) => {
    try {
      return answer(`v2/products${path}`, query);
    } catch (error) {
      if (error?.code !== codes.PRODUCT_UNKNOWN || !options.storeUrl || options.sync === "off") throw error;
    }
    return askShop(options, `v2/products${path}`, query);
  };
  const below = (path) => (id, query) =>
    id !== null && typeof id === "object" ? ask(path, id) : ask(id === undefined ? path : `${path}/${segment(id)}`, query);
  return Object.freeze({
    /** `GET products` */
    list: (query) => ask("", query),
    /** `GET products/{id}`, by id or SKU */
    get: (id, query) => ask(`/${segment(id)}`, query),
    /** `GET products/{id}/variations` */
    variations: (id, query) => ask(`/${segment(id)}/variations`, query),
    /** `GET products/categories`, or one of them. */
    categories: below("/categories"),
    /** `GET products/tags`, or one of them. */
    tags: below("/tags"),
    /** `GET products/attributes`, or one of them. */
    attributes: below("/attributes"),
  });
}
