import { codes } from "./errors.js";

const MULTIPART = /^multipart\/form-data/i;
const FORM = "application/x-www-form-urlencoded";

/**
 * A `fetch` whose requests to the store's cart routes are answered by the cart; everything else
 * goes to the network untouched.
 */
export function makeFetch(cart, { storeUrl, restPrefix, namespace, fetch: ownFetch }) {
  const network = (input, init) => (ownFetch ?? globalThis.fetch)(input, init);
  const origin = storeUrl === "" ? undefined : new URL(`${storeUrl}/`);
  const base = origin && new URL(`${restPrefix}/`, origin);
  const own = `/${namespace}/`;

  /** The path below the REST prefix, with its query; undefined for what is none of the cart's. */
  function route(address) {
    if (!origin || address.origin !== origin.origin) return undefined;
    const query = new URLSearchParams(address.search);
    const asked = query.get("rest_route");
    query.delete("rest_route");
    const path = address.pathname.startsWith(base.pathname)
      ? `/${address.pathname.slice(base.pathname.length)}`
      : address.pathname === origin.pathname
        ? asked
        : undefined;
    if (!path?.startsWith(own)) return undefined;
    const below = path.slice(own.length);
    const catalogue = /^v[12]\/products(\/|$)/.test(below);
    return catalogue || /^(v1\/|v2\/(cart(\/|$)|store\/?$))/.test(below) ? { path, query, catalogue } : undefined;
  }

  return async function fetch(input, init) {
    const address = addressOf(input);
    const found = address && route(address);
    if (!found) return network(input, init);
    const method = init?.method ?? (input instanceof Request ? input.method : "GET");
    // Of the catalogue, reading alone can be answered here.
    if (found.catalogue && !/^(GET|HEAD)$/i.test(method)) return network(input, init);
    const request = new Request(input instanceof Request ? input : address, init);
    request.signal.throwIfAborted();
    const headers = new Headers(request.headers);
    const body = await bodyOf(request.clone(), headers);
    request.signal.throwIfAborted();
    const ask = () => cart.request(request.method, found.path, { query: found.query, body, headers });
    let answer = ask();
    if (answer.body?.code === codes.PRODUCT_UNKNOWN && !found.catalogue) {
      const ids = productsIn(body, headers, found.query);
      const loaded = await Promise.allSettled(ids.map((id) => cart.loadProduct(id)));
      request.signal.throwIfAborted();
      if (loaded.some(({ status }) => status === "fulfilled")) answer = ask();
    }
    // Routes the engine has not learnt, and products that even now are unknown, are the shop's to answer.
    const { code } = answer.body ?? {};
    if (code === codes.NO_ROUTE || code === codes.PRODUCT_UNKNOWN) {
      const sent = found.catalogue ? network(input, init) : network(request);
      return sent.catch((error) => {
        if (error?.name === "AbortError") throw error;
        return respond(request, answer);
      });
    }
    return respond(request, answer);
  };
}

/** Makes `fetch` global; returns the undo. */
export function install(cart, target = globalThis) {
  const before = target.fetch;
  const { fetch } = cart;
  target.fetch = fetch;
  return () => {
    if (target.fetch === fetch) target.fetch = before;
  };
}

const MOST_LOADED = 20;

/** The products that a request wants added, by id or SKU. */
function productsIn(body, headers, query) {
  let posted = {};
  try {
    const isJson = /json/i.test(headers.get("content-type") ?? "");
    posted = isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body ?? ""));
  } catch {
    // the engine has answered what can be said of it
  }
  const items = Array.isArray(posted?.items) ? posted.items : [{ ...Object.fromEntries(query), ...posted }];
  const ids = items.flatMap((item) => [
    item?.id ?? item?.product_id,
    item?.variation_id,
    ...(item?.quantity !== null && typeof item?.quantity === "object" ? Object.keys(item.quantity) : []),
  ]);
  const named = ids.filter((id) => id !== undefined && id !== null && id !== "" && typeof id !== "object");
  return [...new Set(named.map(String))].slice(0, MOST_LOADED);
}

function addressOf(input) {
  try {
    return new URL(input instanceof Request ? input.url : input, globalThis.location?.href);
  } catch {
    return undefined;
  }
}

async function bodyOf(request, headers) {
  if (!request.body && !["POST", "PUT", "PATCH", "DELETE"].includes(request.method)) return undefined;
  if (MULTIPART.test(headers.get("content-type") ?? "")) {
    const fields = [...(await request.formData())].filter(([, value]) => typeof value === "string");
    headers.set("content-type", FORM);
    return new URLSearchParams(fields).toString();
  }
  return (await request.text()) || undefined;
}

function respond(request, { status, headers, body }) {
  const empty = request.method === "HEAD" || status === 204 || status === 304;
  const answer = new Headers(headers);
  if (!answer.has("content-type")) answer.set("content-type", "application/json; charset=UTF-8");
  return new Response(empty ? null : JSON.stringify(body), { status, headers: answer });
}
