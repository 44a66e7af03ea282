// What an app sees of syncing: status, events, the outbox in words, conflicts with retry, and keys that plugins change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codes, createCart } from "../../pkg/index.js";
import { makeStorage } from "./support/storage.mjs";

const store = {
  format: 1,
  store: { title: "Test shop" },
  products: [
    { id: 1, name: "Mug", slug: "mug", price: "12.50", regular_price: "12.50" },
    { id: 2, name: "Tee", slug: "tee", price: "20", regular_price: "20" },
  ],
};

const open = (options) => createCart({ store, storage: "memory", profile: "v4.3", ...options });

/** A shop whose answers and requests go through `outward` and `inward`, as a plugin would have them. */
async function makeShop({ products = store.products, outward = (text) => text, inward = (text) => text } = {}) {
  const shop = await open({ store: { ...store, products } });
  const state = { reachable: true, sent: [], shop };
  state.fetch = async (url, init = {}) => {
    if (!state.reachable) throw new TypeError("fetch failed");
    const { pathname, search } = new URL(inward(String(url)));
    state.sent.push(`${init.method} ${pathname.replace("/wp-json/cocart/v2/", "")}`);
    const path = `${pathname.replace("/wp-json", "")}${search}`;
    const { body, status } = state.shop.request(init.method, path, { body: init.body && inward(init.body), headers: init.headers });
    return new Response(outward(JSON.stringify(body)), { status, headers: { "content-type": "application/json" } });
  };
  return state;
}

const client = (shop, options) => open({ storeUrl: "https://shop.example", sync: "manual", fetch: shop.fetch, ...options });

function heard(cart) {
  const events = [];
  for (const kind of ["pending", "sync", "online", "offline", "conflict", "error"]) {
    cart.addEventListener(kind, ({ detail }) => events.push([kind, kind === "pending" ? detail : (detail?.code ?? null)]));
  }
  return events;
}

test("the outbox is told in words, and status and events say how it goes", async () => {
  const shop = await makeShop();
  const cart = await client(shop);
  const events = heard(cart);
  const [{ item_key: mug }] = cart.addItem({ id: 1 }).items;
  cart.addItem({ id: 2, quantity: 3 });
  cart.updateItem(mug, 2);
  const words = cart.pending.map((command) => JSON.stringify(command));
  assert.equal(words.length, 3);
  assert.match(words[0], /"id":"1"/);
  assert.match(words[1], /"id":"2".*"quantity":3/);
  assert.match(words[2], new RegExp(`${mug}.*2`));
  assert.deepEqual([cart.status.pending, cart.status.online, cart.status.unsaved], [3, true, 0]);

  shop.reachable = false;
  await assert.rejects(cart.sync(), { code: codes.OFFLINE });
  assert.deepEqual([cart.status.online, cart.status.pending > 0], [false, true]);
  shop.reachable = true;
  await cart.sync();
  assert.deepEqual([cart.status.online, cart.status.pending, cart.pending], [true, 0, []]);
  const kinds = events.map(([kind]) => kind);
  assert.deepEqual(kinds.filter((kind) => kind !== "pending"), ["error", "offline", "online", "sync"]);
  assert.deepEqual(events.filter(([kind]) => kind === "pending").at(-1)[0], "pending");
  cart.close();
});

test("a refused command is a conflict with both quantities, and can be tried again", async () => {
  const state = await makeShop({ products: [store.products[0], { ...store.products[1], stock_status: "outofstock" }] });
  const cart = await client(state);
  const events = heard(cart);
  cart.addItem({ id: 2, quantity: 2 });
  await cart.sync();
  const [conflict] = cart.conflicts;
  assert.equal(conflict.code, codes.PRODUCT_OUT_OF_STOCK);
  assert.match(conflict.message, /Tee/);
  assert.ok(events.some(([kind, code]) => kind === "conflict" && code === codes.PRODUCT_OUT_OF_STOCK));
  assert.deepEqual(cart.getSnapshot().items, []);

  // in stock again: the shopper insists
  state.shop = (await makeShop()).shop;
  conflict.retry();
  assert.deepEqual(cart.conflicts, []);
  assert.equal(cart.status.pending, 1);
  assert.deepEqual((await cart.sync()).items.map((item) => [item.id, item.quantity.value]), [[2, 2]]);
  assert.deepEqual([cart.status.pending, cart.conflicts], [0, []]);
  cart.close();
});

