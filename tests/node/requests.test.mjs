// The cart's requests on their way to the shop: events, headers of the app's own, the time limit, tags, and pages of products.
import assert from "node:assert/strict";
import { test } from "node:test";
import { jwt } from "../../pkg/auth.js";
import { codes, createCart } from "../../pkg/index.js";
import { makeStorage } from "./support/storage.mjs";
import { until } from "./support/until.mjs";

const SHOP = "https://shop.example";
const IDS = [1, 2, 3, 4, 5];
const products = IDS.map((id) => ({ id, name: `Mug ${id}`, slug: `mug-${id}`, sku: `MUG-${id}`, price: "12.50", regular_price: "12.50" }));
const details = IDS.map((id) => ({ id, created: [1_704_067_200 + id, 0], modified: [1_704_067_200, 0] }));
const store = { format: 1, complete: true, products, catalogue: { details } };

let shops = 0;

/** A shop that is a cart of this package; `answer(request, next)` may stand in its way. */
async function makeShop({ profile = "v4.3", answer = (request, next) => next() } = {}) {
  const shop = await createCart({ store, storage: "memory", storageKey: `shop ${(shops += 1)}`, profile });
  const sent = [];
  const fetch = async (url, init = {}) => {
    const headers = new Headers(init.headers);
    const { pathname, search, origin } = new URL(url);
    const request = { url: String(url), method: init.method ?? "GET", path: pathname.replace("/wp-json/cocart/", ""), headers, init };
    sent.push(request);
    if (origin !== SHOP) return new Response("{}");
    const next = () => {
      const { status, headers: told, body } = shop.request(request.method, `${pathname.replace("/wp-json", "")}${search}`, { body: init.body, headers });
      return new Response(status === 304 ? null : JSON.stringify(body), { status, headers: { ...told, "content-type": "application/json" } });
    };
    return answer(request, next);
  };
  return { shop, sent, fetch, close: () => shop.close() };
}

const open = (shop, options) => createCart({ store, storeUrl: SHOP, storage: "memory", storageKey: `requests ${(shops += 1)}`, profile: "v4.3", sync: "manual", fetch: shop.fetch, ...options });

const KINDS = ["request", "response", "error", "retry", "auth:refresh"];

function listen(cart, kinds = KINDS) {
  const events = [];
  for (const kind of kinds) cart.addEventListener(kind, ({ detail }) => events.push([kind, detail]));
  return events;
}

test("single requests are told under the SDK's names, without what opens the cart", async () => {
  const shop = await makeShop();
  const cart = await open(shop, { authorization: () => "Bearer very-secret", signedIn: false, headers: { "X-Api-Key": "also-secret" } });
  const events = listen(cart);
  cart.addItem({ id: 1, quantity: 2, email: "ada@example.com", item_data: { cart_key: "abc", note: "hello" } });
  await cart.sync();
  const [request, response] = events.map(([, detail]) => detail);
  assert.deepEqual(events.slice(0, 2).map(([kind]) => kind), ["request", "response"]);
  assert.equal(request.method, "POST");
  assert.match(request.url, /^https:\/\/shop\.example\/wp-json\/cocart\/v2\/cart\/add-item\?cart_key=\[hidden\]$/);
  assert.deepEqual(request.headers, { "content-type": "application/json", "x-api-key": "[hidden]" });
  assert.deepEqual([request.body.id, request.body.item_data], ["1", { cart_key: "[hidden]", note: "hello" }]);
  assert.deepEqual([response.method, response.url, response.status], ["POST", request.url, 200]);
  assert.ok(response.duration >= 0 && Number.isInteger(response.duration));
  assert.ok(Object.isFrozen(request));

  events.length = 0;
  await cart.products.get(77).catch(() => {});
  await cart.sessions.get("t_0123456789abcdef0123456789abcdef").catch(() => {});
  const asked = events.filter(([kind]) => kind === "request").map(([, detail]) => detail);
  assert.ok(asked.length > 0);
  const told = JSON.stringify(events);
  for (const secret of ["very-secret", "also-secret", cart.getSnapshot().cart_key, "t_0123456789"]) assert.ok(!told.includes(secret), secret);
  assert.ok(asked.some(({ headers }) => headers.authorization === "[hidden]"));
  assert.equal(shop.sent.at(-1).headers.get("authorization"), "Bearer very-secret", "what is sent is not what is shown");
  cart.close();
  shop.close();
});

