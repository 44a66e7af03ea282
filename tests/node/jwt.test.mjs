// Customers signing in with tokens: what rests where, how they are renewed, what ends them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { basic, jwt } from "../../pkg/auth.js";
import { codes, createCart } from "../../pkg/index.js";
import { until } from "./support/until.mjs";
import { CASEY, SHOP, makeShop, openAt, secrets } from "./support/accounts.mjs";
import { makeStorage } from "./support/storage.mjs";

test("login trades user name and password for tokens, and nothing of it rests anywhere", async () => {
  const shop = makeShop({ jwt: true });
  const [storage, auth] = [makeStorage(), jwt()];
  const cart = await openAt(shop, { authorization: auth, storage });
  assert.equal(cart.status.signedIn, false);
  cart.addItem({ id: 1, quantity: 2 });
  const { user_id } = await cart.login(CASEY);
  assert.equal(user_id, "2");
  assert.ok(auth.signedIn && auth.token && auth.refreshToken);
  assert.equal(cart.status.signedIn, true);
  assert.equal(cart.getSnapshot().cart_key, "2");
  assert.deepEqual(shop.holds("2"), { 1: 2 });
  const kept = [...storage.kept].flat().join("\n");
  assert.ok(kept.length > 100, "the cart itself is kept");
  for (const secret of secrets(auth)) assert.ok(!kept.includes(secret), `${secret} is kept`);
  const [login] = shop.asked.filter(({ route }) => route === "v2/login");
  assert.equal(login.redirect, "error");
  assert.ok(shop.asked.every(({ url }) => !/password|username/.test(url)), "credentials are no part of an address");
  cart.close();
});

test("tokens rest where the app says, for the shop they are of, and are gone with logout", async () => {
  const shop = makeShop({ jwt: true });
  const place = makeStorage();
  const first = await openAt(shop, { authorization: jwt({ storage: place }) });
  await first.login(CASEY);
  first.close();
  assert.equal(place.kept.size, 1);
  const auth = jwt({ storage: place });
  const again = await openAt(shop, { authorization: auth });
  assert.ok(auth.signedIn && again.status.signedIn);
  assert.equal(auth.user.user_id, "2");
  assert.equal((await again.sync()).cart_key, "2");
  const elsewhere = jwt({ storage: place });
  const stranger = await createCart({ storeUrl: "https://other.example", storage: "memory", sync: "manual", authorization: elsewhere, fetch: shop.fetch });
  assert.ok(!elsewhere.signedIn, "another shop's tokens are none");
  await again.logout();
  assert.equal(place.kept.size, 0);
  assert.ok(!auth.signedIn && !again.status.signedIn);
  for (const cart of [again, stranger]) cart.close();
});

test("a sign-in serves one shop: another is refused before it could be told anything", async () => {
  const shop = makeShop({ jwt: true });
  for (const auth of [jwt(), basic(), jwt({ storeUrl: "https://first.example" })]) {
    if (!auth.bind) assert.fail("nothing to bind");
    const own = await openAt(shop, { authorization: auth }).catch((error) => error);
    const other = createCart({ storeUrl: "https://other.example", storage: "memory", authorization: auth, fetch: shop.fetch });
    await assert.rejects(other, { code: codes.INVALID_OPTION });
    own.close?.();
  }
  assert.deepEqual(shop.asked, []);
});

test("however many requests find the token ended, one refresh goes out, without the old token", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const shop = makeShop({ jwt: true });
  shop.lifetime = 10;
  const auth = jwt();
  const cart = await openAt(shop, { authorization: auth });
  await cart.login(CASEY);
  assert.ok(auth.isExpired() && !auth.isExpired(5));
  shop.asked.length = 0;
  shop.lifetime = 1000;
  shop.delay = 20;
  const before = auth.token;
  const headers = await Promise.all([auth.authorization(), auth.authorization(), auth.refresh(), cart.sync().then(() => auth.authorization())]);
  const refreshes = shop.asked.filter(({ route }) => route === "jwt/refresh-token");
  assert.equal(refreshes.length, 1);
  assert.equal(refreshes[0].authorization, null);
  assert.equal(refreshes[0].redirect, "error");
  assert.notEqual(auth.token, before);
  assert.equal(headers[0], `Bearer ${auth.token}`);
  assert.ok(shop.asked.every(({ authorization }) => authorization !== `Bearer ${before}`), "the ended token was sent");
  cart.close();
});

test("a token that dies before its time is renewed, and the cart goes on by itself", async () => {
  const shop = makeShop({ jwt: true });
  const auth = jwt();
  const cart = await openAt(shop, { authorization: auth });
  const errors = [];
  cart.addEventListener("error", ({ detail }) => errors.push(detail.code));
  await cart.login(CASEY);
  shop.kill();
  cart.addItem({ id: 2 });
  const synced = await cart.sync();
  assert.equal(synced.item_count, 1);
  assert.equal(cart.status.pending, 0);
  assert.deepEqual(shop.holds("2"), { 2: 1 });
  assert.equal(shop.asked.filter(({ route }) => route === "jwt/refresh-token").length, 1);
  assert.deepEqual(errors, []);
  cart.close();
});

