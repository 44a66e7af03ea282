// What a shopper is told, and once: notices over replays and reloads, coupons that the snapshot refuses, another device's changes.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { createCart } from "../../pkg/index.js";
import { makeStorage } from "./support/storage.mjs";

const salt = "salt-of-sixteen-characters";
const coupon = (id, code, more) => ({ id, code_hash: createHash("sha256").update(salt + code).digest("hex"), discount_type: "fixed_cart", amount: "5", ...more });
const store = {
  format: 1,
  complete: true,
  settings: { enable_coupons: true },
  coupon_salt: salt,
  coupons: [coupon(1, "fiveoff", { minimum_amount: "20" })],
  products: [
    { id: 1, name: "Mug", slug: "mug", price: "12.50", regular_price: "12.50" },
    { id: 2, name: "Tee", slug: "tee", price: "20", regular_price: "20" },
  ],
};

/** A shop that speaks as the engine does, and what it was asked. */
async function makeShop(profile, known = store) {
  const shop = await createCart({ store: known, profile, storage: "memory" });
  const sent = [];
  const fetch = async (url, init = {}) => {
    const { pathname, search } = new URL(url);
    sent.push(`${init.method} ${pathname.replace("/wp-json/cocart/v2/", "")}`);
    const { body, status } = shop.request(init.method, `${pathname.replace("/wp-json", "")}${search}`, { body: init.body, headers: init.headers });
    return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  };
  return { shop, sent, fetch };
}

const client = ({ fetch }, options) => createCart({ store, fetch, storeUrl: "https://shop.example", sync: "manual", storage: "memory", ...options });

test("what waits is not announced again by a reload", async () => {
  const storage = makeStorage();
  const shop = await makeShop("v4.9");
  const cart = await client(shop, { storage, profile: "v4.9" });
  assert.equal(cart.addItem({ id: 1 }).notices.success.length, 1);
  assert.equal(cart.addItem({ id: 1 }).notices.success.length, 1);
  cart.close();
  const again = await client(shop, { storage, profile: "v4.9" });
  assert.equal(again.status.pending, 2);
  assert.equal(again.get().notices.success, undefined);
  assert.equal(again.status.pending, 2, "reading is no change");
  again.close();
});

test("the shop's echo of a refusal is not told a second time, its own words are", async () => {
  const shop = await makeShop("v4.3");
  const cart = await client(shop, { profile: "v4.3" });
  cart.addItem({ id: 1 });
  await cart.sync();
  const error = "Billing postcode is not a valid postcode / ZIP.";
  const wrong = { namespace: "update-customer", country: "US", postcode: "ABC" };
  assert.deepEqual(cart.update(wrong).notices, { error: [error] });
  await cart.sync();
  assert.deepEqual(cart.get().notices, []);
  assert.deepEqual(cart.update(wrong).notices, { error: [error] }, "asked again, told again");
  await cart.sync();
  shop.shop.applyCoupon("fiveoff", { fields: "items" });
  assert.match((await cart.sync(), cart.get()).notices.error[0], /minimum spend/);
  cart.close();
});

test("a coupon that the snapshot refuses is not sent behind the shopper's back; one it does not know is", async () => {
  const summer = coupon(2, "summer");
  const shop = await makeShop("v4.9", { ...store, coupons: [...store.coupons, summer] });
  const cart = await client(shop, { profile: "v4.9" });
  cart.addItem({ id: 1 });
  assert.match(cart.applyCoupon("FIVEOFF").notices.error[0], /minimum spend/);
  assert.deepEqual(cart.pending.map(({ type }) => type), ["add-item"]);
  cart.addItem({ id: 1, quantity: 3 });
  assert.deepEqual((await cart.sync()).coupons, []);
  assert.equal(cart.applyCoupon("FIVEOFF").coupons.length, 1);
  assert.match(cart.applyCoupon("FIVEOFF").notices.error[0], /already applied/);
  assert.deepEqual(cart.pending.map(({ type }) => type), ["apply-coupon"]);

  assert.match(cart.applyCoupon("SUMMER").notices.error[0], /does not exist/);
  assert.deepEqual(cart.pending.map(({ type }) => type), ["apply-coupon", "apply-coupon"]);
  assert.deepEqual((await cart.sync()).coupons.map((one) => one.coupon), ["fiveoff", "summer"]);
  cart.close();
});

test("a postcode for delivery can be taken back", async () => {
  const cart = await client(await makeShop("v4.9"), { profile: "v4.9" });
  cart.addItem({ id: 1 });
  const set = (fields) => cart.update({ namespace: "update-customer", ...fields });
  assert.equal(set({ s_country: "US", s_postcode: "10001" }).customer.shipping_address.shipping_postcode, "10001");
  assert.equal(set({ s_postcode: "ABC" }).notices.error.length, 1);
  const cleared = set({ s_postcode: "" });
  assert.equal(cleared.customer.shipping_address.shipping_postcode, "");
  assert.equal(cleared.notices.error, undefined);
  assert.equal((await cart.sync()).customer.shipping_address.shipping_postcode, "");
  cart.close();
});

test("a page that opens looks at the shop when its last look is a minute old, and not before", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const storage = makeStorage();
  const shop = await makeShop("v4.9");
  const first = await client(shop, { profile: "v4.9", storage, sync: "auto" });
  first.addItem({ id: 1 });
  await first.sync();
  first.close();
  shop.shop.addItem({ id: 2, quantity: 2 });
  t.mock.timers.tick(30_000);
  shop.sent.length = 0;
  const early = await client(shop, { profile: "v4.9", storage, sync: "auto" });
  // had it looked, it would have found something in this time
  await new Promise((done) => setTimeout(done, 300));
  assert.deepEqual([shop.sent, early.getSnapshot().item_count], [[], 1]);
  early.close();

  t.mock.timers.tick(31_000);
  const late = await client(shop, { profile: "v4.9", storage, sync: "auto" });
  for (let at = 0; late.getSnapshot().item_count !== 3; at += 1) {
    assert.ok(at < 600, "it does not look");
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.deepEqual(shop.sent, ["GET cart"]);
  late.close();
});
