// The catalogue in bulk: fetched, learned, kept, bounded, given up, taken back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { codes, createCart } from "../../pkg/index.js";
import { fakeCaches, shopOf, withCaches } from "./support/catalogues.mjs";

const opened = (fetch, more) => createCart({ storeUrl: "https://shop.example", storage: "memory", sync: "manual", fetch, ...more });

/** How often the page has been given its turn so far: each time takes a channel. */
function turnsIn(t) {
  const { MessageChannel } = globalThis;
  let turns = 0;
  globalThis.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      turns += 1;
    }
  };
  t.after(() => (globalThis.MessageChannel = MessageChannel));
  return () => turns;
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
    // one page, and how far the refresh came
    assert.equal([...caches.all.values()][0].size, 2);
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

test("one who gives up leaves the others their refresh, and each hears of its progress", async () => {
  const { asked, fetch } = shopOf(300);
  const cart = await opened(fetch);
  const giveUp = new AbortController();
  const heard = [[], []];
  const first = cart.products.refresh({ signal: giveUp.signal, onProgress: ({ loaded }) => heard[0].push(loaded) });
  const second = cart.products.refresh({ onProgress: ({ loaded }) => (heard[1].push(loaded), giveUp.abort()) });
  await assert.rejects(first, { name: "AbortError" });
  assert.equal((await second).loaded, 300);
  assert.deepEqual([asked, heard[1]], [[1, 2, 3], [100, 200, 300]]);
  assert.equal(heard[0].length, 1);
  cart.close();
});

test("with maxAge only what is older is fetched, and what was cut off goes on", () =>
  withCaches(async () => {
    const shop = shopOf(350, 3);
    const first = await opened(shop.fetch);
    await assert.rejects(first.products.refresh({ maxAge: 60 }), { code: codes.OFFLINE });
    first.close();
    shop.brokenFrom = Infinity;
    // another visit: the first two pages are known at once, the others fetched
    const second = await opened(shop.fetch);
    const steps = [];
    const { loaded, at } = await second.products.refresh({ maxAge: 60, onProgress: ({ loaded }) => steps.push(loaded) });
    assert.deepEqual([shop.asked, steps, loaded], [[1, 2, 3, 3, 4], [300, 350], 350]);
    assert.ok(Date.now() - at < 60_000);
    assert.equal(second.addItem({ id: 150 }).item_count, 1);
    second.close();
    const third = await opened(() => assert.fail("asked"));
    assert.equal((await third.products.refresh({ maxAge: 60 })).loaded, 350);
    assert.equal(third.addItem({ id: 350 }).item_count, 1);
    // what was kept is in the shop's money
    assert.equal(third.getSnapshot().currency.currency_symbol, "€");
    third.close();
    const fourth = await opened(shop.fetch);
    await fourth.products.refresh({ maxAge: 0.001 });
    assert.deepEqual(shop.asked.slice(5), [1, 2, 3, 4]);
    await fourth.products.refresh({ maxAge: 60, limit: 50 });
    assert.deepEqual(shop.asked.slice(9), [1], "another limit is another catalogue");
    fourth.close();
  }));

test("where there is no room, nothing more is fetched unasked", () =>
  withCaches(async () => {
    const shop = shopOf(500);
    const cart = await opened(shop.fetch);
    assert.equal((await cart.products.refresh({ maxAge: 60 })).loaded, 300);
    assert.deepEqual(shop.asked, [1, 2, 3], "the third had no room");
    cart.close();
    const again = await opened(shop.fetch);
    await again.products.refresh({ maxAge: 60 });
    assert.deepEqual(shop.asked.slice(3), [3], "and one request finds out that there still is none");
    again.close();
  }, fakeCaches(3)));

test("a snapshot that did not change is not read again", async () => {
  const text = JSON.stringify({ format: 1, complete: true, products: [{ id: 1, name: "Mug", price: "1.00" }] });
  let tag = '"a"';
  const asked = [];
  const fetch = async (address, init) => (asked.push(init?.cache), new Response(text, { headers: { etag: tag } }));
  const cart = await opened(fetch, { store: "https://shop.example/snapshot.json" });
  let told = 0;
  cart.subscribe(() => (told += 1));
  assert.deepEqual(await cart.products.refresh({ maxAge: 60 }).then(({ bytes }) => bytes), 0);
  assert.deepEqual(asked, [undefined], "it has just come");
  assert.equal((await cart.products.refresh()).bytes, 0);
  assert.deepEqual([asked, told], [[undefined, "no-cache"], 0]);
  tag = '"b"';
  assert.equal((await cart.products.refresh({ maxAge: 0 })).bytes, text.length);
  assert.equal(told, 1);
  cart.close();
});

test("the page has its turn while a large catalogue is learned", async (t) => {
  const cart = await opened(shopOf(400).fetch);
  const turns = turnsIn(t);
  let timers = 0;
  const timer = setInterval(() => (timers += 1), 0);
  await cart.products.refresh();
  clearInterval(timer);
  assert.ok(turns() >= 400 / 8, `${turns()} turns`);
  assert.ok(timers > 0, "a turn lets timers run");
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

test("a snapshot of ten thousand products is read in turns, as an object and from an address", async (t) => {
  const products = Array.from({ length: 10_000 }, (_, at) => ({ id: at + 1, name: `Product "${at}" é`, slug: `p${at}`, price: "3.00" }));
  const store = { format: 1, complete: true, products, nothing: undefined, catalogue: { shop_url: "/shop", details: [{ id: 1 }, { id: 2 }], tags: [] } };
  // by this clock each piece takes longer than the page may wait
  let now = 0;
  t.mock.method(performance, "now", () => (now += 10));
  const turns = turnsIn(t);
  const pieces = Math.floor(JSON.stringify(store).length / (16 * 1024));
  for (const given of [store, "https://shop.example/large.json"]) {
    const before = turns();
    const cart = await opened(async () => new Response(JSON.stringify(store)), { store: given });
    assert.ok(turns() - before >= pieces, `${turns() - before} turns in ${pieces} pieces`);
    assert.equal(cart.addItem({ id: 10_000 }).totals.total, "3.00");
    assert.throws(() => cart.addItem({ id: 10_001 }));
    cart.close();
  }
});

test("the example of docs/products.md runs", async () => {
  const text = readFileSync(new URL("../../docs/products.md", import.meta.url), "utf8");
  const [code] = [...text.matchAll(/```js\n([^]*?)```/g)].map(([, block]) => block).filter((block) => block.includes("restore()"));
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