test("a line whose key a plugin changed stays one line, whatever is added to it before the shop answers", async () => {
  const probe = await open();
  const [{ item_key: computed }] = probe.addItem({ id: 1 }).items;
  const given = "0123456789abcdef0123456789abcdef";
  const shop = await makeShop({
    outward: (text) => text.replaceAll(computed, given),
    inward: (text) => text.replaceAll(given, computed),
  });
  const storage = makeStorage();
  const cart = await client(shop, { storage });
  cart.addItem({ id: 1 });
  await cart.sync();
  assert.equal(cart.getSnapshot().items[0].item_key, given);

  const lines = ({ items }) => items.map((item) => [item.item_key, item.quantity.value]);
  assert.deepEqual(lines(cart.addItem({ id: 1, quantity: 2 })), [[given, 3]]);
  assert.deepEqual(lines(cart.getSnapshot()), [[given, 3]]);
  assert.deepEqual(lines(cart.updateItem(given, 5)), [[given, 5]]);
  cart.addItem({ id: 1 });
  cart.close();

  // … and replayed from storage
  const again = await client(shop, { storage });
  assert.deepEqual(lines(again.getSnapshot()), [[given, 6]]);
  assert.deepEqual(lines(again.removeItem(given)), []);
  assert.deepEqual(lines(again.addItem({ id: 1 })), [[given, 1]]);
  assert.deepEqual(lines(await again.sync()), [[given, 1]]);
  assert.equal(again.status.pending, 0);
  assert.deepEqual(again.conflicts, []);
  again.close();
});

test("a quantity that API v1 takes and v2 does not is kept over a reload, until the shop decides", async () => {
  const shop = await makeShop();
  const storage = makeStorage();
  const cart = await client(shop, { storage, sync: "manual" });
  const [{ item_key: mug }] = cart.addItem({ id: 1, quantity: 2 }).items;
  await cart.sync();
  assert.throws(() => cart.updateItem(mug, 0.5));
  assert.equal(cart.v1.updateItem(mug, 0.5).quantity, 0.5);
  assert.equal(cart.getSnapshot().items[0].quantity.value, 0.5);
  cart.close();

  const again = await client(shop, { storage });
  assert.equal(again.getSnapshot().items[0].quantity.value, 0.5);
  const synced = await again.sync();
  // the shop is told through API v2, which says no: its word counts, and the shopper hears of it
  assert.equal(synced.items[0].quantity.value, 2);
  assert.equal(again.conflicts.length, 1);
  again.close();
});

test("a list adds of each product as much as it says, whatever the order and whatever is in the cart", async () => {
  const quantities = ({ items }) => Object.fromEntries(items.map((item) => [item.id, item.quantity.value]));
  const told = async (...lists) => {
    const shop = await makeShop();
    const cart = await client(shop);
    for (const list of lists) cart.addItems(list);
    const shown = quantities(cart.getSnapshot());
    await cart.sync();
    assert.deepEqual([quantities(shop.shop.getSnapshot()), quantities(cart.getSnapshot()), cart.conflicts], [shown, shown, []]);
    cart.close();
    return shown;
  };
  const [mug, tee] = [1, 2].map((id) => (quantity) => ({ id, quantity }));
  assert.deepEqual(await told([mug(1)], [tee(3), mug(5)]), { 1: 6, 2: 3 });
  assert.deepEqual(await told([mug(1), tee(1), mug(2)]), { 1: 3, 2: 1 });
  // nobody's e-mail or price gets lost where one line takes several items
  assert.deepEqual(await told([mug(1), { ...mug(2), email: "a@b.example" }]), { 1: 3 });
});

test("half a character becomes a whole replacement, at once and after a reload", async () => {
  const storage = makeStorage();
  const data = (cart) => cart.getSnapshot().items[0].cart_item_data;
  const cart = await open({ storage });
  cart.addItem({ id: 1, item_data: { engraving: "\ud83c half \udf6e, whole \u{1f36e}" } });
  assert.deepEqual(data(cart), { engraving: "\ufffd half \ufffd, whole \u{1f36e}" });
  cart.close();
  const again = await open({ storage });
  assert.deepEqual(data(again), { engraving: "\ufffd half \ufffd, whole \u{1f36e}" });
  again.close();
});

test("sync() says that storage is full, not that the shop is out of reach", async () => {
  const shop = await makeShop();
  const storage = makeStorage();
  const { setItem } = storage;
  const cart = await client(shop, { storage });
  cart.addItem({ id: 1 });
  storage.setItem = () => {
    throw new Error("full");
  };
  await assert.rejects(cart.sync(), { code: "storage_quota" });
  assert.equal(cart.status.online, true);
  storage.setItem = setItem;
  await cart.sync();
  assert.equal(cart.status.pending, 0);
  cart.close();
});
