// The cart's key, its end, and the way to the shop's checkout and back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { jwt } from "../../pkg/auth.js";
import { codes, createCart } from "../../pkg/index.js";
import { SHOP, STORE, makeShop, openAt } from "./support/accounts.mjs";
import { makeStorage } from "./support/storage.mjs";

const CASEY = { username: "casey", password: "pässword" };

test("a guest's key is born offline, kept over reloads, and is the one the shop is told", async () => {
  const shop = makeShop();
  shop.reachable = false;
  const storage = makeStorage();
  const first = await openAt(shop, { storage });
  first.addItem({ id: 1, quantity: 2 });
  const { cart_key } = first.getSnapshot();
  assert.match(cart_key, /^t_[0-9a-f]{30}$/);
  first.close();
  shop.reachable = true;
  const again = await openAt(shop, { storage });
  assert.equal(again.getSnapshot().cart_key, cart_key);
  await again.sync();
  assert.deepEqual(shop.holds(cart_key), { 1: 2 });
  assert.ok(shop.asked.every(({ key, route }) => key === cart_key || !route.startsWith("v2/cart")));
  again.forget();
  assert.equal(storage.kept.size, 0);
  const fresh = await openAt(shop, { storage });
  assert.notEqual(fresh.getSnapshot().cart_key, cart_key);
  fresh.close();
});

test("a key the app brings is cleaned as the shop would, and refused where the shop would not keep it", async () => {
  const cart = await createCart({ storage: "memory", cartKey: "My Device: 0001" });
  assert.equal(cart.getSnapshot().cart_key, "mydevice0001");
  cart.close();
  for (const cartKey of ["", "ключ", "2", "k".repeat(43), 7]) {
    await assert.rejects(createCart({ storage: "memory", cartKey }), { code: codes.INVALID_OPTION }, String(cartKey));
  }
});

test("a cart that another device began is opened by its key", async () => {
  const shop = makeShop();
  const one = await openAt(shop, { storageKey: "one" });
  one.addItem({ id: 1, quantity: 3 });
  await one.sync();
  const { cart_key: cartKey } = one.getSnapshot();
  const two = await openAt(shop, { storageKey: "two", cartKey });
  assert.equal((await two.sync()).item_count, 3);
  two.addItem({ id: 2 });
  await two.sync();
  assert.equal((await one.sync()).item_count, 4);
  for (const cart of [one, two]) cart.close();
});

test("key and end are read from either generation's headers", async () => {
  for (const names of [["CoCart-API-Cart-Key", "CoCart-API-Cart-Expiration"], ["Cart-Key", "Cart-Expiration"]]) {
    const shop = makeShop();
    const ends = Math.floor(Date.now() / 1000) + 3 * 86_400;
    const fetch = async (...request) => {
      const answer = await shop.fetch(...request);
      // a site's filter may take the key out of the body
      const { cart_key, ...body } = await answer.json();
      return new Response(JSON.stringify(body), { status: answer.status, headers: { [names[0]]: "renamed", [names[1]]: String(ends) } });
    };
    const cart = await openAt(shop, { fetch });
    cart.addItem({ id: 1 });
    await cart.sync();
    assert.equal(cart.status.expires, ends * 1000, names[1]);
    await cart.sync();
    assert.equal(shop.asked.at(-1).key, "renamed", names[0]);
    cart.close();
  }
});

async function ranOut() {
  const shop = makeShop({ expiration: 60 });
  const storage = makeStorage();
  const cart = await openAt(shop, { storage });
  const offers = [];
  cart.addEventListener("conflict", ({ detail }) => offers.push(detail));
  cart.addItem({ id: 1, quantity: 2 });
  cart.addItem({ id: 2, item_data: { engraving: "A" } });
  await cart.sync();
  const { cart_key: key } = cart.getSnapshot();
  shop.empty(key);
  assert.equal((await cart.sync()).item_count, 0, "an empty answer is adopted");
  assert.equal(offers.length, 1);
  assert.equal(offers[0].code, "cart_expired");
  assert.deepEqual(offers[0].lines.map(({ id, quantity }) => [id, quantity]), [["1", 2], ["2", 1]]);
  assert.equal(cart.expired.lines.length, 2);
  assert.equal(cart.status.pending, 0, "nothing is rebuilt behind the shopper's back");
  return { shop, storage, cart, key };
}