test("a shop that breaks down on a dead token is asked for one new token", async () => {
  const shop = makeShop({ jwt: true, dead: "500" });
  const auth = jwt();
  const cart = await openAt(shop, { authorization: auth });
  await cart.login(CASEY);
  shop.kill();
  await assert.rejects(cart.sync(), { code: codes.OFFLINE });
  assert.equal((await cart.sync()).cart_key, "2");
  assert.equal(shop.asked.filter(({ route }) => route === "jwt/refresh-token").length, 1);
  shop.kill();
  await assert.rejects(cart.sync(), { code: codes.OFFLINE });
  await assert.rejects(cart.sync(), { code: codes.OFFLINE });
  assert.equal(shop.asked.filter(({ route }) => route === "jwt/refresh-token").length, 1, "not again at once");
  cart.close();
});

test("tokens that cannot be renewed: the app is told once, what waits is kept, signing in goes on", async () => {
  const shop = makeShop({ jwt: true });
  const auth = jwt();
  const cart = await openAt(shop, { authorization: auth });
  await cart.login(CASEY);
  const errors = [];
  cart.addEventListener("error", ({ detail }) => errors.push(detail.code));
  shop.kill();
  await auth.refresh(); // somebody has stolen the pair and used it …
  const stolen = auth.refreshToken;
  await shop.fetch(`${SHOP}/wp-json/cocart/jwt/refresh-token`, { method: "POST", body: JSON.stringify({ refresh_token: stolen }) });
  shop.kill();
  cart.addItem({ id: 1, quantity: 3 });
  await assert.rejects(cart.sync(), { code: codes.UNAUTHORIZED, status: 401 });
  await until(() => errors.length > 0);
  assert.deepEqual(errors, [codes.UNAUTHORIZED]);
  assert.ok(!auth.signedIn, "dead tokens are forgotten");
  assert.ok(cart.status.unauthorized && cart.status.signedIn && cart.status.pending === 1);
  await cart.login(CASEY);
  assert.ok(!cart.status.unauthorized);
  assert.equal(cart.status.pending, 0);
  assert.deepEqual(shop.holds("2"), { 1: 3 });
  cart.close();
});

test("a refresh that finds no network forgets nothing", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const shop = makeShop({ jwt: true, lifetime: 10 });
  const auth = jwt();
  const cart = await openAt(shop, { authorization: auth });
  await cart.login(CASEY);
  shop.reachable = false;
  const { token } = auth;
  await assert.rejects(auth.refresh(), { code: codes.OFFLINE, retryable: true });
  assert.equal(await auth.authorization(), `Bearer ${token}`);
  await assert.rejects(cart.sync(), { code: codes.OFFLINE });
  assert.ok(!cart.status.unauthorized, "out of reach is not signed out");
  shop.reachable = true;
  shop.lifetime = 1000;
  await cart.sync();
  assert.notEqual(auth.token, token);
  cart.close();
});

test("a clock set wrong does not end a token", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const shop = makeShop({ jwt: true, lifetime: 3600 });
  const auth = jwt({ storeUrl: SHOP, fetch: shop.fetch });
  const token = shop.newToken;
  // the server lives three days ahead of this device
  shop.newToken = (account) => {
    const [head, claims, tail] = token(account).split(".");
    const { iat, exp, ...rest } = JSON.parse(Buffer.from(claims, "base64url"));
    return [head, Buffer.from(JSON.stringify({ iat: iat - 259_200, exp: exp - 259_200, ...rest })).toString("base64url"), tail].join(".");
  };
  await auth.login(CASEY);
  assert.ok(!auth.isExpired());
  t.mock.timers.tick(3_590_000);
  assert.ok(auth.isExpired());
});

test("tabs that share a storage share its tokens: renewed by one, good for both; signed out by one, gone for both", async () => {
  const shop = makeShop({ jwt: true, lifetime: 10 });
  const place = makeStorage();
  const [one, two] = [jwt({ storage: place, storeUrl: SHOP, fetch: shop.fetch }), jwt({ storage: place, storeUrl: SHOP, fetch: shop.fetch })];
  await one.login(CASEY);
  await two.load();
  shop.lifetime = 1000;
  assert.equal(await one.authorization(), await two.authorization());
  assert.equal(shop.asked.filter(({ route }) => route === "jwt/refresh-token").length, 1);
  await one.logout();
  assert.equal(await two.authorization(), undefined);
  assert.ok(!two.signedIn);
});

test("forgetting a cart forgets who was signed in", async () => {
  const shop = makeShop({ jwt: true });
  const [place, storage] = [makeStorage(), makeStorage()];
  const auth = jwt({ storage: place });
  const cart = await openAt(shop, { authorization: auth, storage });
  await cart.login(CASEY);
  assert.equal(place.kept.size, 1);
  cart.forget();
  assert.ok(!auth.signedIn);
  assert.deepEqual([place.kept.size, storage.kept.size], [0, 0]);
});

test("validate tells what the shop thinks of the token", async () => {
  const shop = makeShop({ jwt: true });
  const auth = jwt({ storeUrl: SHOP, fetch: shop.fetch });
  assert.equal(await auth.validate(), false);
  assert.deepEqual(shop.asked, []);
  await auth.login(CASEY);
  assert.equal(await auth.validate(), true);
  assert.ok(auth.expires > Date.now() + 9 * 86_400_000);
  shop.kill();
  assert.equal(await auth.validate(), false);
  shop.reachable = false;
  await assert.rejects(auth.validate(), { code: codes.OFFLINE });
});
