// The snapshot is public: whatever the shop's API could tell beside it must not be in it, nor in what the command prints.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCart } from "../../pkg/index.js";
import { KEYS, run, snapshotOf } from "./support/command.mjs";
import { KEY, SECRET, recordedShop, serve } from "./support/woocommerce.mjs";

/** Every text in a document. */
function* texts(value) {
  if (typeof value === "string") yield value;
  else if (value && typeof value === "object") for (const inner of Object.values(value)) yield* texts(inner);
}

/** The recorded shop with secrets planted wherever WooCommerce's answers have room for them. */
function shopWithSecrets() {
  const shop = recordedShop();
  let count = 0;
  const secret = (what) => `SECRET-${what}-${(count += 1)}`;
  const published = shop.products.filter(({ status }) => status === "publish");
  for (const product of [...shop.products, ...Object.values(shop.variations).flat()]) {
    product.purchase_note = secret("note");
    product.downloads = [{ id: secret("download"), name: "manual", file: `https://shop.example/${secret("file")}.pdf` }];
    product.global_unique_id = secret("gtin");
    product.meta_data = [...product.meta_data, { id: 9, key: "_cost_price", value: secret("cost") }, { id: 10, key: "_supplier", value: { name: secret("supplier") } }];
    product[secret("field")] = secret("plugin");
  }
  // behind a password: a visitor sees the name and the price in lists, the text never
  Object.assign(published[0], { post_password: secret("password"), description: secret("description"), short_description: secret("short") });
  // not published, in every way there is
  for (const status of ["draft", "pending", "private", "future", "trash"]) {
    const id = 900 + (count += 1);
    shop.products.push({ ...published[1], id, status, name: secret(status), slug: secret(status), sku: secret(status), permalink: secret(status), description: secret(status), price: "7319.73", regular_price: "7319.73", cross_sell_ids: [] });
    published[2].cross_sell_ids.push(id);
    published[2].upsell_ids.push(id);
  }
  const [variations] = Object.values(shop.variations);
  variations.push({ ...variations[0], id: 990, status: "private", sku: secret("variation"), description: secret("variation"), price: "7319.73", regular_price: "7319.73" });
  published.find(({ id }) => id === 111).variations.push(990);
  for (const coupon of shop.coupons) {
    // a word of its own: `percent10` is also the name of its kind
    coupon.code = secret("code").toLowerCase();
    Object.assign(coupon, { description: secret("campaign"), used_by: [secret("customer")], email_restrictions: [`${secret("friend")}@example.com`], usage_count: 73_197, usage_limit: 84_208, meta_data: [{ key: "note", value: secret("meta") }] });
  }
  for (const zone of shop.zones) {
    zone.methods.push(
      { id: 70, instance_id: 70, title: "Parcel service", order: 9, enabled: true, method_id: "parcel_service", settings: { title: "Parcel service", api_key: secret("api-key"), account: secret("account") } },
      { id: 71, instance_id: 71, title: secret("disabled"), order: 10, enabled: false, method_id: "flat_rate", settings: { title: secret("disabled"), cost: "73.197" } },
    );
  }
  Object.assign(shop.options, { woocommerce_stock_email_recipient: `${secret("mail")}@example.com`, woocommerce_plugin_key: secret("option") });
  shop.groups.general.woocommerce_plugin_key = "";
  return shop;
}

/** What must not be found, from the source itself. */
function secretsOf(shop) {
  const known = new Set();
  const add = (document) => [...texts(document)].filter((text) => text.length > 3).forEach((text) => known.add(text));
  for (const customer of shop.customers) add([customer.email, customer.username, customer.first_name, customer.last_name, customer.billing, customer.shipping, customer.avatar_url]);
  for (const product of shop.products.filter(({ status }) => status !== "publish")) add([product.name, product.slug, product.sku, product.permalink]);
  for (const coupon of shop.coupons) add([coupon.code, coupon.email_restrictions, coupon.used_by]);
  for (const text of texts(shop)) if (/SECRET/i.test(text)) known.add(text);
  for (const text of [KEY, SECRET, Buffer.from(`${KEY}:${SECRET}`).toString("base64"), "7319.73", "73.197", "73197", "84208", "8.2.36", "SECRET-environment", "SECRET-database"]) known.add(text);
  // what is public elsewhere in the shop is no secret: a customer's country, the shop's own town
  const open = [shop.store, shop.options.woocommerce_default_country, shop.taxes, shop.categories, shop.products.filter(({ status, name }) => status === "publish" && !/SECRET/.test(name)).map(({ name, slug }) => [name, slug])];
  const shown = [...texts(open)].join("\n");
  return [...known].filter((text) => /SECRET/i.test(text) || !shown.includes(text));
}

