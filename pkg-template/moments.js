// When CoCart's filters and actions are run: around requests, and on documents that are shown. Loaded with the option `hooks`.
import { CartError } from "./errors.js";
import { DocumentFilters, productOf } from "./filters.js";
import { copy } from "./freeze.js";
import { Hooks, refusal } from "./hooks.js";
import { paramsOf, texts } from "./params.js";

/** Path below `/cocart/` → what each method does there. */
const ROUTES = [
  [/^v2\/cart\/items$/, { GET: "items" }],
  [/^v2\/cart\/add-item$/, { POST: "add" }],
  [/^v2\/cart\/add-items$/, { POST: "addMany" }],
  [/^v2\/cart\/item\/([^/]+)$/, { POST: "update", PUT: "restore", DELETE: "remove" }],
  [/^v2\/cart\/(?:clear|empty)$/, { POST: "clear" }],
  [/^v2\/cart\/items$/, { DELETE: "clear" }],
  [/^v2\/cart\/update$/, { POST: "callback" }],
  [/^v1\/get-cart$/, { GET: "get" }],
  [/^v1\/add-item$/, { POST: "add" }],
  [/^v1\/item$/, { POST: "update", GET: "restore", DELETE: "remove" }],
  [/^v1\/clear$/, { POST: "clear" }],
];
/** The parts of a cart's document by which it is known. */
const PARTS = ["cart_hash", "items", "totals", "customer", "notices", "shipping"];
/** Which names API versions give the parts of an item that is added. */
const NAMES = {
  v1: { id: "product_id", data: "cart_item_data" },
  v2: { id: "id", data: "item_data" },
};
/** Error code → the filter of its message. */
const MESSAGES = {
  cocart_invalid_product: "cocart_product_cannot_be_added_message",
  cocart_product_failed_validation: "cocart_product_failed_validation_message",
  cocart_product_sold_individually: "cocart_product_can_not_add_another_message",
  cocart_cannot_be_purchased: "cocart_product_cannot_be_purchased_message",
  cocart_product_out_of_stock: "cocart_product_is_out_of_stock_message",
  cocart_not_enough_in_stock: "cocart_product_not_enough_stock_message",
  cocart_cannot_add_to_cart: "cocart_product_cannot_add_to_cart_message",
  cocart_cannot_add_product_type_to_cart: "cocart_cannot_add_product_type_to_cart_message",
  cocart_invalid_variation_data: "cocart_invalid_variation_data_message",
  cocart_missing_variation_data: "cocart_missing_variation_data_message",
  cocart_product_does_not_exist: "cocart_product_does_not_exist_message",
  cocart_cart_item_key_required: "cocart_cart_item_key_required_message",
  cocart_item_not_in_cart: "cocart_item_not_in_cart_message",
  cocart_item_restored_to_cart: "cocart_item_restored_message",
  cocart_no_items: "cocart_no_items_message",
  cocart_no_items_in_cart: "cocart_no_items_in_cart_message",
  cocart_can_not_restore_item: "cocart_can_not_restore_item_message",
  cocart_can_not_update_item: "cocart_can_not_update_item_message",
  cocart_can_not_increase_quantity: "cocart_can_not_increase_quantity_message",
};
/** The actions that tell of lines; without a listener nobody looks at them. */
const LINE_ACTIONS = [
  "cocart_item_added_to_cart",
  "cocart_item_added_updated_in_cart",
  "cocart_after_item_added_to_cart",
  "cocart_after_items_added_to_cart",
  "cocart_item_quantity_changed",
  "cocart_item_removed",
  "cocart_item_restored",
];

/** A cart's requests and answers with hooks at work: CoCart's moments, in its order. */
export class Moments {
  hooks;
  #cart;
  #filters;
  #profile;
  #snapshot;
  #lookUp;
  #writes = 0;
  /** The cart's lines, while nobody else changed them: writing a whole cart down is what costs. */
  #known;
  #asking = 0;
  #changes = 0;
  /** The item that is being judged, one of several perhaps. */
  #added;