test("a request that gets no answer is an error and is retried after a pause that is told before", async () => {
  let trouble = "down";
  const shop = await makeShop({
    answer(request, next) {
      if (trouble === "down") throw new TypeError("fetch failed");
      return trouble ? new Response("", { status: trouble, headers: { "retry-after": "1" } }) : next();
    },
  });
  const cart = await open(shop, { sync: "auto" });
  const events = listen(cart);
  cart.addItem({ id: 1 });
  await until(() => events.some(([kind]) => kind === "retry"));
  assert.deepEqual(events.map(([kind]) => kind), ["request", "error", "retry"]);
  const [{ url }, error, retry] = events.map(([, detail]) => detail);
  assert.deepEqual([error.code, error.method, error.url, error.error.message], [codes.OFFLINE, "POST", url, "fetch failed"]);
  assert.deepEqual([retry.method, retry.url, retry.attempt, retry.maxRetries, retry.reason], ["POST", url, 1, Infinity, "transient_error"]);
  assert.ok(retry.delay >= 250 && retry.delay <= 2_000, String(retry.delay));

  trouble = 503;
  await until(() => events.filter(([kind]) => kind === "retry").length === 2);
  const [kind, last] = events.at(-1);
  assert.deepEqual([kind, last.attempt, last.reason, last.method], ["retry", 2, "http_503", "GET"]);
  assert.ok(last.delay >= 1_000, "the shop's own Retry-After");
  assert.equal(events.filter(([kind]) => kind === "error").length, 1, "a status is an answer");

  trouble = undefined;
  await until(() => cart.status.pending === 0);
  assert.equal(events.at(-1)[1].status, 200);
  cart.close();
  shop.close();
});

test("a manual sync that fails tells of no retry", async () => {
  const cart = await open({ fetch: () => Promise.reject(new TypeError("fetch failed")) });
  const events = listen(cart);
  cart.addItem({ id: 1 });
  await assert.rejects(cart.sync(), { code: codes.OFFLINE });
  assert.deepEqual(events.map(([kind]) => kind), ["request", "error"]);
  cart.close();
});

test("whoever listens to nothing loads nothing, and a listener that comes late hears the rest", async () => {
  const shop = await makeShop();
  const cart = await open(shop);
  cart.addItem({ id: 1 });
  await cart.sync();
  assert.equal(shop.sent.length, 1);
  const events = listen(cart, ["response"]);
  cart.addItem({ id: 2 });
  await cart.sync();
  assert.ok(events.length > 0);
  assert.deepEqual(events.map(([kind, { status }]) => [kind, status]), shop.sent.slice(1).map(() => ["response", 200]));
  cart.close();
  shop.close();
});

test("renewed credentials are told", async () => {
  const token = (seconds) => `x.${btoa(JSON.stringify({ iat: Date.now() / 1000 - 100, exp: Date.now() / 1000 + seconds }))}.x`;
  let works = true;
  const shop = await makeShop({
    answer: ({ path }, next) => {
      if (!path.startsWith("jwt/")) return next();
      return works ? Response.json({ token: token(-90), refresh_token: "r2" }) : Response.json({ code: "cocart_authentication_error", message: "No." }, { status: 403 });
    },
  });
  const auth = jwt({ token: token(-50), refreshToken: "r1" });
  const cart = await open(shop, { authorization: auth });
  const events = listen(cart);
  await Promise.all([auth.authorization(), auth.authorization()]);
  assert.deepEqual(events.filter(([kind]) => kind === "auth:refresh"), [["auth:refresh", { success: true }]]);
  const [, { body, url }] = events.find(([kind]) => kind === "request");
  assert.match(url, /jwt\/refresh-token$/);
  assert.deepEqual(body, { refresh_token: "[hidden]" });
  works = false;
  events.length = 0;
  assert.equal(await auth.authorization().catch(() => undefined), undefined);
  assert.deepEqual(events.filter(([kind]) => kind === "auth:refresh"), [["auth:refresh", { success: false }]]);
  cart.close();
  shop.close();
});

test("an app's own way of signing in tells likewise when the shop refused it", async () => {
  let good = false;
  const shop = await makeShop({ answer: (request, next) => (good ? next() : Response.json({ code: "cocart_authentication_error", message: "No." }, { status: 401 })) });
  const authorization = { authorization: () => "Bearer a", signedIn: false, renew: async () => (good = false) };
  const cart = await open(shop, { authorization });
  const events = listen(cart, ["auth:refresh"]);
  cart.addItem({ id: 1 });
  await assert.rejects(cart.sync(), { code: codes.UNAUTHORIZED });
  await until(() => events.length > 0);
  assert.deepEqual(events, [["auth:refresh", { success: false }]]);
  cart.close();
  shop.close();
});

