// What WooCommerce's REST API (wc/v3) tells of a shop, in the form the importer takes. Only the fields that a snapshot needs
// are asked for: what was never sent cannot get out.
import { ShopError } from "./client.js";

const PRICED =
  "id,permalink,status,sku,price,regular_price,sale_price,date_on_sale_from_gmt,date_on_sale_to_gmt,tax_status,tax_class," +
  "manage_stock,stock_quantity,stock_status,backorders,low_stock_amount,weight,dimensions,shipping_class,virtual,attributes,menu_order";
const PRODUCT = `${PRICED},name,slug,type,catalog_visibility,sold_individually,average_rating,cross_sell_ids,categories,images,variations,post_password`;
const VARIATION = `${PRICED},image`;
/** What pages show, of products and variations. */
const SHOWN = "date_created,date_created_gmt,date_modified,date_modified_gmt,downloadable,description";
const PAGE = `${SHOWN},featured,short_description,total_sales,external_url,button_text,reviews_allowed,rating_count,upsell_ids,tags,default_attributes,grouped_products`;
/** What changes without an edit, and what tells that a product is gone. */
const BRIEF = "id,price,manage_stock,stock_quantity,stock_status,low_stock_amount,average_rating,categories,shipping_class,cross_sell_ids,variations";
const BRIEF_PAGE = "rating_count,total_sales,tags,upsell_ids,grouped_products";
const COUPON =
  "id,code,amount,status,discount_type,date_expires_gmt,usage_count,usage_limit,usage_limit_per_user,limit_usage_to_x_items,individual_use,free_shipping," +
  "product_ids,excluded_product_ids,product_categories,excluded_product_categories,exclude_sale_items,minimum_amount,maximum_amount,email_restrictions";

const API = "wc/v3";
const PUBLISHED = { status: "publish", orderby: "id", order: "asc" };

/** Everything but products. */
export async function readShop(client, { coupons, fees, callbacks, options, versions }, progress) {
  const list = (what, route, query) => client.all(`${API}/${route}`, query, { onPage: (done, total) => progress.step(what, done, total) });
  const get = async (route) => (await client.get(`${API}/${route}`)).body;
  const groups = Promise.all(["general", "products", "tax", "shipping"].map((group) => settingsOf(client, group)));
  // the first answer tells whether the keys are good; nothing else is asked before
  const told = Object.assign({}, ...(await groups));
  progress.step("settings", Object.keys(told).length);
  const [environment, classes, rates, zones, shippingClasses, categories, attributes] = await Promise.all([
    systemStatus(client, progress),
    get("taxes/classes"),
    list("tax rates", "taxes"),
    readZones(get),
    list("shipping classes", "products/shipping_classes"),
    list("categories", "products/categories"),
    get("products/attributes"),
  ]);
  const [terms, currencies, found] = await Promise.all([
    Promise.all(attributes.map(async ({ id }) => [id, await client.all(`${API}/products/attributes/${id}/terms`)])),
    currency(get, told.woocommerce_currency),
    readCoupons(client, coupons, progress),
  ]);
  progress.step("shipping zones", zones.length);
  const all = { ...told, ...options };
  return {
    versions: { ...environment.versions, ...versions },
    language: environment.language,
    sources: {
      options: all,
      tax_classes: classes,
      tax_rates: rates,
      shipping_zones: zones,
      shipping_classes: shippingClasses,
      coupons: found,
      categories,
      attributes,
      attribute_terms: Object.fromEntries(terms),
      currencies,
      fees,
      callbacks,
      checkout_fields: Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith("woocommerce_checkout_"))),
    },
  };
}

async function settingsOf(client, group) {
  try {
    const { body } = await client.get(`${API}/settings/${group}`, { _fields: "id,value" });
    return Object.fromEntries(body.map(({ id, value }) => [id, value]));
  } catch (error) {
    // not every version has every group
    if (error instanceof ShopError && error.status === 404 && group === "shipping") return {};
    throw error;
  }
}

