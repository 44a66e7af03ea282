// Customers signing in and out, with credentials that go nowhere else and rest nowhere unasked.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { basic, jwt } from "../../pkg/auth.js";
import { CartError, codes, createCart } from "../../pkg/index.js";
import { CASEY, GILL, SHOP, STORE, makeShop, openAt, secrets } from "./support/accounts.mjs";
import { makeStorage } from "./support/storage.mjs";

test("what is wrong with a sign-in is the shop's own CartError", async () => {
  const shop = makeShop();
  const auth = jwt({ storeUrl: SHOP, fetch: shop.fetch });
  await assert.rejects(auth.login({ username: "casey", password: "wrong" }), (error) => error instanceof CartError && error.code === codes.AUTHENTICATION_ERROR && error.status === 401);
  await assert.rejects(auth.login(CASEY), { code: "cocart_jwt_missing" });
  await assert.rejects(auth.refresh(), { code: "cocart_jwt_no_refresh_token" });
  assert.throws(() => basic({ storeUrl: SHOP, fetch: shop.fetch }).bind({ storeUrl: "https://other.example" }), { code: codes.INVALID_OPTION });
  const asked = shop.asked.length;
  await assert.rejects(auth.login({ username: "casey", password: "" }), { message: "Authentication invalid!", status: 401 });
  assert.equal(shop.asked.length, asked, "half a sign-in is not sent");
  const cart = await openAt(shop);
  await assert.rejects(cart.login(CASEY), { code: codes.INVALID_OPTION });
  cart.close();
});

test("Basic: user name and password live in memory alone", async () => {
  const shop = makeShop();
  const [storage, auth] = [makeStorage(), basic()];
  const cart = await openAt(shop, { authorization: auth, storage });
  cart.addItem({ id: 1 });
  await cart.login(CASEY);
  assert.equal(cart.getSnapshot().cart_key, "2");
  const kept = [...storage.kept].flat().join("\n");
  for (const secret of secrets()) assert.ok(!kept.includes(secret), `${secret} is kept`);
  cart.close();
  // a reload: the cart is the customer's, the credentials are gone
  const after = basic();
  const reloaded = await openAt(shop, { authorization: after, storage });
  assert.ok(reloaded.status.signedIn && !after.signedIn);
  await assert.rejects(reloaded.sync(), { code: codes.UNAUTHORIZED });
  await reloaded.login(CASEY);
  assert.equal((await reloaded.sync()).item_count, 1);
  reloaded.close();
});

test("an app's own callback: login() without credentials asks who it is", async () => {
  const shop = makeShop();
  const header = `Basic ${Buffer.from("casey:pässword").toString("base64")}`;
  let current;
  const cart = await openAt(shop, { authorization: () => current, signedIn: false });
  cart.addItem({ id: 1, quantity: 2 });
  await cart.sync();
  assert.ok(shop.asked.every(({ authorization }) => authorization === null));
  await assert.rejects(cart.login(), { code: codes.UNAUTHORIZED });
  current = header;
  assert.equal((await cart.login()).user_id, "2");
  assert.deepEqual(shop.holds("2"), { 1: 2 });
  cart.close();
});

test("login with changes waiting: they reach the customer's cart once, and the guest's quantity wins", async () => {
  for (const told of [true, false]) {
    const shop = makeShop({ jwt: true });
    const other = await openAt(shop, { authorization: jwt(), storageKey: "other" });
    await other.login(CASEY);
    other.addItem({ id: 1, quantity: 1 });
    await other.sync();
    const cart = await openAt(shop, { authorization: jwt() });
    cart.addItem({ id: 1, quantity: 5 });
    if (told) await cart.sync();
    cart.addItem({ id: 2, quantity: 2 });
    await cart.login(CASEY);
    assert.deepEqual(shop.holds("2"), { 1: 5, 2: 2 });
    assert.equal(cart.status.pending, 0);
    assert.equal(cart.getSnapshot().item_count, 7);
    for (const open of [cart, other]) open.close();
  }
});

test("login while the shop cannot be reached afterwards: signed in, and merged later", async () => {
  const shop = makeShop({ jwt: true });
  const auth = jwt();
  const cart = await openAt(shop, { authorization: auth });
  cart.addItem({ id: 1, quantity: 2 });
  await cart.sync();
  const { login } = auth;
  const wrapped = { ...facade(auth), login: async (credentials) => login.call(auth, credentials).finally(() => { shop.reachable = false; }) };
  cart.close();
  const storage = makeStorage();
  const again = await openAt(shop, { authorization: wrapped, storage, cartKey: "kept-key" });
  again.addItem({ id: 2 });
  await again.sync();
  assert.equal((await again.login(CASEY)).user_id, "2");
  assert.ok(again.status.signedIn);
  assert.deepEqual(shop.holds("2"), {});
  shop.reachable = true;
  await again.sync();
  assert.deepEqual(shop.holds("2"), { 2: 1 });
  again.close();
});

/** A sign-in whose methods can be replaced. */
function facade(auth) {
  return {
    bind: (shop) => auth.bind(shop),
    load: () => auth.load(),
    authorization: auth.authorization,
    renew: () => auth.renew(),
    observe: (...seen) => auth.observe(...seen),
    logout: () => auth.logout(),
    get signedIn() {
      return auth.signedIn;
    },
    get user() {
      return auth.user;
    },
  };
}

