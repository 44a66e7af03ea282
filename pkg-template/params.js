// What an app hands over, as CoCart's routes want it; and waiting that a signal can end.
/** Numbers become the texts CoCart's routes want; everything else is left for the server's checks. */
export function texts(input, names) {
  if (input === null || typeof input !== "object") return input;
  let copy = input;
  for (const name of names) {
    const value = input[name];
    if (typeof value === "number" || typeof value === "bigint") {
      if (copy === input) copy = { ...input };
      copy[name] = String(value);
    }
  }
  return copy;
}

/** Quantities by item key, likewise. */
export function quantities(body) {
  if (body === null || typeof body !== "object" || typeof body.quantity !== "object") return body;
  if (body.quantity === null) return body;
  return { ...body, quantity: texts(body.quantity, Object.keys(body.quantity)) };
}

/** Query parameters as WordPress reads them: `a[b]=c` for maps, in order. */
export function pairs(query) {
  if (query === undefined || query === null) return undefined;
  if (typeof query === "string" || query instanceof URLSearchParams) {
    return [...new URLSearchParams(query)];
  }
  const list = [];
  flatten(list, "", query, 0);
  return list;
}

function flatten(list, prefix, value, depth) {
  if (value === undefined || value === null || typeof value === "function" || depth > 16) return;
  if (typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) {
      flatten(list, prefix ? `${prefix}[${name}]` : name, inner, depth + 1);
    }
  } else if (prefix && typeof value !== "symbol") {
    list.push([prefix, String(value)]);
  }
}

/** Headers of any kind `fetch` takes, as a list; those that `fetch` would refuse are left out. */
export function headerPairs(headers) {
  if (headers === undefined || headers === null) return undefined;
  try {
    return [...new Headers(headers)];
  } catch {
    return undefined;
  }
}

/** An item key is one segment of the path, whatever it holds. */
export function segment(key) {
  try {
    return encodeURIComponent(String(key));
  } catch {
    return "%EF%BF%BD";
  }
}

/** A request's parameters as the server merges them: the query, and the body over it. */
export function paramsOf({ list, body, headers }) {
  let posted = body;
  if (typeof body === "string") {
    const kind = headers?.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
    try {
      posted = /json/i.test(kind) ? JSON.parse(body) : nested(new URLSearchParams(body));
    } catch {
      posted = undefined;
    }
  }
  const isMap = posted !== null && typeof posted === "object" && !Array.isArray(posted);
  return { ...nested(list ?? []), ...(isMap ? posted : undefined) };
}

/** The maps behind `a[b]=c`. */
function nested(pairs) {
  const whole = {};
  for (const [name, value] of pairs) {
    const [, first, rest] = /^([^[]+)((?:\[[^\]]*\])*)$/.exec(name) ?? [];
    const steps = first === undefined ? [name] : [first, ...(rest.match(/[^[\]]+/g) ?? [])];
    if (steps.includes("__proto__")) continue;
    const last = steps.pop();
    let map = whole;
    for (const step of steps) map = typeof map[step] === "object" ? map[step] : (map[step] = {});
    map[last] = value;
  }
  return whole;
}

/** Waits; rejects when the signal says so. */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    timer.unref?.();
    signal?.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}

/** What a promise comes to, for as long as the signal lets somebody wait for it. */
export function orAborted(signal, promise) {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** A route and its query: `cart/items` is one of v2, a path with a slash in front is one below the REST prefix. */
export function routeOf(path, namespace) {
  const at = path.indexOf("?");
  const bare = at < 0 ? path : path.slice(0, at);
  const query = at < 0 ? undefined : path.slice(at + 1);
  const full = bare.startsWith("/") ? bare : `/${namespace}/v2/${bare}`;
  const own = `/${namespace}/`;
  return [full.startsWith(own) ? `/cocart/${full.slice(own.length)}` : full, query];
}
