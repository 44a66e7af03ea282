// A shop on localhost that answers its WooCommerce REST API (wc/v3) and CoCart's public routes as tests/golden recorded them:
// pages, keys, `_fields`, and on demand what shops do on a bad day.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export const KEY = "ck_0123456789abcdef0123456789abcdef01234567";
export const SECRET = "cs_fedcba9876543210fedcba9876543210fedcba98";
const ROOT = join(import.meta.dirname, "..", "..", "..");

/** What a folder of recordings says of its shop, as the shop's own state: change it at will. */
export function recordedShop(folder = "tests/golden", options = {}) {
  const read = (name) => JSON.parse(readFileSync(join(ROOT, folder, name), "utf8"));
  const [settings, catalog] = [read("settings.json"), read("catalog.json")];
  return {
    versions: settings.versions,
    groups: settings.settings,
    options: { ...Object.assign({}, ...Object.values(settings.settings)), ...settings.baseline_options, ...options },
    // no route of WooCommerce's tells these
    checkoutFields: settings.checkout_fields ?? {},
    taxClasses: settings.tax_classes,
    taxes: settings.tax_rates,
    zones: settings.shipping_zones,
    shippingClasses: settings.shipping_classes,
    coupons: settings.coupons,
    customers: settings.customers,
    products: settings.wc_products,
    variations: settings.wc_variations,
    symbols: settings.price_formats,
    store: settings.store_v2.body,
    // CoCart lists what visitors see
    cocartProducts: catalog.list.body.products,
    categories: catalog.categories.body,
    tags: catalog.tags.body,
    attributes: catalog.attributes.body,
    terms: { 1: catalog.attribute_terms.body },
  };
}

/**
 * Serves a shop. `fault` is asked at each request, and may take its time: `(request) => fault | undefined` with a fault of
 * `{status, headers?, body?}`, `{cut: true}`, `{hang: true}`, `{reset: true}` or `{text}`.
 */
export async function serve(shop, { fault = () => undefined, ignoresFields = false, withoutTotals = false, withoutCocart = false } = {}) {
  const asked = [];
  let running = 0;
  const stats = { most: 0 };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    const route = url.pathname.replace(/^\/wp-json\/?/, "");
    const query = Object.fromEntries(url.searchParams);
    asked.push({ route, query, authorization: request.headers.authorization });
    running += 1;
    stats.most = Math.max(stats.most, running);
    const trouble = await fault({ route, query, times: asked.filter((one) => one.route === route && one.query.page === query.page).length });
    // a moment in which others may come: what runs at a time can be counted
    await wait(1);
    running -= 1;
    if (trouble?.hang) return;
    if (trouble?.reset) return void request.socket.destroy();
    const answer = trouble?.status ? { body: {}, ...trouble } : answerTo(shop, route, query, request.headers.authorization, { ignoresFields, withoutCocart });
    const text = trouble?.text ?? JSON.stringify(answer.body);
    const headers = { "content-type": "application/json; charset=UTF-8", ...answer.headers };
    if (withoutTotals) for (const name of ["x-wp-total", "x-wp-totalpages"]) delete headers[name];
    if (trouble?.cut) {
      response.writeHead(200, { ...headers, "content-length": Buffer.byteLength(text) });
      response.write(text.slice(0, text.length / 2));
      return void setImmediate(() => request.socket.destroy());
    }
    response.writeHead(answer.status ?? 200, headers).end(text);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    stats,
    close: () => (server.closeAllConnections(), new Promise((done) => server.close(done))),
  };
}

const refusal = (status, code, message) => ({ status, body: { code, message, data: { status } } });
const NO_ROUTE = refusal(404, "rest_no_route", "No route was found matching the URL and request method.");

