// Plugins of the shop: what they put into documents stays, and their cart/update is carried over.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CartError, codes, createCart } from "../../pkg/index.js";
import { makeStorage } from "./support/storage.mjs";

const store = { format: 1, complete: true, products: [{ id: 1, name: "Mug", price: "12.50" }, { id: 2, name: "Tee", price: "20" }] };
const SHOP = "https://shop.example";

/** A shop whose plugins have their say in each document, and that knows the namespaces named. */
async function shop({ namespaces = [], decorate = (document) => document, profile = "v4.3" } = {}) {
  const inside = await createCart({ store, storage: "memory", profile });
  const posted = [];
  const fetch = async (url, { method = "GET", body } = {}) => {
    const { pathname } = new URL(url);
    const path = pathname.replace("/wp-json", "");
    const parsed = body ? JSON.parse(body) : undefined;
    if (method !== "GET") posted.push([method, path, parsed]);
    let status = 200;
    let document;
    if (path.endsWith("/cart/update") && namespaces.includes(parsed.namespace)) {
      document = inside.addFee({ name: "Gift wrap", amount: "3" });
    } else {
      ({ status, body: document } = inside.request(method, path, { body: parsed }));
    }
    return new Response(JSON.stringify(status < 400 ? decorate(document) : document), { status, headers: { "content-type": "application/json" } });
  };
  return { fetch, posted };
}

const hostile = {
  subscription_scheme: "1_month",
  bundled_items: ["d3d9446802a44259755d38e6d163e820"],
  booking: { _start_date: 1798761600, _persons: { 12: 2 }, date: "1. Jan. 2027" },
  stamp: { 3: { product_id: 15, title: "Käse & <b>Brot</b>" } },
  constructor: "x",
  rtl: "עִבְרִית \u202e<script>alert(1)</script> 🍮",
};
Object.defineProperty(hostile, "__proto__", { value: { polluted: true }, enumerable: true });

test("fields of plugins and item data come back from the shop, offline changes and a reload", async () => {
  for (const profile of ["v4.3", "reference", "v5"]) {
    const decorate = (document) => {
      const dress = (item) => ({ ...item, extensions: { subscriptions: { period: "month" } }, addons: [{ name: "Wrap" }] });
      const items = Array.isArray(document.items)
        ? document.items.map(dress)
        : Object.fromEntries(Object.entries(document.items).map(([key, item]) => [key, dress(item)]));
      return { ...document, items, extensions: { points: { balance: 120 } }, notices: [] };
    };
    const { fetch } = await shop({ decorate, profile });
    const options = { store, storeUrl: SHOP, fetch, sync: "manual", profile, storage: makeStorage() };
    const cart = await createCart(options);
    const key = Object.values(cart.addItem({ id: 1, item_data: hostile }).items)[0].item_key;
    await cart.sync();
    const check = (document, quantity, at) => {
      const item = Object.values(document.items)[0];
      assert.equal(item.quantity.value, quantity, at);
      assert.deepEqual(JSON.parse(JSON.stringify(item.cart_item_data)), JSON.parse(JSON.stringify(hostile)), at);
      assert.deepEqual(item.extensions, { subscriptions: { period: "month" } }, at);
      assert.deepEqual(item.addons, [{ name: "Wrap" }], at);
      assert.deepEqual(document.extensions, { points: { balance: 120 } }, at);
      assert.equal({}.polluted, undefined);
    };
    check(cart.getSnapshot(), 1, `${profile} synced`);
    assert.equal(cart.status.confirmed, true);
    check(cart.updateItem(key, 4), 4, `${profile} offline`);
    assert.ok(cart.status.estimated.includes(`/items/${key}/extensions`), "only the shop knows what they are now");
    cart.removeItem(key);
    check(cart.restoreItem(key), 4, `${profile} restored`);
    check(cart.addItem({ id: 1, item_data: hostile }), 5, `${profile} the same line`);
    cart.close();
    const again = await createCart(options);
    check(again.getSnapshot(), 5, `${profile} reloaded`);
    await again.sync();
    check(again.getSnapshot(), 5, `${profile} told`);
    assert.deepEqual(again.status.estimated, []);
    again.close();
  }
});

