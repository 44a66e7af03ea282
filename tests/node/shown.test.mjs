// What stands around a document as it is shown: envelopes, the hash that nobody reads, whose word it is.
import assert from "node:assert/strict";
import { test } from "node:test";

/** How many hashes the module worked out. */
let worked = 0;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => {
  const made = await instantiate(...given);
  const text = made.instance?.exports.hashreader_text;
  // Node's own fetch is a module too
  if (!text) return made;
  const counted = (...asked) => ((worked += 1), text(...asked));
  return { ...made, instance: { exports: { ...made.instance.exports, hashreader_text: counted } } };
};
const { createCart } = await import("../../pkg/index.js");

const PROFILES = ["reference", "v4.3", "v4.9", "v5", "v5-formatted"];
const store = { format: 1, complete: true, products: [{ id: 1, name: "Mug", slug: "mug", price: "12.50", regular_price: "12.50" }, { id: 2, name: "Tee", price: "20" }] };
const messages = { language: "de", messages: { "Item does not exist in cart.": "Nicht im Warenkorb.", "%s has been added to your cart.": "%s liegt im Warenkorb.", "“%s”": "„%s“", "No items in cart so no hash": "Leer" } };
const open = (options) => createCart({ store, storage: "memory", profile: "v4.3", ...options });
const SHOP = "https://shop.example";

test("what an envelope holds is filtered and said as it is without one", async () => {
  const cart = await open({ storeUrl: SHOP, sync: "manual", hooks: true, messages, fetch: () => assert.fail("the shop was asked") });
  cart.addFilter("cocart_cart_item_name", (name) => `${name}*`);
  cart.addFilter("cocart_item_not_in_cart_message", (message) => `${message}!`);
  const plain = await (await cart.fetch(`${SHOP}/wp-json/cocart/v2/cart/add-item`, { method: "POST", body: new URLSearchParams({ id: "1" }) })).json();
  assert.deepEqual([plain.items[0].name, plain.notices.success], ["Mug*", ["„Mug“ liegt im Warenkorb."]]);
  const added = await cart.fetch(`${SHOP}/wp-json/cocart/v2/cart/add-item?_envelope=1`, { method: "POST", body: new URLSearchParams({ id: "2" }) });
  assert.equal(added.status, 200);
  const { status, headers, body } = await added.json();
  assert.equal(status, 200);
  assert.ok(headers["CoCart-API-Cart-Key"] ?? headers["Cart-Key"]);
  assert.deepEqual([body.items[1].name, body.notices.success], ["Tee*", ["„Tee“ liegt im Warenkorb."]]);
  const gone = await cart.fetch(`${SHOP}/wp-json/cocart/v2/cart/item/nothing?_envelope`, { method: "DELETE" });
  const refused = await gone.json();
  assert.deepEqual([gone.status, refused.status, refused.body.code, refused.body.message], [200, 404, "cocart_item_not_in_cart", "Nicht im Warenkorb.!"]);
  // the methods' own query as well
  assert.equal(cart.get({ _envelope: 1 }).body.items[0].name, "Mug*");
  cart.close();
});

test("a plugin's cart/update in an envelope waits for the shop", async () => {
  const cart = await open({ storeUrl: SHOP, sync: "manual", fetch: () => assert.fail("the shop was asked") });
  cart.registerCallback("gift", (fields, own) => void own.addItem({ id: 2 }));
  const { status, body } = cart.request("POST", "cart/update?_envelope=1", { body: { namespace: "gift" } });
  assert.deepEqual([status, body.status, body.body.item_count], [200, 200, 1]);
  assert.equal(cart.pending[0].type, "update");
  assert.equal(cart.request("HEAD", "cart?_envelope=1").status, 200);
  cart.close();
});

test("hooks and translations hand documents on without working their hash out", async () => {
  for (const profile of PROFILES) {
    const plain = await open({ profile, cartKey: "key" });
    const cart = await open({ profile, cartKey: "key", hooks: true, messages });
    cart.addFilter("cocart_cart_item_name", (name) => `${name}*`);
    cart.addFilter("cocart_cart_item_price", () => "1");
    cart.addAction("cocart_item_added_to_cart", () => {});
    worked = 0;
    for (const one of [plain, cart]) one.addItem({ id: 1, quantity: 2 });
    const [expected, shown] = [plain.getSnapshot(), cart.getSnapshot()];
    assert.notEqual(Object.values(shown.items)[0].name, "Mug");
    assert.equal(worked, 0, profile);
    // to everybody who looks it is an own text at its place
    assert.deepEqual(Object.keys(shown), Object.keys(expected));
    assert.equal(shown.cart_hash, expected.cart_hash);
    assert.match(shown.cart_hash, /^[0-9a-f]{32}$/);
    assert.equal(JSON.parse(JSON.stringify(shown)).cart_hash, expected.cart_hash);
    assert.ok(worked > 0);
    assert.ok(Object.isFrozen(shown));
    assert.equal(cart.clear().cart_hash, "Leer");
    for (const one of [plain, cart]) one.close();
  }
});

/** A shop that speaks `profile`. */
async function shopOf(profile) {
  const own = await open({ profile, cartKey: "at-the-shop" });
  const fetch = async (input, init) => {
    const { pathname, search } = new URL(input);
    const { status, headers, body } = own.request(init.method, pathname.replace("/wp-json", "") + search, { body: init.body, headers: init.headers });
    return Response.json(body, { status, headers });
  };
  return { own, fetch };
}

test("the cart is confirmed where the shop's own document is shown: told everything, in the app's profile, with a line in it", async () => {
  for (const spoken of PROFILES) {
    const shop = await shopOf(spoken);
    for (const profile of PROFILES) {
      const cart = await open({ profile, storeUrl: SHOP, sync: "manual", fetch: shop.fetch, storageKey: `${spoken} ${profile}` });
      cart.addItem({ id: 1 });
      assert.equal(cart.status.confirmed, false, "before the shop was told");
      await cart.sync();
      const { confirmed, pending, estimated } = cart.status;
      assert.equal(confirmed, spoken === profile, `${profile} of ${spoken}`);
      // what any app can ask instead
      assert.deepEqual([pending, estimated], [0, []], `${profile} of ${spoken}`);
      cart.clear();
      await cart.sync();
      assert.equal(cart.status.confirmed, false, "an empty cart has no line to tell its profile by");
      cart.close();
    }
    shop.own.close();
  }
});
