// A client that knows nothing of the engine: its fetch is the cart's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCart } from "../../pkg/index.js";

const store = { format: 1, products: [{ id: 1, name: "Mug", slug: "mug", price: "12.50", regular_price: "12.50" }] };
const SHOP = "https://shop.example/sub";
const ROUTE = `${SHOP}/wp-json/cocart/v2/cart`;

async function open(network = async () => assert.fail("the network was asked")) {
  return createCart({ store, storage: "memory", sync: "manual", storeUrl: SHOP, profile: "v4.3", fetch: network });
}

const json = (body) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

test("cart routes are answered here, in all the ways fetch can be called", async () => {
  const cart = await open();
  const added = await cart.fetch(`${ROUTE}/add-item`, json({ id: "1", quantity: "2" }));
  assert.equal(added.status, 200);
  assert.match(added.headers.get("content-type"), /^application\/json/);
  const { items } = await added.json();
  assert.equal(items[0].quantity.value, 2);
  const form = new URLSearchParams({ id: "1" });
  assert.equal((await (await cart.fetch(new URL(`${ROUTE}/add-item?fields=item_count`), { method: "POST", body: form })).json()).item_count, 3);
  const multipart = new FormData();
  multipart.set("id", "1");
  assert.equal((await (await cart.fetch(`${ROUTE}/add-item`, { method: "POST", body: multipart })).json()).item_count, 4);
  assert.equal((await (await cart.fetch(new Request(`${ROUTE}?fields=item_count`))).json()).item_count, 4);
  assert.equal((await (await cart.fetch(`${SHOP}/?rest_route=/cocart/v2/cart&fields=item_count`)).json()).item_count, 4);
  const gone = await cart.fetch(`${ROUTE}/item/${items[0].item_key}`, { method: "DELETE" });
  assert.deepEqual((await gone.json()).items, []);
  const refused = await cart.fetch(`${ROUTE}/add-item`, { ...json({}), body: "{" });
  assert.equal(refused.status, 400);
  assert.equal((await refused.json()).code, "rest_invalid_json");
  const head = await cart.fetch(ROUTE, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), "");
  cart.close();
});

test("everything else goes to the network untouched", async () => {
  const asked = [];
  const cart = await open(async (...args) => {
    asked.push(args);
    return new Response("network");
  });
  const init = { headers: { a: "b" } };
  for (const address of ["https://other.example/wp-json/cocart/v2/cart", `${SHOP}/wp-json/wp/v2/posts`, `${SHOP}/wp-json/cocart/v2/products`, "https://shop.example/wp-json/cocart/v2/cart"]) {
    assert.equal(await (await cart.fetch(address, init)).text(), "network");
    assert.equal(asked.at(-1)[0], address);
    assert.equal(asked.at(-1)[1], init);
  }
  cart.close();
});

test("an aborted request is aborted", async () => {
  const cart = await open();
  await assert.rejects(cart.fetch(ROUTE, { signal: AbortSignal.abort() }), { name: "AbortError" });
  assert.deepEqual(cart.getSnapshot().items, []);
  cart.close();
});

test("install replaces the global fetch until it is undone", async () => {
  const cart = await open();
  const before = globalThis.fetch;
  const undo = cart.install();
  assert.notEqual(globalThis.fetch, before);
  assert.equal((await fetch(ROUTE)).status, 200);
  undo();
  assert.equal(globalThis.fetch, before);
  cart.close();
});
