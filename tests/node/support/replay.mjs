// Replays recordings of the real server through the built package and says where it differs.
import { createCart } from "../../../pkg/index.js";

/*
 * What may differ, because a JavaScript object cannot carry it (ARCHITECTURE.md, "What crosses to JavaScript"): integer-like
 * keys come first and in numeric order, `1.0` is `1`, integers above 2^53 are rounded. The recordings are read with
 * `JSON.parse` too, so answers need no exception: both sides are reordered and rounded alike. A request's body is reordered
 * before it is sent, though: `add-items` with `quantity: {"104": …, "102": …}` adds 102 first. In such a recording the order
 * of lines does not count, nor what is computed from it, and nothing else is excused.
 */
const FROM_ORDER = {
  "/cart_hash": "an md5 over the lines in their order",
  "/notices/success/0": "the names of what was added, in their order",
};
const NUMBERED = /"quantity": \{([^{}]*)\}/g;

/** Whether a recording sends quantities by id in an order that JavaScript does not keep. */
export function sendsOrder(text) {
  return [...text.matchAll(NUMBERED)].some(([, inner]) => {
    const ids = [...inner.matchAll(/"(\d+)":/g)].map(([, id]) => Number(id));
    return ids.some((id, at) => at > 0 && id < ids[at - 1]);
  });
}

/** What a guest's cart in a browser is never asked: from there on a recording is left to the native run. */
const LEFT_OUT = [
  ["signed-in requests: the server's accounts are not the browser's", ({ request }) => request !== undefined && header(request, "authorization") !== undefined],
  ["changes an admin makes in the shop: a cart keeps the snapshot it was opened with", ({ admin }) => admin !== undefined],
];

/**
 * Replays a recording with one cart for each guest key; gives the steps that differ. `excused` is the conformance command's: what
 * the engine answers where the server has a defect is held there. `passed(request)` says why a step is sent but not compared.
 */
export async function replay({ name, vars, steps }, store, { clock, count, defects, left, unordered, excused, passed = () => undefined }) {
  const carts = new Map();
  const compared = comparer(excused);
  const differences = [];
  for (const [at, step] of steps.entries()) {
    const why = LEFT_OUT.find(([, applies]) => applies(step))?.[0];
    if (why) {
      const rest = steps.slice(at).filter(({ request }) => request).length;
      count.cut += 1;
      left.set(why, (left.get(why) ?? 0) + rest);
      break;
    }
    const { request, response } = step;
    const cartKey = sentKey(request) ?? response.headers?.["CoCart-API-Cart-Key"] ?? response.body?.cart_key ?? vars?.cart_key ?? `new${at}`;
    if (!carts.has(cartKey)) carts.set(cartKey, await createCart({ store, storage: "memory", storageKey: `${name} ${cartKey}`, profile: "v4.3", cartKey }));
    const time = response.headers?.["CoCart-Timestamp"];
    if (time) clock.now = Number(time) * 1000;
    const got = carts.get(cartKey).request(request.method, request.path.replace(/^\/wp-json/, ""), { query: new URLSearchParams(pairs(request.query)), body: request.raw_body ?? request.body, headers: request.headers });
    const defect = excused.defects[name][at];
    if (defect) {
      defects.set(defect, (defects.get(defect) ?? 0) + 1);
      continue;
    }
    const excuse = passed(request);
    if (excuse) {
      left.set(excuse, (left.get(excuse) ?? 0) + 1);
      continue;
    }
    count.steps += 1;
    const expected = document(response);
    let difference = compared.bodies("", expected, got.body ?? null);
    if (difference && unordered) {
      console.log(`${name}#${at} is compared without the order of its lines: ${difference.slice(0, 100)}…`);
      difference = compared.bodies("", expected, got.body, true);
    }
    difference ??= compared.bodies("status", response.status, got.status) ?? compared.headers(response.headers ?? {}, got.headers);
    if (difference) differences.push(`${name}#${at} ${difference}`);
    else count.equal += 1;
  }
  for (const cart of carts.values()) cart.close();
  return differences;
}

/** A JSONP answer is compared by the document inside the call. */
function document({ body, raw_body: raw }) {
  const wrapped = /^\/\*\*\/[\w.]+\((.*)\)$/s.exec(raw ?? "")?.[1];
  return wrapped ? JSON.parse(wrapped) : (body ?? null);
}

function header({ headers = {} }, name) {
  return Object.entries(headers).find(([own]) => own.toLowerCase() === name)?.[1];
}

/** The cart a request names: the header beats the query, a form's counts, a JSON body's not. */
function sentKey(request) {
  const form = typeof request.raw_body === "string" && /urlencoded/.test(header(request, "content-type") ?? "");
  const named = header(request, "cocart-api-cart-key") ?? new Map(pairs(request.query)).get("cart_key") ?? (form ? new URLSearchParams(request.raw_body).get("cart_key") : undefined);
  return named?.toLowerCase().replace(/[^a-z0-9_-]/g, "") || undefined;
}

function pairs(query) {
  return Array.isArray(query) ? query.map(([name, value]) => [name, String(value)]) : flatten("", query ?? {});
}

function flatten(prefix, value) {
  if (value === null || typeof value !== "object") return [[prefix, String(value)]];
  const inner = (key) => (prefix === "" ? key : Array.isArray(value) && prefix.endsWith("[]") ? prefix : `${prefix}[${key}]`);
  return Object.entries(value).flatMap(([key, one]) => flatten(inner(key), one));
}

/** Compares documents and headers but for what is excused: of that, presence and type. */
function comparer({ pointers, headers: how }) {
  const isExcused = new RegExp(`^(${pointers.map((pointer) => pointer.replaceAll("*", "[^/]*")).join("|")})$`);

  /** The first place where two documents differ, the order of keys included. */
  function bodies(at, expected, got, unordered = false) {
    if (unordered) {
      if (at in FROM_ORDER) return undefined;
      [expected, got] = [inOrder(expected), inOrder(got)];
    }
    if (kind(expected) === kind(got) && isExcused.test(at)) return undefined;
    if (kind(expected) !== kind(got) || typeof expected !== "object" || expected === null) {
      return Object.is(expected, got) || (expected === 0 && got === 0) ? undefined : `${at} expected ${shown(expected)} got ${shown(got)}`;
    }
    if (!Array.isArray(expected) && Object.keys(expected).join() !== Object.keys(got).join()) {
      return `${at} (keys) expected ${Object.keys(expected)} got ${Object.keys(got)}`;
    }
    if (expected.length !== got.length) return `${at} (length) expected ${expected.length} got ${got.length}`;
    for (const key of Object.keys(expected)) {
      const difference = bodies(`${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, expected[key], got[key], unordered);
      if (difference) return difference;
    }
    return undefined;
  }

  function headers(expected, got) {
    for (const [name, value] of Object.entries(expected)) {
      if (how[name] === "Server" || (how[name] === "Clock" && name in got)) continue;
      const difference = bodies(`header ${name}`, value, got[name]);
      if (difference) return difference;
    }
    return undefined;
  }

  return { bodies, headers };
}

/** Lines in the order of their keys, whether they stand in a list or in a map. */
function inOrder(value) {
  const [first] = Object.values(value ?? {});
  if (first?.item_key === undefined) return value;
  if (Array.isArray(value)) return value.toSorted((a, b) => (a.item_key < b.item_key ? -1 : 1));
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const kind = (value) => (Array.isArray(value) ? "list" : value === null ? "null" : typeof value);
const shown = (value) => JSON.stringify(value)?.slice(0, 300) ?? "nothing";