test("a cart the shop let run out is offered, and taken back when the shopper accepts", async () => {
  const { shop, cart } = await ranOut();
  cart.expired.accept();
  assert.equal(cart.expired, undefined);
  assert.equal(cart.getSnapshot().item_count, 3);
  await cart.sync();
  assert.deepEqual(shop.holds(cart.getSnapshot().cart_key), { 1: 2, 2: 1 });
  assert.deepEqual(cart.getSnapshot().items.find(({ id }) => id === 2).cart_item_data, { engraving: "A" });
  cart.close();
});

test("a cart the shop let run out is let go when the shopper declines, after a reload too", async () => {
  const { shop, storage, cart } = await ranOut();
  cart.close();
  const again = await openAt(shop, { storage });
  assert.equal(again.expired.lines.length, 2, "the offer is kept");
  again.expired.decline();
  assert.equal(again.expired, undefined);
  assert.equal((await again.sync()).item_count, 0);
  again.close();
  const later = await openAt(shop, { storage });
  assert.equal(later.expired, undefined);
  later.close();
});

test("a cart that was emptied before its end is not offered", async () => {
  const shop = makeShop();
  const cart = await openAt(shop);
  cart.addItem({ id: 1 });
  await cart.sync();
  shop.empty(cart.getSnapshot().cart_key);
  assert.equal((await cart.sync()).item_count, 0);
  assert.equal(cart.expired, undefined);
  cart.close();
});

test("checkout tells the shop everything, looks, and gives the link with all its parameters", async () => {
  const shop = makeShop();
  const cart = await openAt(shop);
  cart.addItem({ id: 1, quantity: 2 });
  const plain = new URL(await cart.checkout());
  const { cart_key, cart_hash } = cart.getSnapshot();
  assert.equal(plain.origin + plain.pathname, `${SHOP}/checkout/`);
  assert.deepEqual([...plain.searchParams], [["cocart-load-cart", cart_key], ["c_hash", cart_hash]]);
  assert.deepEqual(shop.holds(cart_key), { 1: 2 });
  assert.equal(shop.asked.at(-1).method, "POST", "the last answer is the cart that is paid for");
  const full = new URL(await cart.checkout({ path: "basket/?lang=de", notify: true, keepCart: false, queryName: "redpill", query: { utm: "pwa" } }));
  assert.equal(full.pathname, "/basket/");
  assert.deepEqual(Object.fromEntries(full.searchParams), { lang: "de", utm: "pwa", redpill: cart_key, c_hash: cart_hash, notify: "true", "keep-cart": "false" });
  assert.equal(cart.status.handedOver, true);
  cart.close();
  const elsewhere = await openAt(shop, { checkoutUrl: "https://pay.shop.example/till?x=1", cartKey: cart_key });
  assert.match(await elsewhere.checkout(), /^https:\/\/pay\.shop\.example\/till\?x=1&cocart-load-cart=/);
  elsewhere.close();
});

test("checkout is refused while the shop cannot be reached, and for an empty cart", async () => {
  const shop = makeShop();
  const cart = await openAt(shop);
  await assert.rejects(cart.checkout(), { code: codes.NO_ITEMS, status: 404 });
  cart.addItem({ id: 1 });
  shop.reachable = false;
  await assert.rejects(cart.checkout(), { code: codes.OFFLINE, retryable: true });
  shop.reachable = true;
  shop.broken = true;
  await assert.rejects(cart.checkout(), { code: codes.OFFLINE });
  assert.equal(cart.status.handedOver, false);
  await assert.rejects(cart.checkout({ signal: AbortSignal.abort() }), { name: "AbortError" });
  cart.close();
  const nowhere = await createCart({ store: STORE, storage: "memory" });
  nowhere.addItem({ id: 1 });
  await assert.rejects(nowhere.checkout());
  nowhere.close();
});

test("a customer's cart is handed over by the account's id and the cart's hash", async () => {
  const shop = makeShop({ jwt: true });
  const cart = await openAt(shop, { authorization: jwt() });
  await cart.login(CASEY);
  cart.addItem({ id: 2 });
  const url = new URL(await cart.checkout());
  assert.equal(url.searchParams.get("cocart-load-cart"), "2");
  assert.match(url.searchParams.get("c_hash"), /^[0-9a-f]{32}$/);
  cart.close();
});

