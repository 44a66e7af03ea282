// What the package asks the shop for by itself, and the routes beside API v2's cart.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CartError, codes, createCart } from "../../pkg/index.js";
import { makeStorage } from "./support/storage.mjs";

const SHOP = "https://shop.example";
const catalog = JSON.parse(readFileSync(new URL("../golden/catalog.json", import.meta.url), "utf8"));
const json = (body, status = 200) => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

/** A shop that answers its product routes as the recorded one did. */
function recorded() {
  const asked = [];
  const fetch = async (url) => {
    const { pathname } = new URL(url);
    asked.push(pathname);
    const [, name] = /^\/wp-json\/cocart\/v2\/products\/([^/]+)$/.exec(pathname) ?? [];
    const known = Object.values(catalog.products).find(({ body }) => String(body.id) === name || body.sku === name);
    return known ? json(known.body) : json({ code: "cocart_product_invalid_id", message: "Invalid ID.", data: { status: 404 } }, 404);
  };
  return { asked, fetch };
}

const open = (options) => createCart({ storage: "memory", storeUrl: SHOP, sync: "manual", profile: "v4.3", ...options });

test("an unknown product is loaded from the shop and added, by id and by SKU", async () => {
  const { asked, fetch } = recorded();
  const cart = await open({ fetch });
  assert.throws(() => cart.addItem({ id: 101 }), { code: codes.PRODUCT_UNKNOWN, status: 503, retryable: true });
  let changes = 0;
  cart.subscribe(() => void (changes += 1));
  const product = await cart.loadProduct(101);
  assert.equal(product.name, "Basic Tee");
  assert.equal(changes, 1);
  assert.equal(cart.addItem({ id: 101 }).items[0].name, "Basic Tee");
  await cart.loadProduct("REDSALE");
  assert.equal(cart.addItem({ id: "REDSALE" }).items[1].price, "1337");
  assert.ok(cart.status.estimated.includes("/totals"));
  assert.deepEqual(asked, ["/wp-json/cocart/v2/products/101", "/wp-json/cocart/v2/products/REDSALE"]);
  cart.close();
});

test("a variation comes with its product, attributes that may have any value included", async () => {
  const { asked, fetch } = recorded();
  const cart = await open({ fetch });
  await cart.loadProduct(114);
  assert.equal(asked.length, 2);
  const { items } = cart.addItem({ id: 114, variation: { attribute_size: "M" } });
  assert.deepEqual(items[0].meta.variation, { Color: "Blue", Size: "M" });
  cart.close();
});

test("what cannot be loaded is a CartError", async () => {
  const { fetch } = recorded();
  const cart = await open({ fetch });
  await assert.rejects(cart.loadProduct(999), (error) => error instanceof CartError && error.code === "cocart_product_invalid_id" && error.status === 404);
  const offline = await open({ fetch: async () => Promise.reject(new TypeError("fetch failed")) });
  await assert.rejects(offline.loadProduct(101), { name: "CartError", code: codes.OFFLINE, retryable: true });
  const portal = await open({ fetch: async () => new Response("<html>") });
  await assert.rejects(portal.loadProduct(101), { code: codes.OFFLINE });
  const odd = await open({ fetch: async () => json(null) });
  await assert.rejects(odd.loadProduct(101), { code: codes.OFFLINE });
  const alone = await createCart({ storage: "memory" });
  await assert.rejects(alone.loadProduct(101), { code: codes.INVALID_OPTION });
  cart.close();
  await assert.rejects(cart.loadProduct(101), { code: codes.CLOSED });
});

test("learned products survive a reload, bounded, and are not trusted", async () => {
  const storage = makeStorage();
  const { fetch } = recorded();
  const before = await open({ fetch, storage });
  await before.loadProduct(101);
  before.addItem({ id: 101, quantity: 2 });
  const shown = before.getSnapshot();
  const after = await open({ fetch: () => assert.fail("asked"), storage });
  assert.deepEqual(after.getSnapshot(), shown);
  assert.equal(after.addItem({ id: 101 }).item_count, 3);
  before.close();
  after.close();

  const key = [...storage.kept.keys()].find((key) => key.endsWith("learned"));
  const many = await open({
    storage,
    fetch: async (url) => json({ ...catalog.products["101"].body, id: Number(url.split("/").at(-1)), sku: "" }),
  });
  for (let id = 1000; id < 1210; id += 1) await many.loadProduct(id);
  many.close();
  const kept = await open({ storage });
  assert.throws(() => kept.addItem({ id: 1005 }), { code: codes.PRODUCT_UNKNOWN });
  kept.addItem({ id: 1209 });
  kept.close();

  for (const text of ["", "x", "cw2 0 []", storage.kept.get(key).replace("Basic", "Cheap")]) {
    storage.kept.set(key, text);
    const cart = await open({ storage });
    assert.throws(() => cart.addItem({ id: 1209 }), { code: codes.PRODUCT_UNKNOWN });
    cart.forget();
  }
});