test("another customer signs in: nothing of the first one's cart is told or shown to the second", async () => {
  const shop = makeShop({ jwt: true });
  const cart = await openAt(shop, { authorization: jwt() });
  await cart.login(CASEY);
  cart.addItem({ id: 1, quantity: 2 });
  await cart.login(GILL);
  assert.deepEqual(shop.holds("2"), { 1: 2 }, "what waited was told in the first one's name");
  assert.deepEqual(shop.holds("3"), {});
  assert.equal(cart.getSnapshot().cart_key, "3");
  assert.equal(cart.getSnapshot().item_count, 0);
  cart.addItem({ id: 2 });
  await cart.sync();
  assert.deepEqual(shop.holds("3"), { 2: 1 });
  await cart.login(CASEY);
  assert.deepEqual(cart.getSnapshot().items.map(({ id }) => id), [1], "the first one's cart was kept by the shop");
  cart.close();
});

test("logout tells the shop first, leaves the customer's cart there and nothing of it here", async () => {
  const shop = makeShop({ jwt: true });
  const storage = makeStorage();
  const cart = await openAt(shop, { authorization: jwt(), storage });
  await cart.login(CASEY);
  cart.addItem({ id: 1, quantity: 2, email: "casey@example.com" });
  await cart.logout();
  assert.deepEqual(shop.holds("2"), { 1: 2 });
  assert.ok(shop.routes().includes("POST v2/logout"));
  assert.equal(cart.getSnapshot().item_count, 0);
  assert.ok(!/^\d+$/.test(cart.getSnapshot().cart_key));
  assert.ok(![...storage.kept].flat().join().includes("casey@example.com"));
  shop.asked.length = 0;
  cart.addItem({ id: 2 });
  await cart.sync();
  assert.ok(shop.asked.every(({ authorization }) => authorization === null), "a guest's requests carry no credentials");
  cart.close();
});

test("logout while the shop cannot be reached is refused, unless the changes may be lost", async () => {
  const shop = makeShop({ jwt: true });
  const auth = jwt();
  const cart = await openAt(shop, { authorization: auth });
  await cart.login(CASEY);
  shop.reachable = false;
  cart.addItem({ id: 1 });
  await assert.rejects(cart.logout(), { code: codes.OFFLINE, retryable: true });
  assert.ok(auth.signedIn && cart.status.pending === 1, "nothing has happened");
  const lost = [];
  cart.addEventListener("error", ({ detail }) => lost.push(detail.code));
  await cart.logout({ discard: true });
  assert.deepEqual(lost, [codes.OFFLINE, "cocart_wasm_signed_out_pending"]);
  assert.ok(!auth.signedIn && !cart.status.signedIn && cart.status.pending === 0);
  cart.close();
});

test("sessions are the shop's own answers, by either generation's routes", async () => {
  const asked = [];
  const fetch = async (url, init) => {
    const route = `${init.method} ${new URL(url).pathname.replace("/wp-json/cocart/v2/", "")}`;
    asked.push([route, init.headers.Authorization]);
    const known = { "GET sessions": [{ cart_key: "abc" }], "GET sessions/abc": { items: {} }, "GET sessions/abc/items": {}, "DELETE sessions/abc": "Session successfully deleted!" };
    const body = known[route] ?? { code: "rest_no_route", message: "No route", data: { status: 404 } };
    return new Response(JSON.stringify(body), { status: route in known ? 200 : 404 });
  };
  const cart = await createCart({ storeUrl: SHOP, store: STORE, storage: "memory", sync: "manual", fetch, authorization: () => "Basic admin" });
  assert.deepEqual(await cart.sessions.list(), [{ cart_key: "abc" }]);
  assert.deepEqual(await cart.sessions.get("abc"), { items: {} });
  assert.deepEqual(await cart.sessions.items("abc"), {});
  assert.equal(await cart.sessions.delete("abc"), "Session successfully deleted!");
  await assert.rejects(cart.sessions.get("no/such"), { code: codes.NO_ROUTE, status: 404 });
  assert.ok(asked.every(([, credentials]) => credentials === "Basic admin"));
  assert.ok(asked.some(([route]) => route === "GET session/no%2Fsuch"));
  assert.equal(cart.status.pending, 0);
  cart.close();
});

test("a shop that redirects elsewhere takes no credentials along", async (t) => {
  const heard = [];
  const listen = (answer) =>
    new Promise((done) => {
      const server = createServer((request, response) => answer(request, response));
      t.after(() => server.close());
      server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${server.address().port}`));
    });
  const thief = await listen((request, response) => {
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      heard.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
      response.setHeader("content-type", "application/json").end("{}");
    });
  });
  const shop = await listen((request, response) => response.writeHead(307, { location: `${thief}${request.url}` }).end());
  const auth = jwt({ storeUrl: shop, token: "h.e30.s", refreshToken: "refresh-secret" });
  await assert.rejects(auth.login(CASEY), { code: codes.OFFLINE });
  await assert.rejects(auth.refresh(), { code: codes.OFFLINE });
  await assert.rejects(auth.validate(), { code: codes.OFFLINE });
  const cart = await createCart({ storeUrl: shop, store: STORE, storage: "memory", sync: "manual", authorization: auth });
  cart.addItem({ id: 1 });
  await cart.sync().catch(() => {});
  await cart.sessions.list().catch(() => {});
  cart.close();
  assert.ok(heard.length > 0, "the cart's own requests do follow");
  for (const secret of ["refresh-secret", "h.e30.s", "authorization", CASEY.password, Buffer.from("casey:pässword").toString("base64")]) {
    assert.ok(!heard.join("\n").includes(secret), `${secret} reached another origin`);
  }
});

test("a shop's API keys are refused in a browser", async (t) => {
  t.after(() => delete globalThis.document);
  globalThis.document = {};
  const auth = basic({ storeUrl: SHOP, fetch: () => assert.fail("it was sent") });
  await assert.rejects(auth.login({ username: "ck_0123", password: "cs_0123" }), { code: codes.INVALID_OPTION });
});