test("headers of the app's own go to the shop's REST API and nowhere else", async () => {
  const shop = await makeShop();
  let asked = 0;
  const headers = async () => ({ "X-Country": "DE", "X-Asked": String((asked += 1)) });
  const storage = makeStorage();
  const cart = await open(shop, { headers, storage, authHeader: "X-Shop-Authorization", authorization: () => "Bearer t0ken", signedIn: false });
  cart.addItem({ id: 1 });
  await cart.sync();
  await cart.loadProduct(2);
  const [write, load] = shop.sent;
  assert.deepEqual([write.headers.get("x-country"), write.headers.get("x-asked"), load.headers.get("x-asked")], ["DE", "1", "2"]);
  assert.deepEqual([write.init.redirect, write.init.cache, write.headers.get("content-type")], ["error", "no-store", "application/json"]);
  assert.deepEqual([load.headers.get("x-shop-authorization"), load.headers.get("authorization")], ["Bearer t0ken", null]);
  assert.ok(!JSON.stringify([...storage.kept]).includes("DE"), "headers are kept");
  assert.ok(!JSON.stringify([...storage.kept]).includes("t0ken"), "credentials are kept");

  await cart.fetch("https://elsewhere.example/wp-json/cocart/v2/cart");
  await cart.fetch(`${SHOP}/other`).catch(() => {});
  const passed = shop.sent.filter(({ url }) => /elsewhere|other/.test(url));
  assert.equal(passed.length, 2);
  for (const { headers } of passed) assert.deepEqual([headers.get("x-country"), headers.get("x-shop-authorization")], [null, null]);
  cart.close();
  shop.close();
});

test("a sign-in's own requests carry the header's other name, too", async () => {
  const shop = await makeShop({ answer: () => Response.json({ user_id: "7", extras: { jwt_token: "a.e30.c", jwt_refresh: "r" } }) });
  const auth = jwt();
  const cart = await open(shop, { authorization: auth, authHeader: "X-Auth" });
  await cart.login({ username: "ada", password: "pw" });
  const { headers } = shop.sent.find(({ path }) => path === "v2/login");
  assert.deepEqual([headers.get("x-auth"), headers.get("authorization")], [`Basic ${btoa("ada:pw")}`, null]);
  cart.close();
  shop.close();
});

test("options about requests that cannot be meant are refused", async () => {
  const wrong = [
    { headers: { "bad name": "x" } },
    { headers: { "X-A": "line\nbreak" } },
    { headers: { authorization: "Bearer x" } },
    { headers: { "Cart-Key": "x" } },
    { authHeader: "a b" },
    { authHeader: "" },
    { authHeader: "Cookie" },
    { authHeader: 3 },
    { timeout: 10 },
    { timeout: 60_000 },
    { timeout: NaN },
    { timeout: "20s" },
    { etag: "yes" },
  ];
  for (const options of wrong) await assert.rejects(open({ fetch: () => {} }, options), { code: codes.INVALID_OPTION }, JSON.stringify(options));
  const cart = await open({ fetch: () => Promise.reject(new TypeError("never asked")) }, { headers: () => ({ Cookie: "a=b" }) });
  const events = listen(cart, ["error"]);
  await assert.rejects(cart.loadProduct(99), { code: codes.OFFLINE });
  assert.equal(events[0][1].code, codes.INVALID_OPTION, "a function's headers are looked through, too");
  cart.close();
});

test("the time limit is the app's own", async (t) => {
  // the cart's timers keep no process alive
  const alive = setInterval(() => {}, 1_000);
  t.after(() => clearInterval(alive));
  const shop = await makeShop({ answer: ({ init }, next) => (shop.hang ? new Promise((done, fail) => init.signal?.addEventListener("abort", () => fail(init.signal.reason))) : next()) });
  shop.hang = true;
  const cart = await open(shop, { timeout: 1_000 });
  cart.addItem({ id: 1 });
  const timers = t.mock.method(globalThis, "setTimeout").mock;
  const limits = () => [...new Set(timers.calls.splice(0).map(({ arguments: [, after] }) => after))];
  await assert.rejects(cart.sync(), { code: codes.OFFLINE });
  assert.deepEqual(limits(), [1_000]);
  assert.equal(shop.sent[0].init.signal, undefined, "a write is never aborted");
  await assert.rejects(cart.loadProduct(2), ({ code, cause }) => code === codes.OFFLINE && cause.name === "TimeoutError");
  assert.deepEqual(limits(), [1_000]);
  shop.hang = false;
  await cart.sync();
  assert.equal(cart.status.pending, 0);
  assert.equal(shop.shop.getSnapshot().item_count, 1);
  cart.close();
  shop.close();
});