test("cart.fetch loads what it does not know, and only once", async () => {
  const { asked, fetch } = recorded();
  const cart = await open({ fetch });
  const add = (body) => cart.fetch(`${SHOP}/wp-json/cocart/v2/cart/add-item`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  assert.equal((await (await add({ id: "101" })).json()).item_count, 1);
  assert.equal((await (await add({ id: "101" })).json()).item_count, 2);
  assert.deepEqual(asked, ["/wp-json/cocart/v2/products/101"]);
  const v1 = await cart.fetch(`${SHOP}/wp-json/cocart/v1/add-item`, { method: "POST", body: new URLSearchParams({ product_id: "REDSALE" }) });
  assert.equal(v1.status, 200);
  assert.equal(cart.countItems(), 3);
  cart.close();
  const offline = await open({ fetch: async () => Promise.reject(new TypeError("fetch failed")) });
  const refused = await offline.fetch(`${SHOP}/wp-json/cocart/v2/cart/add-item`, { method: "POST", body: new URLSearchParams({ id: "101" }) });
  assert.equal(refused.status, 503);
  assert.equal((await refused.json()).code, codes.PRODUCT_UNKNOWN);
  offline.close();
});

const product = (id, more) => ({ id, name: `P${id}`, slug: `p${id}`, price: "10", regular_price: "10", ...more });
const store = {
  format: 1,
  complete: true,
  products: [product(1), product(2)],
  shipping_zones: [
    { id: 1, name: "Everywhere", methods: [1, 2].map((instance_id) => ({ instance_id, enabled: true, title: `Rate ${instance_id}`, method_id: "flat_rate", cost: "5" })) },
  ],
};

test("coupons, fees and shipping in the form of the Plus routes are estimates until the shop confirms", async () => {
  const cart = await open({ store: { format: 1, complete: true, products: store.products } });
  cart.addItem({ id: 1 });
  assert.deepEqual(cart.status.estimated, []);
  const fee = cart.addFee({ name: "Wrap", amount: 2 });
  assert.equal(Object.values(fee.fees)[0].name, "Wrap");
  assert.equal(fee.totals.total, "1200");
  assert.deepEqual(cart.status.estimated, ["/fees", "/totals"]);
  assert.equal(cart.removeFees().totals.total, "1000");
  assert.deepEqual(cart.pending.map(({ type }) => type), ["add-item", "add-fee", "remove-fees"]);
  for (const act of [() => cart.applyCoupon("none"), () => cart.removeCoupon("none"), () => cart.setShippingMethod("flat_rate:9"), () => cart.addFee(undefined), () => cart.applyCoupon(undefined)]) {
    try {
      act();
    } catch (error) {
      assert.ok(error instanceof CartError, `${error}`);
    }
  }
  cart.close();
});

test("API v1 works on the same cart, and its changes are told to the shop", async () => {
  const cart = await open({ store });
  const { v1 } = cart;
  assert.equal(v1, cart.v1);
  const added = v1.addItem({ product_id: 1, quantity: 2 });
  const { key } = added;
  assert.equal(cart.pending.length, 1);
  assert.equal(v1.item(key).quantity, 2);
  assert.equal(v1.item("0"), undefined);
  assert.equal(Object.keys(v1.getCart()).length, 1);
  v1.updateItem(key, 3);
  assert.equal(cart.countItems(), 3);
  assert.equal(Number(v1.countItems()), 3);
  v1.removeItem(key);
  assert.deepEqual(cart.getSnapshot().items, []);
  v1.restoreItem(key);
  v1.calculate();
  assert.equal(typeof v1.totals(), "object");
  v1.clear();
  assert.throws(() => v1.updateItem("nothing", 1), { name: "CartError" });
  assert.throws(() => v1.addItem({ product_id: 99 }), { name: "CartError" });
  cart.close();
});

test("the catalogue is answered here where it is known, and by the shop otherwise", async () => {
  const asked = [];
  const fetch = async (url) => {
    asked.push(new URL(url).pathname + new URL(url).search);
    return json({ products: [] });
  };
  const far = await open({ store, fetch });
  assert.deepEqual(await far.products.list({ per_page: 3 }), { products: [] });
  await far.products.categories();
  await far.products.tags(4);
  await far.products.attributes({ page: 2 });
  await far.products.variations(7, { page: 1 });
  assert.deepEqual(asked, ["?per_page=3", "/categories", "/tags/4", "/attributes?page=2", "/7/variations?page=1"].map((path) => `/wp-json/cocart/v2/products${path}`));
  far.close();

  const near = await open({ store: { ...store, catalogue: {} }, fetch: () => assert.fail("asked") });
  const list = await near.products.list();
  assert.deepEqual(list.products.map(({ id }) => id).sort(), [1, 2]);
  assert.equal((await near.products.get(1)).name, "P1");
  assert.deepEqual(await near.products.categories(), []);
  await assert.rejects(near.products.get(99), { name: "CartError", status: 404 });
  assert.equal((await near.fetch(`${SHOP}/wp-json/cocart/v2/products/1`)).status, 200);
  near.close();

  const offline = await open({ store, fetch: async () => Promise.reject(new TypeError("fetch failed")) });
  await assert.rejects(offline.products.list(), { code: codes.OFFLINE });
  offline.close();
});

test("what the shop has to say is told once, and survives what happens in between", async () => {
  const shop = await open({ store, storeUrl: undefined });
  const { fetch: catalogue } = recorded();
  const cart = await open({
    fetch: async (url, { method = "GET", body, headers } = {}) => {
      const { pathname, search } = new URL(url);
      if (pathname.includes("/products/")) return catalogue(url);
      const answer = shop.request(method, `${pathname.replace("/wp-json", "")}${search}`, { body, headers });
      return json({ ...answer.body, notices: { error: ["P9 is gone."], success: ["Done."] } }, answer.status);
    },
    store: { ...store, complete: false },
  });
  cart.addItem({ id: 1 });
  cart.get();
  await cart.sync();
  await cart.loadProduct(101);
  assert.deepEqual(cart.getSnapshot().notices, []);
  assert.deepEqual(cart.get().notices, { error: ["P9 is gone."] });
  assert.deepEqual(cart.get().notices, []);
  cart.close();
});

test("there is no expired cart to take back in a fresh one", async () => {
  const cart = await open({ store });
  assert.equal(cart.expired, undefined);
  cart.close();
});
