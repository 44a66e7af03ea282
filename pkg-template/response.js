// Reading CoCart's documents whatever shape a shop's version gives them: PHP writes an empty map as `[]`, and lines are a list in
// some versions and a map in others. Pure functions; nothing of the engine is needed for them.

const isMap = (value) => value !== null && typeof value === "object";
const none = (value) => value === undefined || value === null;

/**
 * What stands at `totals.total` or `items.0.name`. A line is found by its place or its item key, whether lines are a list or a map.
 */
export function get(document, path, fallback) {
  const value = String(path).split(".").reduce(step, document);
  return value === undefined ? fallback : value;
}

/** Whether something stands there; `null` counts. */
export function has(document, path) {
  return get(document, path) !== undefined;
}

function step(value, name) {
  if (!isMap(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  if (Array.isArray(value)) return value.find((entry) => isMap(entry) && (entry.item_key ?? entry.key) === name);
  // a place in a map of things that have keys
  const entries = /^\d+$/.test(name) ? Object.values(value) : [];
  return entries.every(isMap) ? entries[Number(name)] : undefined;
}

/** A list of what is a list, a map or neither. */
function listOf(value) {
  return Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
}

/** The lines of a cart, or of what `cart.items()` and API v1 answer. */
export function items(document) {
  if (isMap(document) && Object.hasOwn(document, "items")) return listOf(document.items);
  const lines = listOf(document);
  return lines.every((line) => isMap(line) && (Object.hasOwn(line, "item_key") || Object.hasOwn(line, "key"))) ? lines : [];
}

/** The line of this key. */
export function item(document, itemKey) {
  return items(document).find((line) => (line.item_key ?? line.key) === itemKey);
}

/** How many of a line, and how many there may be: `maximum` is `Infinity` without a limit. */
export function quantity(line) {
  const told = line?.quantity;
  if (!isMap(told)) return { value: Number(told ?? 0), minimum: 1, maximum: Infinity };
  const maximum = Number(told.maximum ?? told.max_purchase ?? -1);
  return { value: Number(told.value ?? 0), minimum: Number(told.minimum ?? told.min_purchase ?? 1), maximum: maximum < 0 ? Infinity : maximum };
}

/** The sum of the quantities. */
export function itemCount(document) {
  if (!none(document?.item_count)) return Number(document.item_count);
  return items(document).reduce((sum, line) => sum + quantity(line).value, 0);
}

export function hasItems(document) {
  return items(document).length > 0;
}

export function isEmpty(document) {
  return !hasItems(document);
}

export function totals(document) {
  return document?.totals ?? {};
}

export function currency(document) {
  return document?.currency;
}

/** `{ billing_address, shipping_address }` */
export function customer(document) {
  return document?.customer ?? {};
}

export function coupons(document) {
  return listOf(document?.coupons);
}

export function fees(document) {
  return listOf(document?.fees);
}

/** Taxes by rate; a single one is told without a list by some versions. */
export function taxes(document) {
  const told = document?.taxes;
  const isOne = isMap(told) && !Array.isArray(told) && !Object.values(told).some(isMap) && Object.keys(told).length > 0;
  return isOne ? [told] : listOf(told);
}

export function crossSells(document) {
  return listOf(document?.cross_sells);
}

export function removedItems(document) {
  return listOf(document?.removed_items);
}

/** The rates of all packages, each with its package's number. */
export function shippingRates(document) {
  const rates = (parcel, at) => listOf(parcel.rates).map((rate) => ({ package: parcel.index ?? at, ...rate }));
  return listOf(document?.shipping?.packages).flatMap(rates);
}

/** `[{ kind, text }]` */
export function notices(document) {
  const told = document?.notices;
  if (!isMap(told) || Array.isArray(told)) return [];
  return Object.entries(told).flatMap(([kind, list]) => listOf(list).map((text) => ({ kind, text })));
}

/** The first error of either envelope: `{ code, message, status }`; undefined of what is none. */
export function error(document) {
  const first = Array.isArray(document?.data) ? document.data[0] : document;
  if (typeof first?.code !== "string") return undefined;
  return { code: first.code, message: String(first.message ?? ""), status: document.data?.status ?? first.data?.status };
}

/**
 * An answer with the official SDK's way of asking it: of `cart.request`, of a `fetch` (awaited), or a document alone.
 */
export function response(answer) {
  if (typeof answer?.text !== "function") return new CartAnswer(answer);
  return answer.text().then((text) => {
    // what is no JSON is an error, and not an empty cart
    const body = text === "" ? undefined : JSON.parse(text);
    return new CartAnswer({ status: answer.status, headers: answer.headers, body });
  });
}

class CartAnswer {
  #headers;

  constructor(answer) {
    const isAnswer = isMap(answer) && typeof answer.status === "number" && Object.hasOwn(answer, "body");
    const { status, headers, body } = isAnswer ? answer : { status: 200, headers: {}, body: answer };
    this.status = status;
    this.body = body;
    this.#headers = new Headers(headers ?? {});
  }

  toObject = () => this.body;
  toJson = (pretty = false) => JSON.stringify(this.body, undefined, pretty ? 2 : undefined);
  isSuccessful = () => this.status >= 200 && this.status < 300;
  isError = () => this.status >= 400;
  isNotModified = () => this.status === 304;
  get = (path, fallback) => get(this.body, path, fallback);
  has = (path) => has(this.body, path);
  getHeader = (name) => this.#headers.get(name);
  getCartKey = () => this.body?.cart_key ?? this.getHeader("Cart-Key") ?? this.getHeader("CoCart-API-Cart-Key");
  getCartHash = () => this.body?.cart_hash ?? null;
  getItems = () => items(this.body);
  getItemCount = () => itemCount(this.body);
  hasItems = () => hasItems(this.body);
  isEmpty = () => isEmpty(this.body);
  getTotals = () => totals(this.body);
  getCurrency = () => currency(this.body);
  getCustomer = () => customer(this.body);
  getCoupons = () => coupons(this.body);
  hasCoupons = () => coupons(this.body).length > 0;
  getShippingMethods = () => shippingRates(this.body);
  getFees = () => fees(this.body);
  getCrossSells = () => crossSells(this.body);
  getNotices = () => notices(this.body);
  getTotalResults = () => this.#number("X-WP-Total", this.body?.total_products);
  getTotalPages = () => this.#number("X-WP-TotalPages", this.body?.total_pages);
  getETag = () => this.getHeader("ETag");
  getCacheStatus = () => this.getHeader("CoCart-Cache");
  getErrorCode = () => error(this.body)?.code ?? null;
  getErrorMessage = () => error(this.body)?.message ?? null;

  #number(header, told) {
    const value = this.getHeader(header) ?? told;
    return none(value) ? null : Number(value);
  }
}
