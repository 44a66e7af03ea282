// Which filters of CoCart's change which field of a document. Loaded with the option `hooks`.
import { copy, freeze } from "./freeze.js";

/** The figures that are the server's to say: of the cart, and of an item. */
const FIGURES = ["item_count", "coupons", "shipping", "fees", "taxes", "totals"];
const ITEM_FIGURES = ["price", "regular_price", "quantity", "totals"];
/** What stands beside them for people to read. */
const TEXTS = new Set(["saving_html", "package_name", "package_details", "label", "html"]);

/** Filters of an item's own fields: `(value, product, item, item_key)` and so on, as CoCart has them. */
const ITEM = {
  name: ["cocart_cart_item_name", (product, item, key) => [product, item, key]],
  title: ["cocart_cart_item_title", (product, item, key) => [product, item, key]],
  price: ["cocart_cart_item_price", (product, item, key) => [item, key, product]],
  backorders: ["cocart_cart_item_backorder_notification", (product) => [product.id]],
  featured_image: ["cocart_item_thumbnail_src", (_, item, key, removed) => [item, key, removed]],
};
const TOTALS = ["subtotal", "subtotal_tax", "total", "tax"];
const LIMITS = [
  ["cocart_quantity_minimum_requirement", ["min_purchase", "minimum"]],
  ["cocart_quantity_maximum_allowed", ["max_purchase", "maximum"]],
];
const V1_ITEM = { product_name: "cocart_product_name", product_title: "cocart_product_title" };

/** Documents as the filters of cart reading make them; the same document gives the same one again. */
export class DocumentFilters {
  #hooks;
  #cart;
  #version = -1;
  #items;
  #carts;

  constructor(hooks, cart) {
    this.#hooks = hooks;
    this.#cart = cart;
  }

  /**
   * A whole cart, with the JSON pointers to what filters say otherwise than the engine. The
   * server's own word (`confirmed`) keeps its figures: its filters have been at work on them.
   */
  cart(document, confirmed, request) {
    this.#renew();
    const known = this.#carts[confirmed ? 1 : 0];
    let shown = known.get(document);
    if (!shown) {
      shown = { document, estimated: [] };
      try {
        const next = this.#cartOf(document, request);
        if (confirmed) shown = { document: freeze(reinstated(document, next)), estimated: [] };
        else shown = { document: freeze(next), estimated: differences(document, next) };
      } catch (error) {
        // what listeners returned cannot be made a document
        this.#hooks.failed("cocart_cart", error);
      }
      known.set(document, shown);
    }
    return shown;
  }

