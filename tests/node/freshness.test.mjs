// The catalogue that keeps itself fresh: when it asks, when it does not, and what disturbs nobody.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { codes, createCart } from "../../pkg/index.js";
// loaded when they are due, which takes time that the test's clock does not show
import "../../pkg/freshness.js";
import "../../pkg/stock.js";
import { fakeCaches, shopOf } from "./support/catalogues.mjs";

const MINUTE = 60_000;
const before = { navigator: Object.getOwnPropertyDescriptor(globalThis, "navigator"), add: globalThis.addEventListener, remove: globalThis.removeEventListener };
let page;

/** A page that can be left, taken off the net and metered. Its timers are the test's, its promises its own. */
beforeEach(() => {
  const events = new EventTarget();
  page = { visibilityState: "visible", addEventListener: events.addEventListener.bind(events), removeEventListener: events.removeEventListener.bind(events), online: true, busy: 0, connection: Object.assign(new EventTarget(), { saveData: false }), held: false };
  page.say = (kind) => events.dispatchEvent(new Event(kind));
  page.show = (visibilityState) => ((page.visibilityState = visibilityState), page.say("visibilitychange"));
  globalThis.document = page;
  globalThis.addEventListener = page.addEventListener;
  globalThis.removeEventListener = page.removeEventListener;
  const locks = {
    request: async (name, options, act) => {
      page.busy += 1;
      try {
        return await act(page.held ? null : { name });
      } finally {
        page.busy -= 1;
      }
    },
  };
  const navigator = { get onLine() { return page.online; }, connection: page.connection, locks };
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: navigator });
  globalThis.caches = fakeCaches();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse("2026-11-22T08:00:00Z") });
});
afterEach(() => {
  mock.timers.reset();
  delete globalThis.document;
  delete globalThis.caches;
  globalThis.addEventListener = before.add;
  globalThis.removeEventListener = before.remove;
  Object.defineProperty(globalThis, "navigator", before.navigator ?? { configurable: true, value: undefined });
});

/** So much later, everything done that was due. */
async function pass(milliseconds) {
  for (let left = milliseconds; left > 0; left -= MINUTE) {
    await settled();
    mock.timers.tick(Math.min(left, MINUTE));
  }
  await settled();
}
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done));
};
const settled = async () => {
  do await turns();
  while (page.busy > 0);
};

const BACKGROUND = { refresh: "background" };
const open = (shop, products, more) => createCart({ storeUrl: "https://shop.example", storage: "memory", sync: "manual", fetch: shop.fetch, products, ...more });

test("a catalogue is fetched by itself, with progress, and again when it is old", async () => {
  const shop = shopOf(250);
  const steps = [];
  const cart = await open(shop, { refresh: "background", maxAge: 1800, onProgress: ({ loaded, total }) => steps.push(`${loaded} of ${total}`) });
  assert.deepEqual(shop.asked, [], "the page goes first");
  await pass(2_000);
  assert.deepEqual([shop.asked, steps], [[1, 2, 3], ["100 of 250", "200 of 250", "250 of 250"]]);
  assert.equal(cart.addItem({ id: 250 }).item_count, 1);
  await pass(29 * MINUTE);
  assert.equal(shop.asked.length, 3);
  await pass(2 * MINUTE);
  assert.equal(shop.asked.length, 6);
  cart.close();
  await pass(60 * MINUTE);
  assert.equal(shop.asked.length, 6, "a closed cart asks for nothing");
  // another visit knows it without asking
  const next = await open(shop, { refresh: "background", maxAge: 7200 });
  await pass(2_000);
  assert.equal(next.addItem({ id: 7 }).item_count, 1);
  assert.equal(shop.asked.length, 6);
  next.close();
});

test("nothing is asked for by a hidden page, offline, or where bytes are counted", async () => {
  for (const [worse, better] of [
    [() => page.show("hidden"), () => page.show("visible")],
    [() => ((page.online = false), page.say("offline")), () => ((page.online = true), page.say("online"))],
    ...[["saveData", true, false], ["type", "cellular", "wifi"], ["effectiveType", "slow-2g", "4g"]].map(([name, bad, good]) =>
      [bad, good].map((value) => () => ((page.connection[name] = value), page.connection.dispatchEvent(new Event("change"))))),
  ]) {
    globalThis.caches = fakeCaches();
    const shop = shopOf(10);
    worse();
    const cart = await open(shop, BACKGROUND);
    await pass(5 * MINUTE);
    assert.deepEqual(shop.asked, [], String(worse));
    better();
    await pass(2_000);
    assert.deepEqual(shop.asked, [1], String(worse));
    cart.close();
  }
});

test("a page that is left cuts the download off, and goes on with it later", async () => {
  const shop = shopOf(400);
  const cart = await open(shop, { refresh: "background", onProgress: ({ loaded }) => loaded === 200 && page.show("hidden") });
  await pass(2_000);
  assert.ok(shop.asked.length <= 3, String(shop.asked));
  const so = shop.asked.length;
  await pass(5 * MINUTE);
  assert.equal(shop.asked.length, so);
  page.show("visible");
  await pass(2_000);
  assert.deepEqual(shop.asked.slice(so), [3, 4]);
  cart.close();
});