/** The versions that rules depend on. The rest of the status is not asked for, and not kept where it comes anyway. */
async function systemStatus(client, progress) {
  try {
    const { body } = await client.get(`${API}/system_status`, { _fields: "environment,active_plugins" });
    const { version, wp_version: wordpress, php_version: php, language } = body.environment ?? {};
    const cocart = body.active_plugins?.find(({ plugin = "" }) => /^(cart-rest-api-for-woocommerce|cocart-core|cocart)\//.test(plugin))?.version;
    return { versions: defined({ woocommerce: version, wordpress, php, cocart }), language: language?.replace("_", "-") };
  } catch (error) {
    progress.warn(`the shop does not tell its versions; the newest are assumed (--assume). ${error.message}`);
    return { versions: {} };
  }
}

async function currency(get, code) {
  const { symbol } = await get(code ? `data/currencies/${code}` : "data/currencies/current");
  return { [code ?? "USD"]: { symbol } };
}

async function readZones(get) {
  const zones = await get("shipping/zones");
  return Promise.all(
    zones.map(async (zone) => {
      const [locations, methods] = await Promise.all([get(`shipping/zones/${zone.id}/locations`), get(`shipping/zones/${zone.id}/methods`)]);
      return { ...zone, locations, methods };
    }),
  );
}

/** Each coupon of the allow-list by its code: the others are never asked for. */
async function readCoupons(client, coupons, progress) {
  const found = await Promise.all(
    coupons.map(async ({ code }) => {
      const { body } = await client.get(`${API}/coupons`, { code, _fields: COUPON });
      const own = body.find((coupon) => coupon.code?.toLowerCase() === code.toLowerCase());
      if (!own) progress.warn(`there is no coupon "${code}" in the shop`);
      return own;
    }),
  );
  return found.filter(Boolean);
}

/** What only product pages need. */
export async function readTags(client, progress) {
  return client.all(`${API}/products/tags`, {}, { onPage: (done, total) => progress.step("tags", done, total) });
}

/** Every published product with its variations. */
export async function readProducts(client, settings, progress, query = {}) {
  const products = await listProducts(client, settings, progress, query);
  return { products, variations: await readVariations(client, products, settings, progress) };
}

/** The products that were edited after a moment, and others by their ids; variations included. */
export async function readChanged(client, settings, progress, edited, ids) {
  const known = new Set(edited.map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  const chunks = Array.from({ length: Math.ceil(missing.length / 100) }, (_, at) => missing.slice(at * 100, at * 100 + 100));
  const others = await Promise.all(chunks.map((include) => listProducts(client, settings, progress, { include: include.join() })));
  // in the order of a reading of all
  const products = [...edited, ...others.flat()].sort((a, b) => a.id - b.id);
  return { products, variations: await readVariations(client, products, settings, progress) };
}

/** @param {object} query `modified_after`, `include` */
export function listProducts(client, settings, progress, query) {
  const _fields = fields(settings, PRODUCT, PAGE);
  return client.all(`${API}/products`, { ...PUBLISHED, _fields, ...query }, { onPage: (done, total) => progress.step("products", done, total) });
}

/** Every published product in brief. */
export function listBriefly(client, { catalogue }, progress) {
  const _fields = fields({ catalogue }, BRIEF, BRIEF_PAGE);
  return client.all(`${API}/products`, { ...PUBLISHED, _fields }, { onPage: (done, total) => progress.step("products in brief", done, total) });
}

async function readVariations(client, products, settings, progress) {
  const _fields = fields(settings, VARIATION, SHOWN);
  const parents = products.filter(({ variations }) => variations?.length > 0);
  let done = 0;
  const read = parents.map(async ({ id }) => {
    const list = await client.all(`${API}/products/${id}/variations`, { status: "publish", _fields });
    progress.step("products with variations", (done += 1), parents.length);
    return [id, list];
  });
  return Object.fromEntries(await Promise.all(read));
}

/** Meta data may hold anything: it is not even asked for, unless some of it is let out. */
function fields({ catalogue, metaKeys = [], minQuantity, maxQuantity }, always, onPages) {
  const readsMeta = metaKeys.length > 0 || minQuantity || maxQuantity;
  return [always, catalogue && onPages, readsMeta && "meta_data"].filter(Boolean).join();
}

const defined = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
