// The built package in Node: what runs on a server, in a test, or behind a framework.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CartError, codes, createCart } from "../../pkg/index.js";

const store = {
  format: 1,
  store: { title: "Test shop" },
  settings: { calc_taxes: true },
  tax_rates: [{ id: 1, country: "", state: "", rate: "10", name: "VAT", priority: 1, compound: false, shipping: true, order: 1, class: "" }],
  products: [
    { id: 1, name: "Mug", slug: "mug", sku: "MUG", price: "12.50", regular_price: "12.50" },
    { id: 2, name: "Tee", slug: "tee", price: "20", regular_price: "20" },
    { id: 3, name: "Gone", slug: "gone", price: "5", regular_price: "5", stock_status: "outofstock" },
  ],
};

const open = (options) => createCart({ store, storage: "memory", profile: "v4.3", ...options });

function refusal(act) {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof CartError, `${error}`);
    return error;
  }
  return assert.fail("nothing was refused");
}

test("importing has no side effect and touches no global", () => {
  const code = `
    const before = Object.getOwnPropertyNames(globalThis).join();
    await import(${JSON.stringify(new URL("../../pkg/index.js", import.meta.url).href)});
    if (Object.getOwnPropertyNames(globalThis).join() !== before) throw new Error("a global was touched");
  `;
  execFileSync(process.execPath, ["--input-type=module", "-e", code], { stdio: "pipe" });
});

test("a process with an open cart ends by itself", () => {
  const code = `
    const { createCart } = await import(${JSON.stringify(new URL("../../pkg/index.js", import.meta.url).href)});
    const cart = await createCart({ storeUrl: "http://127.0.0.1:1", store: { format: 1, products: [{ id: 1, name: "Mug", price: "1" }] }, sync: "manual" });
    cart.addItem({ id: 1 });
    console.log(cart.status.storage, cart.status.pending);
  `;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8", timeout: 300_000 });
  assert.equal(out.trim(), "memory 1");
});

test("numbers and texts are taken for id and quantity, and the answer is the whole cart", async () => {
  const cart = await open();
  const answer = cart.addItem({ id: 1, quantity: 2 });
  assert.equal(answer.item_count, 2);
  assert.equal(answer.items[0].name, "Mug");
  assert.equal(cart.addItem({ id: "2" }).items.length, 2);
  assert.equal(cart.countItems(), 3);
  assert.deepEqual(Object.keys(cart.items()).length, 2);
  const { item_key } = answer.items[0];
  assert.equal(cart.item(item_key).quantity.value, 2);
  assert.equal(cart.updateItem(item_key, 5).item_count, 6);
  assert.equal(cart.updateItem(item_key, { quantity: "1" }).item_count, 2);
  const without = cart.removeItem(item_key);
  assert.equal(without.items.length, 1);
  assert.equal(without.removed_items.length, 1);
  assert.equal(cart.restoreItem(item_key).items.length, 2);
  assert.deepEqual(cart.clear().items, []);
  cart.close();
});

test("answers are frozen and share what did not change", async () => {
  const cart = await open();
  const first = cart.addItem({ id: 1 });
  const second = cart.addItem({ id: 2 });
  assert.ok(Object.isFrozen(second) && Object.isFrozen(second.items) && Object.isFrozen(second.items[0].totals));
  assert.equal(second.items[0], first.items[0]);
  assert.equal(second.currency, first.currency);
  assert.notEqual(second, first);
  assert.equal(cart.getSnapshot(), cart.getSnapshot());
  assert.deepEqual(JSON.parse(JSON.stringify(second)), structuredClone(second));
  cart.close();
});

test("a thousand lines: removing one leaves the objects of all others", async () => {
  const products = Array.from({ length: 1000 }, (_, at) => ({ id: at + 1, name: `P${at}`, slug: `p${at}`, price: "1", regular_price: "1" }));
  const cart = await open({ store: { format: 1, products } });
  for (const { id } of products) cart.addItem({ id }, { fields: "item_count" });
  const before = cart.getSnapshot().items;
  cart.removeItem(before[500].item_key);
  const after = cart.getSnapshot().items;
  assert.equal(after.length, 999);
  assert.ok(after.every((line, at) => line === before[at < 500 ? at : at + 1]));
  cart.close();
});

test("refusals are CartErrors with CoCart's code, status and document", async () => {
  const cart = await open();
  const error = refusal(() => cart.item("0".repeat(32)));
  assert.equal(error.code, codes.ITEM_NOT_IN_CART);
  assert.equal(error.status, 404);
  assert.equal(error.data.status, 404);
  assert.equal(error.retryable, false);
  assert.deepEqual(error.toJSON(), { code: error.code, message: error.message, data: { status: 404 } });
  assert.equal(refusal(() => cart.addItem({ id: 3 })).code, codes.PRODUCT_OUT_OF_STOCK);
  cart.close();
});

