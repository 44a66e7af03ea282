// `cart.fetch`: which requests are the cart's, and how a `Response` is made of its answers.
import { codes } from "./errors.js";
import { orAborted } from "./params.js";
import { inSdkWords, productsIn } from "./shapes.js";

const MULTIPART = /^multipart\/form-data/i;
const FORM = "application/x-www-form-urlencoded";
const MOST_SEEN = 200;

/**
 * A `fetch` whose requests to the store's cart routes are answered by the cart; everything else
 * goes to the network untouched. `learn` is told what the shop says of a product.
 */
export function makeFetch(cart, options, learn) {
  const network = (input, init) => (options.ownFetch ?? replaced.get(cart.fetch) ?? globalThis.fetch)(input, init);
  const { routeAt, kindOf } = makeRouter(options);
  const seen = makeSeen(learn);

  /** The engine's answer, once it knows the products that are asked for. */
  async function ask({ method, path, query, body, headers, signal }) {
    const asked = () => cart.request(method, path, { query, body, headers });
    const answer = asked();
    if (answer.body?.code !== codes.PRODUCT_UNKNOWN || /\/products(\/|$)/.test(path)) return answer;
    const ids = productsIn(body, headers, query);
    const load = async (id) => seen.recall(id) || cart.loadProduct(id);
    const loaded = await orAborted(signal, Promise.allSettled(ids.map(load)));
    return loaded.some(({ status }) => status === "fulfilled") ? asked() : answer;
  }

  return async function fetch(input, init) {
    const address = addressOf(input);
    const found = address && routeAt(address);
    const method = (init?.method ?? (input instanceof Request ? input.method : "GET")).toUpperCase();
    // Of the catalogue, reading alone can be answered here.
    if (!found || (found.kind === "batch" ? method !== "POST" : found.kind === "catalogue" && !/^(GET|HEAD|OPTIONS)$/.test(method))) {
      return network(input, init);
    }
    const request = new Request(input instanceof Request ? input : address, init);
    // The caller's own: Node lets a request's signal go while one waits for it.
    const { signal } = init?.signal ? init : input instanceof Request ? input : request;
    signal.throwIfAborted();
    const headers = new Headers(request.headers);
    let body = await bodyOf(request.clone(), headers);
    signal.throwIfAborted();
    if (found.kind === "batch") {
      const { answerBatch } = await import("./batch.js");
      const answer = await answerBatch(body, { request, signal, found, network, kindOf, ask, cart });
      return answer instanceof Response ? answer : respond(request, found, answer);
    }
    if (options.profile !== "v4.3") body = inSdkWords(found.path, body);
    const asked = { method: request.method, path: found.path, query: found.query, body, headers, signal };
    // A description is the shop's own where the shop can be asked.
    const isDescription = request.method === "OPTIONS" && options.sync !== "off";
    const answer = isDescription ? undefined : await ask(asked);
    // Routes the engine has not learnt, and products that even now are unknown, are the shop's to answer.
    const code = answer?.body?.code;
    if (answer && code !== codes.NO_ROUTE && code !== codes.PRODUCT_UNKNOWN) return respond(request, found, answer);
    try {
      const response = await (found.kind === "catalogue" ? network(input, init) : network(request));
      if (found.kind === "catalogue") seen.remember(response);
      return response;
    } catch {
      signal.throwIfAborted();
      return respond(request, found, answer ?? (await ask(asked)));
    }
  };
}

/** What each cart's `fetch` was put in the place of. */
const replaced = new WeakMap();

/** How a cart itself reaches its shop: past every `fetch` that a cart was made the page's own with. */
export function networkOf(cart) {
  return (input, init) => {
    let fetch = replaced.get(cart.fetch) ?? globalThis.fetch;
    while (replaced.has(fetch)) fetch = replaced.get(fetch);
    return fetch(input, init);
  };
}

/** Makes `fetch` global; returns the undo. */
export function install(cart, target = globalThis) {
  const { fetch } = cart;
  if (!replaced.has(fetch)) {
    replaced.set(fetch, target.fetch);
    target.fetch = fetch;
  }
  return () => {
    // Whoever came after keeps what it found.
    if (target.fetch !== fetch) return;
    target.fetch = replaced.get(fetch);
    replaced.delete(fetch);
  };
}

/** Which of the store's addresses are the cart's: their route below the REST prefix, and its query. */
function makeRouter({ storeUrl, restPrefix, namespace }) {
  const home = storeUrl === "" ? undefined : new URL(`${storeUrl}/`);
  const base = home && new URL(`${restPrefix}/`, home).pathname;
  const own = `/${namespace}/`;
  const kindOf = (path) => {
    if (path === "/batch/v1" || path === `${own}batch`) return "batch";
    if (!path?.startsWith(own)) return undefined;
    const below = path.slice(own.length).replace(/\/{2,}/g, "/");
    if (/^v[12]\/products(\/|$)/.test(below)) return "catalogue";
    return /^(v1\/|v2\/(cart(\/|$)|store\/?$))/.test(below) ? "cart" : undefined;
  };
  const routeAt = (address) => {
    if (home?.origin !== address.origin) return undefined;
    const query = new URLSearchParams(address.search);
    let path;
    if (address.pathname.startsWith(base)) path = `/${address.pathname.slice(base.length)}`;
    else if ([home.pathname, `${home.pathname}index.php`].includes(address.pathname)) path = query.get("rest_route");
    const kind = kindOf(path);
    return kind && { kind, path, query };
  };
  return { routeAt, kindOf };
}

/** The products that passed by: what a page listed can be added without asking for it again. */
function makeSeen(learn) {
  const documents = new Map();
  return {
    async remember(response) {
      try {
        if (!response.ok || !/json/.test(response.headers.get("content-type") ?? "")) return;
        const body = await response.clone().json();
        const list = Array.isArray(body) ? body : (body.products ?? [body]);
        for (const product of list) {
          for (const name of [product?.id, product?.sku]) if (name) documents.set(String(name), product);
        }
        for (const name of documents.keys()) {
          if (documents.size <= MOST_SEEN) break;
          documents.delete(name);
        }
      } catch {
        // the page has its answer; nothing was seen
      }
    },
    /** Whether a product was seen; the engine knows it then. */
    recall(id) {
      const product = documents.get(id);
      const parent = product?.parent_id && documents.get(String(product.parent_id));
      if (!product || (product.parent_id && !parent)) return false;
      if (parent) learn(parent);
      return learn(product);
    },
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

function respond(request, { query }, { status, headers, body }) {
  const answer = new Headers(headers);
  let text = JSON.stringify(body);
  if (/javascript/.test(answer.get("content-type") ?? "")) text = `/**/${query.get("_jsonp")}(${text})`;
  const isEmpty = request.method === "HEAD" || status === 204 || status === 304 || (body ?? null) === null;
  const response = new Response(isEmpty ? null : text, { status, headers: answer });
  // A response made by hand has no address; the network's has.
  return Object.defineProperty(response, "url", { value: request.url });
}
