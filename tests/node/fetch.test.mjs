// A client that knows nothing of the engine: its fetch is the cart's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { axiosAdapter } from "../../pkg/axios.js";
import { codes, createCart } from "../../pkg/index.js";

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

test("a cart reaches its shop past the fetch it was installed as", async () => {
  const asked = [];
  const network = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    if (request.url.includes("/products/7")) return Response.json({ id: 7, name: "Cup", type: "simple", slug: "cup", prices: { price: "300", currency: { currency_minor_unit: 2 } } });
    return Response.json({ code: "rest_no_route", message: "", data: { status: 404 } }, { status: 404 });
  };
  const [first, second] = [await createCart({ store, storage: "memory", storageKey: "first", sync: "manual", storeUrl: SHOP }), await createCart({ store, storage: "memory", storageKey: "second", sync: "manual", storeUrl: "https://other.example" })];
  const undo = [first.install(), second.install()];
  try {
    // A product neither has seen, then the shop's own answer to what is no cart route.
    assert.equal((await fetch(`${ROUTE}/add-item`, json({ id: "7", quantity: "1" }))).status, 200);
    assert.deepEqual(asked, ["GET /sub/wp-json/cocart/v2/products/7"]);
    assert.equal((await fetch("https://other.example/wp-json/cocart/v2/cart")).status, 200);
    assert.equal((await fetch(`${ROUTE}/nope`)).status, 404);
    await assert.rejects(first.sync(), { code: codes.OFFLINE });
    assert.ok(asked.includes("POST /sub/wp-json/cocart/v2/cart/add-item"), `${asked}`);
  } finally {
    undo.reverse().forEach((undone) => undone());
    globalThis.fetch = network;
    first.close();
    second.close();
  }
});

test("what a page listed can be added without asking for it again, offline too", async () => {
  let online = true;
  const asked = [];
  const cart = await createCart({
    storage: "memory",
    sync: "manual",
    storeUrl: SHOP,
    fetch: async (input) => {
      asked.push(String(input.url ?? input));
      if (!online) throw new TypeError("fetch failed");
      const product = { id: 7, name: "Cup", type: "simple", slug: "cup", sku: "CUP", prices: { price: "300", currency: { currency_minor_unit: 2 } } };
      return Response.json({ products: [product], page: 1 });
    },
  });
  const list = await cart.fetch(`${SHOP}/wp-json/cocart/v2/products?per_page=10`);
  assert.equal((await list.json()).products[0].name, "Cup");
  online = false;
  const added = await cart.fetch(`${ROUTE}/add-item`, json({ id: "CUP", quantity: "2" }));
  assert.equal((await added.json()).item_count, 2);
  assert.equal(asked.length, 1);
  const unknown = await cart.fetch(`${ROUTE}/add-item`, json({ id: "8", quantity: "1" }));
  assert.deepEqual([unknown.status, (await unknown.json()).code], [503, "cocart_wasm_product_unknown"]);
  cart.close();
});

test("a batch goes to the shop but for the cart's parts", async () => {
  const asked = [];
  const cart = await open(async (input, init) => {
    asked.push(await new Request(input, init).json());
    return Response.json({ responses: [{ body: { id: 5 }, status: 201, headers: {} }] }, { status: 207 });
  });
  const post = { path: "/wp/v2/posts", body: { title: "Hello" } };
  const requests = [{ path: "/cocart/v2/cart/add-item", body: { id: "1", quantity: "1" } }, post, { path: "/cocart/v2/cart/add-item?fields=item_count", body: { id: "1", quantity: "x" } }];
  const mixed = await cart.fetch(`${SHOP}/wp-json/batch/v1`, json({ requests }));
  assert.equal(mixed.status, 207);
  const { responses } = await mixed.json();
  assert.deepEqual(responses.map(({ status }) => status), [200, 201, 400]);
  assert.equal(responses[0].headers.Allow, "POST");
  assert.deepEqual(asked, [{ requests: [post] }]);
  // Nothing of the cart's, or a batch that WordPress refuses: not ours to answer.
  await cart.fetch(`${SHOP}/wp-json/batch/v1`, json({ requests: [post] }));
  await cart.fetch(`${SHOP}/wp-json/batch/v1`, json({ requests: [{ path: "/cocart/v2/cart", method: "GET" }] }));
  assert.equal(asked.length, 3);
  assert.equal(cart.getSnapshot().item_count, 1);
  cart.close();
});