for (const [how, faults] of [["that answers no more than it was asked for", {}], ["that answers everything, asked for or not", { ignoresFields: true }]]) {
  test(`no secret of a shop ${how} is in the snapshot or on the screen`, async (t) => {
    const source = shopWithSecrets();
    const secrets = secretsOf(source);
    assert.ok(secrets.length > 350, `${secrets.length} secrets`);
    const shop = await serve(source, faults);
    t.after(shop.close);
    const codes = source.coupons.flatMap(({ code }) => ["--coupon", code]);
    const { code, out, err } = await run(["snapshot", "--url", shop.url, "--catalogue", ...codes]);
    assert.equal(code, 0, err);
    const snapshot = JSON.parse(out);
    assert.equal(snapshot.coupons.length, 18);
    assert.ok(snapshot.coupons.every((coupon) => coupon.email_restricted && !coupon.usage_count));
    const lower = `${out}${err}`.toLowerCase();
    assert.deepEqual(secrets.filter((secret) => lower.includes(secret.toLowerCase())), []);
    const staff = new Set(source.products.filter(({ status }) => status !== "publish").map(({ id }) => id));
    const named = [...JSON.stringify([snapshot.products, snapshot.catalogue.details]).matchAll(/"(?:id|parent_id)":(\d+)|"\w+_ids":\[([\d,]*)\]/g)].flatMap(([, one, many]) => (one ?? many).split(",").map(Number));
    assert.ok(named.length > 90);
    assert.deepEqual(named.filter((id) => staff.has(id) || id === 990), []);
  });
}

test("the test above would find a secret", async (t) => {
  // a key of meta data that was let out on purpose shows that planted texts arrive where nothing holds them back
  const source = shopWithSecrets();
  const shop = await serve(source);
  t.after(shop.close);
  const { out } = await run(["snapshot", "--url", shop.url, "--catalogue", "--meta", "_cost_price"]);
  assert.ok(secretsOf(source).filter((secret) => out.includes(secret)).every((secret) => /^SECRET-cost-/.test(secret)));
  assert.match(out, /SECRET-cost-/);
});

test("stock is told as the shop shows it", async (t) => {
  const quantities = async (options, args = []) => {
    const source = recordedShop(undefined, options);
    source.products.find(({ id }) => id === 133).stock_quantity = 73_197;
    const shop = await serve(source);
    t.after(shop.close);
    const snapshot = await snapshotOf(shop.url, ["--catalogue", ...args]);
    return Object.fromEntries(snapshot.products.filter((one) => one.stock_quantity !== undefined).map((one) => [one.id, one.stock_quantity]));
  };
  assert.deepEqual(await quantities({}), { 106: 3, 108: 0, 109: 2, 115: 2, 118: 5, 133: 73_197, 148: 0 });
  assert.deepEqual(await quantities({ woocommerce_stock_format: "low_amount" }), { 108: 0, 109: 2, 115: 2, 148: 0 });
  assert.deepEqual(await quantities({ woocommerce_stock_format: "low_amount", woocommerce_notify_low_stock_amount: "3" }), { 106: 3, 108: 0, 109: 2, 115: 2, 148: 0 });
  assert.deepEqual(await quantities({ woocommerce_stock_format: "no_amount" }), {});
  assert.deepEqual(await quantities({}, ["--hide-stock"]), {});
});

test("without keys: what visitors see, and every amount an estimate", async (t) => {
  const source = recordedShop();
  const shop = await serve(source);
  t.after(shop.close);
  const { code, out, err } = await run(["snapshot", "--public", "--url", shop.url], {});
  assert.equal(code, 0, err);
  assert.ok(shop.asked.every(({ route, authorization }) => route.startsWith("cocart/v2/") && authorization === undefined));
  const store = JSON.parse(out);
  assert.deepEqual([store.settings.currency ?? "USD", store.settings.base_address.country, store.store.title], ["USD", "US", "Golden Shop"]);
  assert.equal(store.complete, undefined);
  // the keys' snapshot of the same shop, without taxes: the lines must be the same to the cent, but for a price that CoCart
  // shows rounded (127 costs 1.005)
  const untaxed = await serve(recordedShop(undefined, { woocommerce_calc_taxes: "no" }));
  t.after(untaxed.close);
  const exact = await snapshotOf(untaxed.url);
  const adds = [{ id: 101, quantity: 2 }, { id: 104 }, { id: 115 }, { id: 119, variation: { attribute_pa_color: "blue" } }, { id: 136, quantity: 3 }];
  const lines = async (own) => {
    const cart = await createCart({ store: own, storage: "memory", profile: "v4.3" });
    for (const add of adds) cart.addItem(add);
    const { estimated } = cart.status;
    const items = cart.get().items.map(({ id, name, price, quantity, totals, meta }) => ({ id, name, price, quantity, totals, variation: meta.variation }));
    cart.close();
    return { items, estimated };
  };
  const [guess, truth] = [await lines(store), await lines(exact)];
  assert.deepEqual(guess.items, truth.items);
  assert.ok(guess.estimated.includes("/totals"), String(guess.estimated));
  assert.deepEqual(truth.estimated, []);
  const hidden = JSON.parse((await run(["snapshot", "--public", "--url", shop.url, "--hide-stock"], KEYS)).out);
  assert.deepEqual(hidden.products.filter((one) => one.stock_quantity !== undefined), []);
});