test("errors disturb nobody and are tried again, later each time", async () => {
  const shop = shopOf(10, 1);
  const cart = await open(shop, BACKGROUND);
  const problems = [];
  for (const kind of ["error", "offline"]) cart.addEventListener(kind, ({ detail }) => problems.push(detail));
  await pass(2_000);
  assert.equal(shop.asked.length, 1);
  await pass(MINUTE);
  assert.equal(shop.asked.length, 2);
  await pass(MINUTE);
  assert.equal(shop.asked.length, 2);
  await pass(MINUTE);
  assert.equal(shop.asked.length, 3);
  shop.brokenFrom = Infinity;
  await pass(4 * MINUTE);
  assert.equal(cart.addItem({ id: 3 }).item_count, 1);
  // who listens to single requests hears of each, and that is all
  assert.equal(problems.length, 3);
  for (const { method, url } of problems) assert.match(`${method} ${url}`, /^GET .*\/v2\/products\?/);
  cart.close();
});

test("one tab asks at a time, and the others learn what it kept", async () => {
  const shop = shopOf(120);
  page.held = true;
  const waiting = await open(shop, BACKGROUND);
  await pass(2_000);
  assert.deepEqual(shop.asked, []);
  const other = await open(shop, { refresh: "manual" });
  await other.products.refresh();
  page.held = false;
  await pass(MINUTE);
  assert.deepEqual(shop.asked, [1, 2]);
  assert.equal(waiting.addItem({ id: 111 }).item_count, 1);
  for (const cart of [waiting, other]) cart.close();
});

test("an app's own refresh joins the one that runs, and is not cut off with it", async () => {
  const shop = shopOf(300);
  shop.delay = 10;
  const cart = await open(shop, BACKGROUND);
  mock.timers.tick(2_000);
  await turns();
  assert.deepEqual(shop.asked, [1]);
  let loaded;
  cart.products.refresh().then((done) => (loaded = done.loaded));
  page.show("hidden");
  while (loaded === undefined) (await turns(), mock.timers.tick(10));
  assert.equal(loaded, 300);
  assert.deepEqual(shop.asked, [1, 2, 3]);
  cart.close();
});

test("a snapshot at an address is asked after when it is old, for a round trip where it did not change", async () => {
  let price = "1.00";
  const asked = [];
  const shop = {
    fetch: async (address, init) => {
      asked.push(init?.cache);
      return Response.json({ format: 1, complete: true, products: [{ id: 1, name: "Mug", price }] }, { headers: { etag: `"${price}"`, date: "Sun, 22 Nov 2026 07:30:00 GMT" } });
    },
  };
  const more = { sync: "auto", store: "https://shop.example/snapshot.json" };
  // by default, where the cart keeps up with the shop by itself
  const cart = await open(shop, undefined, more);
  cart.addItem({ id: 1 });
  asked.length = 0;
  let told = 0;
  cart.subscribe(() => (told += 1));
  // a cache had it for half an hour already
  await pass(29 * MINUTE);
  assert.deepEqual(asked.filter((cache) => cache === "no-cache"), []);
  await pass(2 * MINUTE);
  assert.deepEqual(asked.filter((cache) => cache === "no-cache").length, 1);
  told = 0;
  price = "2.00";
  await pass(61 * MINUTE);
  assert.equal(asked.filter((cache) => cache === "no-cache").length, 2);
  assert.equal(cart.getSnapshot().totals.subtotal, "2.00");
  assert.ok(told > 0);
  cart.close();
  // not where the app keeps the cart up, or says that it refreshes by itself, or gave the snapshot as an object
  for (const [products, options] of [[undefined, { sync: "manual" }], [{ refresh: "manual" }, {}], [undefined, { store: { format: 1 } }]]) {
    const quiet = await open(shop, products, { ...more, ...options });
    asked.length = 0;
    await pass(180 * MINUTE);
    assert.deepEqual(asked.filter((cache) => cache === "no-cache"), []);
    quiet.close();
  }
});

test("without a page, or a place to keep a catalogue, nothing is fetched unasked", async () => {
  const shop = shopOf(10);
  delete globalThis.caches;
  const nowhere = await open(shop, BACKGROUND);
  await pass(5 * MINUTE);
  delete globalThis.document;
  globalThis.caches = fakeCaches();
  const server = await open(shop, BACKGROUND);
  await pass(5 * MINUTE);
  assert.deepEqual(shop.asked, []);
  // asked for, it comes all the same
  assert.equal((await nowhere.products.refresh()).loaded, 10);
  for (const cart of [nowhere, server]) cart.close();
});

test("what the option cannot be is refused", async () => {
  for (const products of [{ refresh: "often" }, { maxAge: 0 }, { maxAge: "soon" }, { maxAge: NaN }]) {
    await assert.rejects(open(shopOf(1), products), { code: codes.INVALID_OPTION }, JSON.stringify(products));
  }
});