test("whatever is passed, what comes out is a CartError", async () => {
  const cart = await open();
  const { item_key } = cart.addItem({ id: 1 }).items[0];
  const circle = {};
  circle.self = circle;
  const odd = [undefined, null, NaN, Infinity, -Infinity, -0, 1e400, 10n, "", " ", "1e21", "x", {}, [], circle, Symbol("s"), () => 1, new Date(NaN), true, "\ud800", "__proto__", new Map(), 2 ** 60];
  const before = cart.countItems();
  for (const value of odd) {
    for (const act of [
      () => cart.addItem(value),
      () => cart.addItem({ id: value }),
      () => cart.addItem({ id: 1, quantity: value, item_data: value, variation: value, price: value, email: value }, { return_item: value }),
      () => cart.addItems(value),
      () => cart.addItems({ id: value, quantity: value }),
      () => cart.item(value),
      () => cart.updateItem(value, value),
      () => cart.updateItem(item_key, value),
      () => cart.removeItem(value),
      () => cart.restoreItem(value),
      () => cart.update(value),
      () => cart.update({ namespace: "update-cart", quantity: value }),
      () => cart.get({ fields: value, [String(value)]: value }),
      () => cart.clear(value),
    ]) {
      try {
        act();
      } catch (error) {
        assert.ok(error instanceof CartError, `${String(value)} made ${error?.stack}`);
      }
    }
    const { status } = cart.request("POST", "cart/add-item", { body: value });
    assert.ok(status === 200 || (status >= 400 && status < 600), String(value));
  }
  cart.clear();
  assert.equal(cart.addItem({ id: 1 }).item_count, 1);
  assert.ok(before > 0);
  cart.close();
});

test("request answers as the server would, and is as strict", async () => {
  const cart = await open();
  const strict = cart.request("POST", "cart/add-item", { body: { id: 1, quantity: 1 } });
  assert.equal(strict.status, 400);
  assert.equal(strict.body.code, codes.INVALID_PARAM);
  const json = { "Content-Type": "application/json" };
  assert.equal(cart.request("POST", "cart/add-item", { body: "{", headers: json }).body.code, "rest_invalid_json");
  assert.equal(cart.request("POST", "/cocart/v2/cart/add-item", { body: '{"id":"1"}', headers: json }).status, 200);
  const form = { "content-type": "application/x-www-form-urlencoded" };
  assert.equal(cart.request("post", "cart/add-item", { body: "id=1&quantity=2", headers: form }).body.item_count, 3);
  assert.equal(cart.request("GET", "cart?fields=item_count").body.item_count, 3);
  assert.deepEqual(cart.request("GET", "cart", { query: { fields: "item_count" } }).body, { item_count: 3 });
  assert.equal(cart.request("GET", "nowhere").body.code, codes.NO_ROUTE);
  cart.close();
});

test("white-labelled sites keep their namespace", async () => {
  const cart = await open({ namespace: "acme" });
  assert.equal(cart.request("GET", "/acme/v2/cart").status, 200);
  assert.equal(cart.request("GET", "cart").status, 200);
  assert.equal(cart.addItem({ id: 1 }).item_count, 1);
  cart.close();
});

test("subscribers hear of every change, and may change the cart or close it", async () => {
  const cart = await open();
  let heard = 0;
  const stop = cart.subscribe(() => {
    heard += 1;
    if (heard === 1) cart.addItem({ id: 2 });
  });
  const events = [];
  cart.addEventListener("change", () => events.push("change"));
  cart.addItem({ id: 1 });
  assert.equal(cart.getSnapshot().item_count, 2);
  assert.equal(heard, 2);
  assert.equal(events.length, 2);
  stop();
  cart.subscribe(() => cart.close());
  cart.addItem({ id: 1 });
  assert.equal(refusal(() => cart.get()).code, codes.CLOSED);
});

test("reading for display consumes nothing", async () => {
  const cart = await open();
  cart.addItem({ id: 1 }, { fields: "item_count" });
  cart.getSnapshot();
  cart.getSnapshot();
  assert.equal(cart.get().notices.success?.length, 1);
  assert.deepEqual(cart.get().notices, []);
  assert.deepEqual(cart.getServerSnapshot().items, []);
  cart.close();
});

test("an adapter keeps the cart over a restart", async () => {
  const kept = new Map();
  const storage = {
    load: async () => {},
    getItem: (key) => kept.get(key),
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
    keys: () => kept.keys(),
  };
  const before = await open({ storage });
  before.addItem({ id: 1, quantity: 3, item_data: { 10: "b", 9: "a" } });
  const shown = before.getSnapshot();
  const after = await open({ storage });
  assert.deepEqual(after.getSnapshot(), shown);
  after.forget();
  assert.equal(kept.size, 0);
});