test("an order that emptied the shop's cart: ordered() adopts it, and what came after stays", async () => {
  const shop = makeShop();
  const storage = makeStorage();
  const before = await openAt(shop, { storage });
  before.addItem({ id: 1, quantity: 2 });
  await before.checkout();
  const { cart_key } = before.getSnapshot();
  before.close();
  shop.empty(cart_key);
  const cart = await openAt(shop, { storage });
  cart.addItem({ id: 2 });
  const after = await cart.ordered();
  assert.deepEqual(after.items.map(({ id }) => id), [2]);
  assert.deepEqual(shop.holds(cart_key), { 2: 1 });
  assert.equal(cart.status.handedOver, false);
  assert.equal(cart.expired, undefined, "what was bought is not offered again");
  cart.addItem({ id: 1 });
  assert.equal((await cart.ordered()).item_count, 2, "a second call takes nothing away");
  cart.close();
});

test("an order that left the shop's cart as it was: ordered() takes out what was paid for and nothing else", async () => {
  const shop = makeShop();
  const storage = makeStorage();
  const before = await openAt(shop, { storage });
  before.addItem({ id: 1, quantity: 2 });
  before.addItem({ id: 2 });
  await before.checkout();
  before.close();
  const cart = await openAt(shop, { storage });
  cart.addItem({ id: 1 });
  const after = await cart.ordered();
  assert.deepEqual(after.items.map(({ id, quantity }) => [id, quantity.value]), [[1, 1]]);
  assert.deepEqual(shop.holds(after.cart_key), { 1: 1 });
  assert.equal((await cart.ordered()).item_count, 1);
  cart.close();
});

test("an order of everything leaves nothing to put back", async () => {
  const shop = makeShop();
  const cart = await openAt(shop);
  cart.addItem({ id: 1 });
  await cart.checkout();
  const after = await cart.ordered();
  assert.equal(after.item_count, 0);
  assert.deepEqual(after.removed_items, []);
  cart.close();
});

test("by hand means by hand: a sync that failed sends nothing until it is asked again", async () => {
  const shop = makeShop();
  const cart = await openAt(shop);
  shop.reachable = false;
  cart.addItem({ id: 1 });
  await assert.rejects(cart.sync(), { code: codes.OFFLINE });
  shop.reachable = true;
  const { length } = shop.asked;
  cart.addItem({ id: 2 });
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(shop.asked.length, length);
  await cart.sync();
  assert.equal(cart.status.pending, 0);
  cart.close();
});

test("an answer that is no cart fails a sync, whatever its status", async () => {
  const answers = [[200, "{}"], [200, "true"], [404, '{"code":"rest_no_route","message":"","data":{"status":404}}'], [301, ""], [418, '{"no":"envelope"}']];
  for (const [status, body] of answers) {
    const cart = await createCart({ storeUrl: SHOP, store: STORE, storage: "memory", sync: "manual", fetch: async () => new Response(body, { status }) });
    cart.addItem({ id: 1 });
    await assert.rejects(cart.sync(), { code: codes.OFFLINE }, `${status} ${body}`);
    assert.equal(cart.status.pending, 1);
    cart.close();
  }
});

test("API v1's logout empties the customer's cart at the shop, and is not done before the shop has heard of it", async () => {
  const shop = makeShop({ jwt: true });
  const cart = await openAt(shop, { authorization: jwt() });
  await cart.login(CASEY);
  cart.addItem({ id: 1, quantity: 2 });
  shop.reachable = false;
  await assert.rejects(cart.v1.logout(), { code: codes.OFFLINE });
  assert.deepEqual([cart.status.signedIn, cart.getSnapshot().item_count], [true, 2]);
  shop.reachable = true;
  assert.equal(await cart.v1.logout(), true);
  assert.deepEqual([cart.status.signedIn, cart.getSnapshot().item_count], [false, 0]);
  assert.deepEqual(shop.holds("2"), {});
  const told = shop.asked.filter(({ route, authorization }) => route === "v1/logout" && authorization);
  assert.equal(told.length, 1, "nobody is asked while what waits cannot be told");
  // v2 keeps it for the next visit
  await cart.login(CASEY);
  cart.addItem({ id: 2 });
  await cart.logout();
  assert.deepEqual(shop.holds("2"), { 2: 1 });
  // of a guest's cart nothing is told, and it stays
  cart.addItem({ id: 1 });
  assert.equal(await cart.v1.logout(), true);
  assert.equal(shop.asked.filter(({ route }) => route === "v1/logout").length, 1);
  cart.close();
});