  /** `snapshot()` is the engine's cart before any filter, `lookUp(id)` a product's document. */
  constructor({ cart, tell, profile, snapshot, lookUp }) {
    this.hooks = new Hooks(tell);
    this.#filters = new DocumentFilters(this.hooks, cart);
    this.#cart = cart;
    this.#profile = profile;
    this.#snapshot = snapshot;
    this.#lookUp = lookUp;
  }

  /** The cart as it is shown, and what of it is an estimate. */
  show(document, confirmed) {
    return this.#filters.cart(document, confirmed);
  }

  /** The cart changed; by our own request or somebody else's. */
  changed() {
    this.#changes += 1;
    if (this.#asking === 0) this.#known = undefined;
  }

  /** Asks the engine with a request's own moments around it; `ask(body)` is one answer. */
  respond(asked, ask) {
    const route = routeOf(asked);
    if (!route) return this.#answer(this.#ask(ask, asked.body), {});
    const request = Object.freeze(paramsOf(asked));
    const refused = (error) =>
      this.#answer({ status: error.status, headers: {}, body: Object.freeze(error.toJSON()) }, route, this.#added ?? request);
    let { body } = asked;
    this.#added = undefined;
    try {
      body = this.#before(route, request, body);
    } catch (error) {
      if (error instanceof CartError) return refused(error);
      throw error;
    }
    const watched = LINE_ACTIONS.some((name) => this.hooks.has(name));
    const before = watched ? this.#lines() : new Map();
    if (route.name === "clear") this.hooks.run("cocart_before_cart_emptied");
    const answer = this.#ask(ask, body);
    if (answer.status >= 400) return this.#answer(answer, route, request);
    if (route.name === "get") this.hooks.run("cocart_get_cart", answer.body);
    if (!route.writes) return this.#answer(answer, route, request);
    const mine = (this.#writes += 1);
    this.#after(route, request, before, watched);
    // a listener changed the cart: the answer shows it, as the server's would
    const isOvertaken = this.#writes !== mine && hasHash(answer.body);
    const newest = isOvertaken ? copy(this.#snapshot(), { notices: answer.body.notices }) : answer.body;
    return this.#answer({ ...answer, body: newest }, route, request);
  }

  #lines() {
    return (this.#known ??= linesOf(this.#snapshot()));
  }

  #ask(ask, body) {
    const changes = this.#changes;
    this.#asking += 1;
    try {
      const answer = ask(body);
      const isWhole = answer.status < 400 && hasHash(answer.body) && answer.body.items !== undefined;
      // a refusal may have done a part; more than one change is not ours alone
      this.#known = isWhole && this.#changes - changes <= 1 ? linesOf(answer.body) : undefined;
      return answer;
    } finally {
      this.#asking -= 1;
    }
  }

  #answer(answer, route, request) {
    const { status, body } = answer;
    if (status >= 400) {
      const name = MESSAGES[body?.code];
      if (!name || !this.hooks.has(name)) return answer;
      const message = this.hooks.apply(name, body.message, this.#productOf(route, request));
      return { ...answer, body: Object.freeze({ ...body, message: String(message) }) };
    }
    if (isCart(body)) return { ...answer, body: this.#filters.cart(body, false, request).document };
    return { ...answer, body: this.#filters.other(body, route, request) };
  }

  /** The body that validation and the filters of adding leave; a refusal is thrown. */
  #before(route, request, body) {
    const { name, version } = route;
    if (name === "add") return this.#addition(version, request, body);
    if (name === "addMany" && Array.isArray(request.items)) {
      const items = request.items.map((item) => this.#addition(version, item, item));
      return items.every((item, at) => item === request.items[at]) ? body : { ...request, items };
    }
    if (name === "addMany" && request.quantity !== null && typeof request.quantity === "object") {
      const each = Object.entries(request.quantity).map(([id, quantity]) => {
        const item = { id, quantity };
        return [id, this.#addition(version, item, item).quantity];
      });
      const same = each.every(([id, quantity]) => quantity === request.quantity[id]);
      return same ? body : { ...request, quantity: Object.fromEntries(each) };
    }
    if (name === "update" && this.hooks.has("cocart_update_cart_validation")) {
      const key = route.key ?? request.cart_item_key;
      this.#validateUpdate(key, request.quantity);
    }
    if (name === "callback") return this.#callback(request, body);
    return body;
  }

  #callback(request, body) {
    const { hooks } = this;
    hooks.run("cocart_update_cart_before_totals", request, this.#cart);
    if (request.namespace === "update-cart" && hooks.has("cocart_update_cart_validation")) {
      for (const [key, quantity] of Object.entries(request.quantity ?? {})) this.#validateUpdate(key, quantity);
    }
    if (request.namespace === "update-customer" && hooks.has("cocart_update_customer_fields")) {
      const { namespace, ...fields } = request;
      const next = hooks.apply("cocart_update_customer_fields", fields, request, Object.keys(fields));
      return next === fields ? body : { ...next, namespace };
    }
    return body;
  }

  #validateUpdate(key, quantity) {
    const item = this.#lines().get(key);
    const verdict = this.hooks.apply("cocart_update_cart_validation", true, key, item, Number(quantity));
    const error = refusal(
      verdict,
      { code: "cocart_can_not_update_item", message: "Unable to update item quantity in cart." },
      403,
    );
    if (error) throw error;
  }

  /** CoCart's order: limits, validation, item data, quantity, price. */
  #addition(version, request, body) {
    const { hooks } = this;
    this.#added = request;
    const { id, data } = NAMES[version];
    const product = this.#productOf({ version }, request);
    const [productId, variationId] = product?.parent_id
      ? [product.parent_id, product.id]
      : [product?.id ?? request[id], request.variation_id ?? 0];
    const variation = request.variation ?? {};
    const changed = {};
    let quantity = Number(request.quantity ?? 1);
    let itemData = request[data] ?? {};
    const amount = (message) =>
      new CartError({ code: "cocart_quantity_invalid_amount", message, data: { status: 405 } }, 405);
    const least = hooks.apply("cocart_quantity_minimum_requirement", 1, product);
    if (least > 1 && quantity < least) throw amount(`Quantity must be a minimum of ${least}.`);
    const most = hooks.apply("cocart_quantity_maximum_allowed", "", product);
    if (most > 0 && quantity > most) throw amount(`Quantity must be ${most} or lower.`);
    if (version === "v1") {
      const message = () =>
        hooks.apply("cocart_ok_to_add_response", "", product, productId, quantity) ||
        "This item can not be added to the cart.";
      const ok = hooks.apply("cocart_ok_to_add", true, product, productId, quantity);
      const error = refusal(ok, { code: "cocart_not_ok_to_add_item", message: ok === false ? message() : "" }, 403);
      if (error) throw error;
    }
    const verdict = hooks.apply(
      "cocart_add_to_cart_validation",
      ...[true, productId, quantity, variationId, variation, itemData, product?.type, request],
    );
    const error = refusal(
      verdict,
      { code: "cocart_product_failed_validation", message: "Product did not pass validation!" },
      version === "v1" ? 404 : 400,
    );
    if (error) throw error;
    const filteredData = hooks.apply(
      "cocart_add_cart_item_data",
      ...[itemData, productId, variationId, quantity, product?.type, request],
    );
    if (filteredData !== itemData) changed[data] = itemData = filteredData;
    const wanted = hooks.apply(
      "cocart_add_to_cart_quantity",
      ...[quantity, productId, variationId, variation, itemData, request],
    );
    if (wanted !== quantity) changed.quantity = quantity = wanted;
    if (request.price !== undefined && !hooks.apply("cocart_does_product_allow_price_change", true, request, request)) {
      changed.price = "";
    }
    if (Object.keys(changed).length === 0) return body;
    return texts({ ...request, ...changed }, ["quantity"]);
  }

  #after(route, request, before, watched) {
    const { hooks } = this;
    const cart = this.#cart;
    if (watched) this.#tellOfLines(route, request, before, this.#lines());
    if (route.name === "clear") {
      hooks.run("cocart_cart_emptied");
      hooks.run("cocart_cart_cleared");
    }
    if (route.name === "callback") hooks.run("cocart_update_cart_after_totals", request, cart);
    if (hooks.has("cocart_after_session_saved_data")) {
      const shown = this.#snapshot();
      hooks.run("cocart_after_session_saved_data", shown.cart_key, shown, undefined, "cocart");
    }
  }

  #tellOfLines({ name, version }, request, before, after) {
    const { hooks } = this;
    const grown = [...after.values()].filter((item) => quantityOf(item) > quantityOf(before.get(item.item_key)));
    if (name === "add" || name === "addMany") {
      for (const item of grown) {
        const key = item.item_key;
        // 4.3 tells of every one as if it were new
        if (!before.has(key) || this.#profile === "v4.3") {
          hooks.run("cocart_item_added_to_cart", key, item, ...(version === "v1" ? [] : [request]));
        } else {
          hooks.run("cocart_item_added_updated_in_cart", key, item, quantityOf(item), request);
        }
      }
      if (version === "v1" || grown.length === 0) return;
      const type = grown[0].meta?.product_type;
      if (name === "add") hooks.run("cocart_after_item_added_to_cart", grown[0], request, type, this.#cart);
      else {
        const items = Object.fromEntries(grown.map((item) => [item.item_key, item]));
        hooks.run("cocart_after_items_added_to_cart", items, request, "grouped", this.#cart);
      }
      return;
    }
    if (name === "restore") {
      for (const item of grown) hooks.run("cocart_item_restored", item);
    } else if (name === "remove" || name === "update" || name === "callback") {
      for (const [key, item] of before) {
        const now = after.get(key);
        if (!now) hooks.run("cocart_item_removed", item);
        else if (quantityOf(now) !== quantityOf(item)) hooks.run("cocart_item_quantity_changed", key, item, now);
      }
    }
  }

  /** The product of what is added, or of the line that is meant: as far as it is known here. */
  #productOf({ version = "v2", key }, request) {
    const id = request?.variation_id || request?.[NAMES[version]?.id ?? "id"];
    if (id !== undefined) return this.#lookUp(id) ?? this.#inCart(id);
    const item = this.#lines().get(key ?? request?.cart_item_key);
    return item && productOf(item);
  }

  #inCart(id) {
    const wanted = String(id).trim();
    const item = [...this.#lines().values()].find((own) => String(own.id) === wanted);
    return item ? productOf(item) : /^\d+$/.test(wanted) ? { id: Number(wanted) } : { sku: wanted };
  }
}

function routeOf({ method, path, list }) {
  const below = path.replace(/^\/cocart\//, "").replace(/\/+$/, "");
  const asked = list?.find(([name]) => name === "_method")?.[1] ?? method;
  for (const [pattern, methods] of ROUTES) {
    const match = pattern.exec(below);
    const name = match && methods[asked.toUpperCase()];
    if (name) {
      return { name, version: below.slice(0, 2), key: match[1] && decoded(match[1]), writes: name !== "get" && name !== "items" };
    }
  }
  return undefined;
}

/** Asked for without being read: a hash costs more than all the rest. */
function hasHash(body) {
  return body !== null && typeof body === "object" && "cart_hash" in body;
}

/** A cart's document, or the parts of one that `fields` asked for. */
function isCart(body) {
  if (body === null || typeof body !== "object" || "item_key" in body) return false;
  return PARTS.some((name) => name in body);
}

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function linesOf(document) {
  return new Map(Object.values(document?.items ?? {}).map((item) => [item.item_key, item]));
}

function quantityOf(item) {
  return item?.quantity?.value ?? 0;
}
