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
    return path?.startsWith(own) && /^v2\/(cart(\/|$)|store\/?$)/.test(path.slice(own.length)) ? { path, query } : undefined;
  }

  return async function fetch(input, init) {
    const address = addressOf(input);
    const found = address && route(address);
    if (!found) return network(input, init);
    const request = new Request(input instanceof Request ? input : address, init);
    request.signal.throwIfAborted();
    const headers = new Headers(request.headers);
    const body = await bodyOf(request.clone(), headers);
    request.signal.throwIfAborted();
    const answer = cart.request(request.method, found.path, { query: found.query, body, headers });
    // Routes the engine has not learnt, and products it has never seen, are the shop's to answer.
    const { code } = answer.body ?? {};
    if (code === codes.NO_ROUTE || code === codes.PRODUCT_UNKNOWN) {
      return network(request).catch((error) => {
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