function answerTo(shop, route, query, authorization, { ignoresFields, withoutCocart }) {
  const [, namespace, path] = /^(wc\/v3|cocart\/v2)\/(.*)$/.exec(route) ?? [];
  if (route === "") return { body: { name: shop.store.title, description: shop.store.description, home: shop.store.home_url, gmt_offset: "0", timezone_string: "UTC" } };
  if (namespace === undefined || (withoutCocart && namespace === "cocart/v2")) return NO_ROUTE;
  if (namespace === "cocart/v2") return cocart(shop, path, query);
  if (authorization === undefined) return refusal(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
  const [key, secret] = Buffer.from(authorization.replace("Basic ", ""), "base64").toString().split(":");
  if (key !== KEY) return refusal(401, "woocommerce_rest_authentication_error", "Consumer key is invalid.");
  if (secret !== SECRET) return refusal(401, "woocommerce_rest_authentication_error", "Consumer secret is invalid.");
  const answer = woocommerce(shop, path.split("/"), query);
  const fields = ignoresFields ? undefined : query._fields?.split(",");
  const pick = (body) => (fields && body && !body.code ? Object.fromEntries(Object.entries(body).filter(([name]) => fields.includes(name))) : body);
  return { ...answer, body: Array.isArray(answer.body) ? answer.body.map(pick) : pick(answer.body) };
}

function cocart(shop, path, query) {
  if (path === "store") return { body: shop.store };
  if (path === "products/categories") return paged(shop.categories, query);
  if (path !== "products") return NO_ROUTE;
  const include = query.include?.split(",").map(Number);
  const { body, ...rest } = paged(shop.cocartProducts.filter(({ id }) => include?.includes(id) ?? true), query);
  return { ...rest, body: { products: body, categories: [], tags: [] } };
}

function woocommerce(shop, [first, second, third, fourth], query) {
  switch (first) {
    case "settings":
      return settings(shop, second);
    case "system_status":
      return { body: systemStatus(shop) };
    case "taxes":
      return second === "classes" ? { body: shop.taxClasses } : paged(shop.taxes, query);
    case "data":
      return { body: { code: third, name: third, symbol: entities(shop.symbols[third].symbol) } };
    case "coupons":
      return paged(shop.coupons.filter(({ code }) => query.code === undefined || code === query.code.toLowerCase()), query);
    case "shipping": {
      const zone = shop.zones.find(({ id }) => String(id) === third);
      if (third === undefined) return { body: shop.zones.map(({ locations, methods, ...zone }) => zone) };
      // as WooCommerce wraps a setting
      const wrap = (settings) => Object.fromEntries(Object.entries(settings).map(([id, value]) => [id, { id, label: id, type: "text", value }]));
      return { body: fourth === "methods" ? zone.methods.map((method) => ({ ...method, settings: wrap(method.settings) })) : zone.locations };
    }
    case "products":
      return products(shop, second, third, query, fourth);
    default:
      return NO_ROUTE;
  }
}

function products(shop, second, third, query) {
  switch (second) {
    case undefined:
      return paged(shop.products.filter(fits(query)).toSorted((a, b) => a.id - b.id), query);
    case "shipping_classes":
      return paged(shop.shippingClasses, query);
    case "categories":
      return paged(shop.categories, query);
    case "tags":
      return paged(shop.tags, query);
    case "attributes":
      return third === undefined ? { body: shop.attributes } : paged(shop.terms[third], query);
    default:
      return paged((shop.variations[second] ?? []).filter(fits(query)), query);
  }
}

function fits({ status, include, modified_after: after }) {
  const ids = include?.split(",").map(Number);
  return (product) =>
    (status === undefined || product.status === status) && (ids?.includes(product.id) ?? true) && (after === undefined || product.date_modified_gmt > after);
}

function paged(list, { per_page: size = 10, page = 1 }) {
  const body = list.slice((page - 1) * size, page * size);
  return { body, headers: { "x-wp-total": String(list.length), "x-wp-totalpages": String(Math.ceil(list.length / size)) } };
}

/** The recording has three groups; what an option of the shipping group holds was recorded by its name. */
function settings(shop, group) {
  const names = group === "shipping" ? Object.keys(shop.options).filter((name) => /^woocommerce_(ship|enable_shipping)/.test(name)) : Object.keys(shop.groups[group] ?? {});
  if (names.length === 0) return refusal(404, "rest_setting_setting_group_invalid", "Invalid setting group.");
  return { body: names.map((id) => ({ id, label: id, description: "", type: "text", default: "", value: shop.options[id], group_id: group })) };
}

function systemStatus({ versions }) {
  return {
    environment: { home_url: "{base}", version: versions.woocommerce, wp_version: versions.wordpress, php_version: versions.php, language: "en_US", secret: "SECRET-environment" },
    database: { database_prefix: "SECRET-database" },
    active_plugins: [
      { plugin: "woocommerce/woocommerce.php", name: "WooCommerce", version: versions.woocommerce },
      { plugin: "cart-rest-api-for-woocommerce/cart-rest-api-for-woocommerce.php", name: "CoCart", version: versions.cocart },
    ],
  };
}

const entities = (symbol) => [...symbol].map((character) => (/[A-Za-z.]/.test(character) ? character : `&#${character.codePointAt(0)};`)).join("");
