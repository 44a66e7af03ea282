// The catalogue page by page, loaded when an app first asks for it.
import { CartError, codes } from "./errors.js";
import { pairs } from "./params.js";
import { listShop } from "./products.js";

/** CoCart's own, where a query does not say. */
const PER_PAGE = 10;

/** The pages of `GET products`, each answered here where the engine can, by the shop otherwise. */
export async function* pages(cart, options, query, { signal } = {}) {
  const wanted = new URLSearchParams(pairs(query));
  const perPage = Number(wanted.get("per_page") ?? PER_PAGE);
  let last = Infinity;
  for (let page = Number(wanted.get("page") ?? 1); page <= last; page += 1) {
    signal?.throwIfAborted();
    wanted.set("page", page);
    const { documents, total, count } = await onePage(cart, options, wanted, signal);
    // a shop that does not say how many pages it has ends with one that is not full
    last = count ?? (documents.length < perPage ? page : Infinity);
    if (count === undefined && documents.length === 0) return;
    yield Object.freeze({ products: documents, page, total_pages: count, total_products: total });
  }
}

async function onePage(cart, options, query, signal) {
  const { status, headers, body } = cart.request("GET", "products", { query: String(query) });
  if (status === 200) return read(body, new Headers(headers));
  if (body?.code !== codes.PRODUCT_UNKNOWN || !options.storeUrl || options.sync === "off") throw new CartError(body, status);
  const { document, headers: told } = await listShop(options, String(query), signal);
  return read(document, told);
}

/** A list, or a document around one; how many there are stands in it or in the headers. */
function read(document, headers) {
  const number = (name, value) => {
    const told = Number(headers.get(name) ?? value ?? NaN);
    return Number.isFinite(told) ? told : undefined;
  };
  return {
    documents: Array.isArray(document) ? document : (document.products ?? []),
    total: number("x-wp-total", document.total_products),
    count: number("x-wp-totalpages", document.total_pages),
  };
}