  /** What any other route answers. */
  other(body, { version, name }, request) {
    const hooks = this.#hooks;
    if (version === "v1") {
      if (name === "get") return freeze(this.#v1Cart(body));
      if (name === "add" && body?.key) {
        let item = { ...body };
        for (const field of Object.keys(V1_ITEM)) {
          if (field in item) item[field] = hooks.apply(V1_ITEM[field].replace("cocart_", "cocart_item_added_"), item[field], {}, item.key);
        }
        return freeze(hooks.apply("cocart_item_added", item, item.key));
      }
      return body;
    }
    if (body?.item_key) return freeze(this.#item(body, false));
    if (name === "items" && typeof body === "object") {
      return freeze(Object.fromEntries(Object.entries(body).map(([key, item]) => [key, this.#item(item, false)])));
    }
    if (name === "update" && typeof body?.message === "string" && "quantity" in body) {
      return freeze(hooks.apply("cocart_update_item", body, request?.item, body.quantity, request?.product));
    }
    return body;
  }

  #renew() {
    if (this.#version === this.#hooks.version) return;
    this.#version = this.#hooks.version;
    this.#items = [new WeakMap(), new WeakMap()];
    this.#carts = [new WeakMap(), new WeakMap()];
  }

  #cartOf(document, request) {
    const hooks = this.#hooks;
    const next = copy(document);
    const change = (name, make) => {
      if (next[name] !== undefined) next[name] = make(next[name]);
    };
    change("items", (items) => this.#itemsOf(items));
    change("removed_items", (items) => each(items, (item) => this.#item(item, true)));
    change("coupons", (coupons) =>
      each(coupons, (coupon) => {
        const html = hooks.apply("cocart_coupon_discount_amount_html", coupon.saving_html, coupon);
        return html === coupon.saving_html ? coupon : { ...coupon, saving_html: html };
      }),
    );
    if (hooks.has("cocart_shipping_package_name")) {
      change("shipping", (shipping) => ({
        ...shipping,
        packages: each(shipping.packages ?? {}, (pack, id) => ({
          ...pack,
          package_name: hooks.apply("cocart_shipping_package_name", pack.package_name, pack.index ?? id, pack, this.#cart),
        })),
      }));
    }
    change("cross_sells", (list) => hooks.apply("cocart_cross_sells", list));
    if (hooks.has("cocart_notice_types")) {
      change("notices", (notices) => {
        const kinds = hooks.apply("cocart_notice_types", ["error", "success", "notice", "info"]);
        return Object.fromEntries(kinds.filter((kind) => notices[kind]).map((kind) => [kind, notices[kind]]));
      });
    }
    const same = Object.keys(next).every((name) => name === "cart_hash" || next[name] === document[name]);
    const unfiltered = same ? document : next;
    const isEmpty = Object.keys(document.items ?? []).length === 0 && !(document.item_count > 0);
    // parts that say nothing of items are a cart's that has some
    const isKnown = document.items !== undefined || document.item_count !== undefined;
    const name = isEmpty && isKnown ? "cocart_empty_cart" : "cocart_cart";
    const answer = hooks.apply(name, unfiltered, request ?? {}, this.#cart);
    return isObject(answer) ? answer : unfiltered;
  }

  #itemsOf(items) {
    const filtered = each(items, (item) => this.#item(item, false));
    if (!this.#hooks.has("cocart_cart_items")) return filtered;
    let keyed = {};
    for (const item of Object.values(filtered)) {
      keyed[item.item_key] = item;
      const next = this.#hooks.apply("cocart_cart_items", keyed, item.item_key, item, productOf(item));
      if (isObject(next)) keyed = next;
    }
    return Array.isArray(items) ? Object.values(keyed) : keyed;
  }

  #item(item, removed) {
    this.#renew();
    const known = this.#items[removed ? 1 : 0];
    let next = known.get(item);
    if (!next) {
      next = freeze(this.#itemOf(item, removed));
      known.set(item, next);
    }
    return next;
  }

  #itemOf(item, removed) {
    const hooks = this.#hooks;
    const { item_key: key } = item;
    const product = productOf(item);
    const changed = {};
    const put = (name, value) => {
      if (value !== item[name]) changed[name] = value;
    };
    for (const [field, [name, context]] of Object.entries(ITEM)) {
      if (field in item) put(field, hooks.apply(name, item[field], ...context(product, item, key, removed)));
    }
    if (!removed && isObject(item.quantity)) {
      const quantity = { ...item.quantity };
      quantity.value = hooks.apply("cocart_cart_item_quantity", quantity.value, key, item, product);
      for (const [name, fields] of LIMITS) {
        for (const field of fields) {
          if (field in quantity) quantity[field] = hooks.apply(name, quantity[field], product);
        }
      }
      if (Object.keys(quantity).some((field) => quantity[field] !== item.quantity[field])) put("quantity", quantity);
    }
    if (isObject(item.totals)) {
      const totals = { ...item.totals };
      for (const field of TOTALS) {
        const name = `cocart_cart_item_${field}`;
        if (field in totals) totals[field] = hooks.apply(name, totals[field], item, key);
      }
      if (TOTALS.some((field) => totals[field] !== item.totals[field])) put("totals", totals);
    }
    if (isObject(item.cart_item_data) && Object.keys(item.cart_item_data).length > 0) {
      put("cart_item_data", hooks.apply("cocart_cart_item_data", item.cart_item_data, key, product));
    }
    if (!removed && hooks.has("cocart_cart_item_extensions")) {
      put("extensions", hooks.apply("cocart_cart_item_extensions", item.extensions ?? {}, item, key, product));
    }
    return Object.keys(changed).length > 0 ? { ...item, ...changed } : item;
  }

  #v1Cart(contents) {
    const hooks = this.#hooks;
    // 4.3 says in words that it has nothing to say, unless a filter has
    if (typeof contents === "string" || Object.keys(contents ?? {}).length === 0) {
      const none = hooks.apply("cocart_return_empty_cart", []);
      return isObject(none) && Object.keys(none).length > 0 ? none : contents;
    }
    let next = {};
    for (const [key, item] of Object.entries(contents)) {
      const line = { ...item };
      const product = { id: item.variation_id || item.product_id, name: item.product_name };
      for (const [field, name] of Object.entries(V1_ITEM)) {
        if (field in line) line[field] = hooks.apply(name, line[field], product, item, key);
      }
      if ("product_image" in line) {
        line.product_image = hooks.apply("cocart_item_thumbnail_src", line.product_image, item, key, false);
      }
      next = hooks.apply("cocart_cart_contents", { ...next, [key]: line }, key, item, product);
    }
    return hooks.apply("cocart_return_cart_contents", next);
  }
}

/** What an item's document says of its product. */
export function productOf({ id, name, slug, meta }) {
  return { id, name, slug, sku: meta?.sku, type: meta?.product_type };
}

/** A list or a map with every entry made anew; the very same one where none changed. */
function each(entries, make) {
  let changed = false;
  const renew = (entry, at) => {
    const next = make(entry, at);
    changed ||= next !== entry;
    return next;
  };
  const next = Array.isArray(entries)
    ? entries.map(renew)
    : Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, renew(entry, name)]));
  return changed ? next : entries;
}

/** The server's figures put back into what filters made of its document. */
function reinstated(document, next) {
  if (next === document) return next;
  const whole = copy(next);
  for (const name of FIGURES) if (!equal(document[name], next[name])) whole[name] = document[name];
  if (isObject(next.items)) {
    const own = byKey(document.items);
    whole.items = each(next.items, (item) => {
      const source = own.get(item?.item_key);
      if (!source || source === item) return item;
      const figures = ITEM_FIGURES.filter((name) => name in source && source[name] !== item[name]);
      return figures.length > 0 ? { ...item, ...Object.fromEntries(figures.map((name) => [name, source[name]])) } : item;
    });
  }
  return whole;
}

/** JSON pointers to the figures that are not the engine's any more. */
function differences(document, next) {
  if (next === document) return [];
  const pointers = FIGURES.filter((name) => !equal(document[name], next[name])).map((name) => `/${name}`);
  const before = byKey(document.items);
  const after = byKey(next.items);
  for (const [key, item] of after) {
    const source = before.get(key);
    if (!source) pointers.push(`/items/${key}`);
    else for (const name of ITEM_FIGURES) if (!equal(source[name], item[name])) pointers.push(`/items/${key}/${name}`);
  }
  return pointers;
}

function byKey(items) {
  return new Map(Object.values(items ?? {}).map((item) => [item?.item_key, item]));
}

function equal(a, b) {
  return a === b || JSON.stringify(a, figure) === JSON.stringify(b, figure);
}

function figure(name, value) {
  return TEXTS.has(name) ? undefined : value;
}

function isObject(value) {
  return value !== null && typeof value === "object";
}
