// The catalogue in bulk: fetched, learned, kept, bounded, given up, taken back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { codes, createCart } from "../../pkg/index.js";

const currency = { currency_code: "EUR", currency_symbol: "€", currency_minor_unit: 2, currency_decimal_separator: ",", currency_thousand_separator: ".", currency_prefix: "€", currency_suffix: "" };
const document = (id) => ({ id, parent_id: 0, type: "simple", name: `Product ${id}`, slug: `p-${id}`, sku: `S${id}`, prices: { price: String(id * 100), regular_price: String(id * 100), sale_price: "", currency }, stock: { stock_quantity: null, stock_status: "instock", backorders: "no" }, add_to_cart: { is_purchasable: true }, attributes: {}, variations: [] });

/** A shop with so many products, which counts and may break down at a page. */
function shopOf(products, brokenFrom = Infinity) {
  const asked = [];
  const fetch = async (address, init) => {
    init?.signal?.throwIfAborted();
    const { searchParams, pathname } = new URL(address);
    if (!pathname.endsWith("/v2/products")) throw new Error(`not asked for: ${address}`);
    const [page, size] = [Number(searchParams.get("page")), Number(searchParams.get("per_page"))];
    asked.push(page);
    if (page >= brokenFrom) throw new TypeError("Failed to fetch");
    const ids = Array.from({ length: products }, (_, at) => at + 1).slice((page - 1) * size, page * size);
    return Response.json({ products: ids.map(document), page, total_products: products });
  };
  return { asked, fetch };
}

/** The Cache API, as far as it is used; Node has none. */
function fakeCaches() {
  const all = new Map();
  const open = async (name) => {
    if (!all.has(name)) all.set(name, new Map());
    const entries = all.get(name);
    return {
      match: async (key) => entries.get(key)?.clone(),
      put: async (key, response) => void entries.set(key, response),
      delete: async (key) => entries.delete(key),
    };
  };
  return { all, open, delete: async (name) => all.delete(name) };
}

const opened = (fetch, more) => createCart({ storeUrl: "https://shop.example", storage: "memory", sync: "manual", fetch, ...more });

async function withCaches(act) {
  const caches = fakeCaches();
  globalThis.caches = caches;
  try {
    await act(caches);
  } finally {
    delete globalThis.caches;
  }
}

test("a catalogue is fetched page by page, with progress, and everything in it can be added", async () => {
  const { asked, fetch } = shopOf(250);
  const cart = await opened(fetch);
  const steps = [];
  const done = await cart.products.refresh({ onProgress: (progress) => steps.push(progress) });
  assert.deepEqual(asked, [1, 2, 3]);
  assert.deepEqual(steps.map(({ loaded, total }) => [loaded, total]), [[100, 250], [200, 250], [250, 250]]);
  assert.equal(done.loaded, 250);
  assert.ok(done.bytes > 250 * 30);
  assert.equal(cart.addItem({ id: 249 }).totals.total, "249.00");
  cart.close();
});

test("what was kept is there without the shop, and no more than the limit", () =>
  withCaches(async (caches) => {
    const first = await opened(shopOf(300).fetch);
    await first.products.refresh({ limit: 120 });
    first.close();
    const second = await opened(() => assert.fail("asked"));
    assert.equal(await second.products.restore(), 120);
    assert.equal(second.addItem({ id: 120 }).item_count, 1);
    assert.throws(() => second.addItem({ id: 121 }), { code: codes.PRODUCT_UNKNOWN });
    await second.products.forget();
    assert.equal(caches.all.size, 0);
    second.close();
  }));

test("a smaller catalogue takes the place of a larger one", () =>
  withCaches(async (caches) => {
    const large = await opened(shopOf(300).fetch);
    await large.products.refresh();
    large.close();
    const small = await opened(shopOf(90).fetch);
    await small.products.refresh();
    small.close();
    assert.equal([...caches.all.values()][0].size, 1);
  }));