test("an answer has the address it was asked at, like the network's", async () => {
  const cart = await open();
  const response = await cart.fetch(new Request(`${ROUTE}?fields=item_count`));
  assert.equal(response.url, `${ROUTE}?fields=item_count`);
  assert.equal(response.headers.get("CoCart-API-Cart-Key"), cart.getSnapshot().cart_key);
  assert.equal(await (await cart.fetch(`${ROUTE}?fields=item_count&_jsonp=done`)).text(), '/**/done({"item_count":0})');
  cart.close();
});

test("what is asynchronous can be aborted, and changes nothing then", async () => {
  const cart = await createCart({ storage: "memory", sync: "manual", storeUrl: SHOP, store, fetch: () => new Promise(() => {}) });
  cart.addItem({ id: 1 });
  await assert.rejects(cart.sync({ signal: AbortSignal.abort() }), { name: "AbortError" });
  await assert.rejects(cart.sync({ signal: AbortSignal.timeout(20) }), { name: "TimeoutError" });
  await assert.rejects(cart.checkout({ signal: AbortSignal.timeout(20) }), { name: "TimeoutError" });
  await assert.rejects(cart.fetch(`${ROUTE}/add-item`, { ...json({ id: "8", quantity: "1" }), signal: AbortSignal.timeout(20) }), { name: "TimeoutError" });
  assert.equal(cart.status.pending, 1);
  assert.equal(cart.getSnapshot().item_count, 1);
  cart.close();
});

test("every code has a constant, in JavaScript and in the types", () => {
  const types = readFileSync(new URL("../../pkg/errors.d.ts", import.meta.url), "utf8");
  const typed = Object.fromEntries([...types.matchAll(/readonly ([A-Z_]+): "(\w+)"/g)].map(([, name, code]) => [name, code]));
  assert.deepEqual(typed, { ...codes });
  assert.ok(Object.isFrozen(codes));
});

test("what a namespace holds is the shop's to say", async () => {
  const asked = [];
  const said = { namespace: "cocart/v1", routes: {} };
  const cart = await open(async (input) => (asked.push(new URL(input instanceof Request ? input.url : input).pathname), Response.json(said)));
  for (const version of ["v1", "v2"]) assert.deepEqual(await (await cart.fetch(`${SHOP}/wp-json/cocart/${version}`)).json(), said);
  assert.deepEqual(asked, ["/sub/wp-json/cocart/v1", "/sub/wp-json/cocart/v2"]);
  // the engine is asked by name, and knows one of the two
  assert.deepEqual(["/cocart/v1", "/cocart/v2"].map((path) => cart.request("GET", path).status), [404, 200]);
  cart.close();
});

test("axios signs in by user name and password, whatever letters they are made of", async () => {
  const sent = [];
  const cart = await open(async (_, { headers }) => (sent.push(headers.get("authorization")), Response.json({})));
  const ask = (auth) => axiosAdapter(cart)({ url: `${SHOP}/wp-json/wp/v2/users/me`, method: "get", headers: {}, auth });
  for (const auth of [{ username: "łucja", password: "пароль" }, { username: "ada" }, undefined]) assert.equal((await ask(auth)).status, 200);
  const basic = (text) => `Basic ${Buffer.from(text).toString("base64")}`;
  assert.deepEqual(sent, [basic("łucja:пароль"), basic("ada:"), null]);
  cart.close();
});