test("options that make no sense are refused", async () => {
  for (const options of [{ profile: "v9" }, { storage: {} }, { storageKey: "" }, { sync: "now" }, { storeUrl: "http://[" }, { fetch: 1 }, { store: { products: 7 } }, { store: [] }]) {
    await assert.rejects(open(options), (error) => error instanceof CartError && error.code === codes.INVALID_OPTION, JSON.stringify(options));
  }
  await assert.rejects(createCart({ store: "http://127.0.0.1:1/none.json" }), { code: codes.STORE_UNAVAILABLE, retryable: true });
});

test("what waits is told to the shop, and an unreachable shop is said to be so", async () => {
  const shop = await open();
  let reachable = false;
  const sent = [];
  const fetch = async (url, init = {}) => {
    if (!reachable) throw new TypeError("fetch failed");
    const { pathname, search } = new URL(url);
    sent.push(`${init.method} ${pathname}`);
    const path = pathname.replace("/wp-json", "");
    const answer = shop.request(init.method, `${path}${search}`, { body: init.body, headers: init.headers });
    return new Response(JSON.stringify(answer.body), { status: answer.status, headers: { "content-type": "application/json" } });
  };
  const cart = await open({ storeUrl: "https://shop.example", sync: "manual", fetch });
  const key = cart.addItem({ id: 1, quantity: 2 }).items[0].item_key;
  cart.addItem({ id: 2 });
  cart.updateItem(key, 4);
  assert.equal(cart.status.pending, 3);
  await assert.rejects(cart.sync(), { code: codes.OFFLINE, retryable: true });
  // What was asked for in two steps is told in one.
  assert.ok(cart.status.pending > 0 && cart.status.pending <= 3);
  reachable = true;
  const synced = await cart.sync();
  assert.equal(synced.item_count, 5);
  assert.equal(cart.status.pending, 0);
  assert.deepEqual(shop.getSnapshot().items, synced.items);
  const url = new URL(await cart.checkout());
  assert.equal(url.pathname, "/checkout/");
  assert.equal(url.searchParams.get("cocart-load-cart"), cart.getSnapshot().cart_key);
  cart.close();
  await assert.rejects(cart.sync(), { code: codes.CLOSED });
});

test("what the shop refuses is a conflict, with the shop's own words, and syncing goes on", async () => {
  const shop = await open();
  const fetch = async (url, init = {}) => {
    const { pathname, search } = new URL(url);
    const answer = shop.request(init.method, `${pathname.replace("/wp-json", "")}${search}`, { body: init.body, headers: init.headers });
    return new Response(JSON.stringify(answer.body), { status: answer.status, headers: { "content-type": "application/json" } });
  };
  const optimist = structuredClone(store);
  optimist.products[2].stock_status = "instock";
  const cart = await open({ store: optimist, storeUrl: "https://shop.example", sync: "manual", fetch });
  const events = [];
  cart.addEventListener("conflict", (event) => events.push(event.detail.code));
  cart.addItem({ id: 3 });
  cart.addItem({ id: 1 });
  const synced = await cart.sync();
  assert.deepEqual(synced.items.map((item) => item.id), [1]);
  const [conflict] = cart.conflicts;
  assert.equal(conflict.code, codes.PRODUCT_OUT_OF_STOCK);
  assert.match(conflict.message, /Gone/);
  assert.deepEqual(events, [codes.PRODUCT_OUT_OF_STOCK]);
  conflict.dismiss();
  assert.deepEqual(cart.conflicts, []);
  cart.close();
});

test("a line of a product that the snapshot lacks stays, as an estimate, until the shop answers", async () => {
  const shop = await open({ profile: "reference" });
  shop.addItem({ id: 2, quantity: 2 });
  let reachable = true;
  const fetch = async (url, init = {}) => {
    if (!reachable) throw new TypeError("fetch failed");
    const { pathname, search } = new URL(url);
    const answer = shop.request(init.method, `${pathname.replace("/wp-json", "")}${search}`, { body: init.body, headers: init.headers });
    return new Response(JSON.stringify(answer.body), { status: answer.status, headers: { "content-type": "application/json" } });
  };
  const little = { ...store, products: store.products.slice(0, 1) };
  const cart = await open({ store: little, storeUrl: "https://shop.example", sync: "manual", profile: "reference", cartKey: "from-elsewhere", fetch });
  assert.equal((await cart.sync()).item_count, 2);
  assert.deepEqual(cart.status.estimated, []);
  reachable = false;
  const answer = cart.addItem({ id: 1 });
  assert.equal(answer.item_count, 3);
  assert.equal(Object.values(answer.items)[0].price, "$20.00");
  assert.ok(cart.status.estimated.includes("/totals"));
  reachable = true;
  assert.equal((await cart.sync()).item_count, 3);
  assert.deepEqual(cart.status.estimated, []);
  assert.deepEqual(cart.getSnapshot().totals, shop.getSnapshot().totals);
  cart.close();
});

test("the package says what it is", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8"));
  assert.equal(manifest.sideEffects, false);
  assert.equal(Object.keys(manifest.exports["."])[0], "types");
});