test("given up or cut off, what had come stays", () =>
  withCaches(async () => {
    const giveUp = new AbortController();
    const cart = await opened(shopOf(1000).fetch);
    const refreshed = cart.products.refresh({ signal: giveUp.signal, onProgress: ({ loaded }) => loaded === 200 && giveUp.abort() });
    await assert.rejects(refreshed, { name: "AbortError" });
    assert.equal(cart.addItem({ id: 150 }).item_count, 1);
    cart.close();
    const again = await opened(shopOf(1000, 2).fetch);
    await assert.rejects(again.products.refresh(), { code: codes.OFFLINE, retryable: true });
    assert.equal(await again.products.restore(), 200);
    again.close();
  }));

test("a second call joins the first", async () => {
  const { asked, fetch } = shopOf(100);
  const cart = await opened(fetch);
  await Promise.all([cart.products.refresh(), cart.products.refresh()]);
  assert.deepEqual(asked, [1]);
  cart.close();
});

test("the page has its turn while a large catalogue is learned", async () => {
  const cart = await opened(shopOf(400).fetch);
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 0);
  await cart.products.refresh();
  clearInterval(timer);
  assert.ok(turns >= 10, `${turns} turns`);
  cart.close();
});

test("a snapshot at an address is fetched anew, and a broken one changes nothing", async () => {
  let price = "1.00";
  let text = () => JSON.stringify({ format: 1, complete: true, products: [{ id: 1, name: "Mug", slug: "mug", price }] });
  const fetch = async () => new Response(text());
  const cart = await opened(fetch, { store: "https://shop.example/snapshot.json" });
  assert.equal(cart.addItem({ id: 1 }).totals.total, "1.00");
  let told = 0;
  cart.subscribe(() => (told += 1));
  price = "2.00";
  await cart.products.refresh();
  assert.equal(told, 1);
  assert.equal(cart.getSnapshot().totals.total, "2.00");
  for (const broken of ["<html>portal</html>", '{"products": [{"id": "x"}]}', '{"products": [']) {
    text = () => broken;
    await assert.rejects(cart.products.refresh(), { code: codes.STORE_UNAVAILABLE });
  }
  assert.equal(cart.getSnapshot().totals.total, "2.00");
  cart.close();
});

test("a snapshot of ten thousand products is read in turns, as an object and from an address", async () => {
  const products = Array.from({ length: 10_000 }, (_, at) => ({ id: at + 1, name: `Product "${at}" é`, slug: `p${at}`, price: "3.00" }));
  const store = { format: 1, complete: true, products, nothing: undefined, catalogue: { shop_url: "/shop", details: [{ id: 1 }, { id: 2 }], tags: [] } };
  for (const given of [store, "https://shop.example/large.json"]) {
    let turns = 0;
    let going = true;
    const turn = () => going && setImmediate(() => ((turns += 1), turn()));
    turn();
    const cart = await opened(async () => new Response(JSON.stringify(store)), { store: given });
    going = false;
    assert.ok(turns >= 5, `${turns} turns`);
    assert.equal(cart.addItem({ id: 10_000 }).totals.total, "3.00");
    assert.throws(() => cart.addItem({ id: 10_001 }));
    cart.close();
  }
});

test("the example of docs/products.md runs", async () => {
  const text = readFileSync(new URL("../../docs/products.md", import.meta.url), "utf8");
  const [, code] = /```js\n([^]*?)```/.exec(text);
  const own = code.replace(/import .* from "cocart-wasm";/, "");
  const said = [];
  const before = globalThis.fetch;
  globalThis.fetch = shopOf(150).fetch;
  try {
    const run = new Function("createCart", "console", `return (async () => { ${own}; return cart; })()`);
    const cart = await run((options) => createCart({ ...options, storage: "memory", sync: "manual" }), { log: (line) => said.push(line) });
    assert.deepEqual(said.slice(0, 2), ["100 of 150 products", "150 of 150 products"]);
    assert.equal(cart.getSnapshot().items.length, 1);
    cart.close();
  } finally {
    globalThis.fetch = before;
  }
});