test("with tags the shop is asked for another cart than the one held, and never while in doubt", async () => {
  const statuses = [];
  let lose = false;
  const shop = await makeShop({
    profile: "v4.9",
    answer(request, next) {
      const response = next();
      statuses.push(`${request.method} ${response.status}`);
      if (lose && request.method === "POST") throw new TypeError("the answer was lost");
      return response;
    },
  });
  const cart = await open(shop, { etag: true, profile: "v4.9" });
  const changes = [];
  cart.subscribe(() => changes.push(cart.getSnapshot()));
  cart.addItem({ id: 1, quantity: 2 });
  await cart.sync();
  await cart.sync();
  statuses.length = 0;
  await cart.sync();
  await cart.sync();
  assert.deepEqual(statuses, ["GET 304", "GET 304"]);
  assert.equal(cart.getSnapshot().item_count, 2);

  // somebody else changes the cart
  const [key] = Object.keys(shop.shop.getSnapshot().items);
  shop.shop.updateItem(key, 5);
  await cart.sync();
  assert.equal(cart.getSnapshot().item_count, 5);
  assert.equal(statuses.at(-1), "GET 200");

  // in doubt
  lose = true;
  cart.updateItem(key, 7);
  await assert.rejects(cart.sync(), { code: codes.OFFLINE });
  lose = false;
  const before = shop.sent.length;
  await cart.sync();
  const looks = shop.sent.slice(before).filter(({ method }) => method === "GET");
  assert.ok(looks.length > 0);
  assert.match(looks[0].url, /[?&]_=/);
  assert.equal(looks[0].headers.get("if-none-match"), null);
  assert.deepEqual([cart.getSnapshot().item_count, shop.shop.getSnapshot().item_count], [7, 7]);
  cart.close();
  shop.close();
});

test("no tag goes to a shop on another origin, and none where the app did not ask for it", async () => {
  for (const [etag, origin] of [[true, "https://elsewhere.example"], [undefined, SHOP]]) {
    const shop = await makeShop({ profile: "v4.9" });
    globalThis.location = { origin, href: `${origin}/` };
    try {
      const cart = await open(shop, { etag, profile: "v4.9" });
      cart.addItem({ id: 1 });
      for (let at = 0; at < 3; at += 1) await cart.sync();
      assert.deepEqual(shop.sent.filter(({ headers }) => headers.has("if-none-match")), []);
      cart.close();
    } finally {
      delete globalThis.location;
      shop.close();
    }
  }
});

test("products page by page: here where the catalogue is, at the shop otherwise", async () => {
  const shop = await makeShop();
  for (const [where, options] of [["here", { sync: "off", storeUrl: undefined, fetch: undefined }], ["shop", { store: { format: 1 } }]]) {
    const cart = await open(shop, options);
    shop.sent.length = 0;
    const seen = [];
    for await (const page of cart.products.pages({ per_page: 2 })) seen.push(page);
    assert.deepEqual(seen.map(({ page }) => page), [1, 2, 3], where);
    assert.deepEqual(seen.flatMap((page) => page.products.map(({ id }) => id)).toSorted(), IDS, where);
    assert.deepEqual(seen.map((page) => [page.total_pages, page.total_products]), Array(3).fill([3, 5]), where);
    assert.equal(shop.sent.length, where === "here" ? 0 : 3);

    const some = [];
    for await (const { page } of cart.products.pages("per_page=2&page=2&search=Mug")) some.push(page);
    assert.deepEqual(some, [2, 3]);

    shop.sent.length = 0;
    for await (const page of cart.products.pages({ per_page: 2 })) if (page.page === 1) break;
    assert.ok(shop.sent.length <= 1, "a page is asked for when it is its turn");

    const giveUp = new AbortController();
    const walk = async () => {
      for await (const _ of cart.products.pages({ per_page: 2 }, { signal: giveUp.signal })) giveUp.abort(new Error("enough"));
    };
    await assert.rejects(walk(), /enough/);
    await assert.rejects(Array.fromAsync ? Array.fromAsync(cart.products.pages({ per_page: "many" })) : Promise.reject(Object.assign(new Error(), { code: "rest_invalid_param" })), { code: "rest_invalid_param" });
    cart.close();
  }
  const none = await open({ fetch: () => Promise.reject(new TypeError("fetch failed")) }, { store: { format: 1 } });
  await assert.rejects(none.products.pages().next(), { code: codes.OFFLINE });
  none.close();
  shop.close();
});

test("a shop that says nothing of how many pages it has ends with one that is not full", async () => {
  const pages = [[{ id: 1 }, { id: 2 }], [{ id: 3 }, { id: 4 }], []];
  const fetch = async (url) => Response.json(pages[Number(new URL(url).searchParams.get("page")) - 1]);
  const cart = await open({ fetch }, { store: { format: 1 } });
  const seen = [];
  for await (const { products, total_pages } of cart.products.pages({ per_page: 2 })) seen.push([products.length, total_pages]);
  assert.deepEqual(seen, [[2, undefined], [2, undefined]]);
  cart.close();
});