test("a callback foretells what a plugin does; the shop is told the request alone, and its answer wins", async () => {
  const { fetch, posted } = await shop({ namespaces: ["gift-wrap"] });
  const options = { store, storeUrl: SHOP, fetch, sync: "manual", profile: "v4.3", storage: makeStorage() };
  const cart = await createCart(options);
  cart.addItem({ id: 1 });
  const before = [];
  const undo = cart.registerCallback("gift-wrap", (request, own) => {
    before.push([request.paper, own.getSnapshot().item_count, own === cart]);
    own.addFee({ name: "Gift wrap", amount: "2.50" });
  });
  const answer = cart.update({ namespace: "gift-wrap", paper: "red" });
  assert.deepEqual(before, [["red", 1, true]]);
  assert.deepEqual([answer.totals.total, cart.getSnapshot().totals.total, cart.status.pending], ["1500", "1500", 2]);
  assert.ok(cart.status.estimated.includes("/totals"));
  assert.deepEqual(cart.pending.at(-1).fields, { namespace: "gift-wrap", paper: "red" });
  cart.close();
  // what was foretold is kept with the request: a reload needs no callback
  const again = await createCart(options);
  assert.equal(again.getSnapshot().totals.total, "1500");
  await again.sync();
  assert.deepEqual(posted.map(([method, path]) => [method, path.split("/v2/")[1]]), [["POST", "cart/add-item"], ["POST", "cart/update"]]);
  assert.deepEqual(posted[1][2], { namespace: "gift-wrap", paper: "red" });
  assert.equal(again.getSnapshot().totals.total, "1550", "the shop's wrap costs 3");
  assert.deepEqual([again.status.estimated, again.status.pending], [[], 0]);
  again.close();
  assert.equal(undo(), true);
});

test("without a callback the request is kept and carried over; the shop may refuse it", async () => {
  const { fetch, posted } = await shop({ namespaces: ["points"] });
  const cart = await createCart({ store, storeUrl: SHOP, fetch, sync: "manual", profile: "v4.3", storage: "memory" });
  cart.addItem({ id: 1 });
  assert.equal(cart.update({ namespace: "points", use: 100 }).totals.total, "1250");
  const answer = cart.request("POST", "cart/update", {
    query: { namespace: "nobody" },
    body: "a[b]=c",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  assert.equal(answer.status, 200);
  assert.equal(cart.request("POST", "cart/update", { body: {} }).body.code, "cocart_update_cart_no_namespace_error");
  await cart.sync();
  const updates = posted.filter(([, path]) => path.endsWith("/cart/update")).map(([, , body]) => body);
  assert.deepEqual(updates, [{ namespace: "points", use: 100 }, { namespace: "nobody", a: { b: "c" } }]);
  assert.deepEqual(cart.conflicts.map(({ code, command }) => [code, command.fields.namespace]), [["cocart_update_cart_no_namespace_error", "nobody"]]);
  cart.close();
});

test("a callback may refuse, and cannot break anything", async () => {
  const cart = await createCart({ store, sync: "off", profile: "v4.3", storage: "memory" });
  const problems = [];
  cart.addEventListener("error", ({ detail }) => problems.push([detail.code, detail.hook]));
  cart.addItem({ id: 1 });
  const unknown = { code: "cocart_update_cart_no_namespace_error", status: 404 };
  assert.throws(() => cart.update({ namespace: "wrap" }), unknown, "nobody to carry it to");
  const refusal = new CartError({ code: "no_paper", message: "No paper left.", data: { status: 409 } }, 409);
  cart.registerCallback("wrap", (request, own) => {
    if (request.how === "returned") return refusal;
    own.addFee({ name: "Gift wrap", amount: "1" });
    if (request.how === "thrown") throw refusal;
    if (request.how === "broken") throw new TypeError("broken");
    if (request.how === "impossible") own.updateItem("nobody", 1);
    return undefined;
  });
  for (const how of ["returned", "thrown"]) {
    assert.throws(() => cart.update({ namespace: "wrap", how }), { code: "no_paper", status: 409, message: "No paper left." });
  }
  assert.throws(() => cart.update({ namespace: "wrap", how: "impossible" }), { code: "cocart_item_not_in_cart" });
  assert.equal(cart.getSnapshot().totals.total, "1250", "what is refused leaves nothing");
  cart.update({ namespace: "wrap", how: "broken" });
  assert.deepEqual(problems, [[codes.HOOK_FAILED, "wrap"]]);
  assert.equal(cart.getSnapshot().totals.total, "1250");
  // without a shop the effect is all there is, and it stays
  assert.equal(cart.update({ namespace: "wrap" }).totals.total, "1350");
  assert.equal(cart.addItem({ id: 2 }).totals.total, "3350");
  assert.throws(() => cart.registerCallback("wrap", "no function"), { code: codes.INVALID_OPTION });
  cart.close();
});

test("CoCart's own namespaces are the engine's, whatever is registered", async () => {
  const cart = await createCart({ store, sync: "off", profile: "v4.3", storage: "memory" });
  const { item_key } = cart.addItem({ id: 1 }).items[0];
  cart.registerCallback("update-cart", () => assert.fail("not asked"));
  assert.equal(cart.update({ namespace: "update-cart", quantity: { [item_key]: 3 } }).item_count, 3);
  cart.close();
});
