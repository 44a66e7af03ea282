// Filters under CoCart's names: what they are given, when, in which order; and what no hook can break. Actions: actions.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CartError, codes } from "../../pkg/index.js";
import { Hooks } from "../../pkg/hooks.js";
import { open } from "./support/hooked.mjs";

function told(cart) {
  const problems = [];
  cart.addEventListener("error", ({ detail }) => problems.push(detail));
  return problems;
}

test("filters run by priority, then in the order they came, and undo by themselves", () => {
  const hooks = new Hooks(assert.fail);
  const undo = hooks.add("f", (value) => `${value}b`);
  hooks.add("f", (value) => `${value}c`);
  hooks.add("f", (value) => `${value}a`, 5);
  const last = (value, more) => `${value}${more}`;
  hooks.add("f", last, 99);
  assert.equal(hooks.apply("f", "", "!"), "abc!");
  assert.ok(hooks.has("f", last) && hooks.has("f") && !hooks.has("g"));
  assert.equal(undo(), true);
  assert.equal(undo(), false);
  assert.equal(hooks.remove("f", last, 10), false);
  assert.equal(hooks.remove("f", last, 99), true);
  assert.equal(hooks.apply("f", ""), "ac");
  hooks.add("f", () => undefined);
  assert.equal(hooks.apply("f", "x"), "xac");
  assert.equal(hooks.remove("f"), true);
  assert.equal(hooks.apply("f", "x"), "x");
  assert.throws(() => hooks.add("f", "no function"), { code: codes.INVALID_OPTION });
  assert.throws(() => hooks.add("", () => 1), { code: codes.INVALID_OPTION });
});

test("hooks are loaded by those who ask for them", async () => {
  const cart = await open({ hooks: undefined });
  assert.throws(() => cart.addFilter("cocart_cart", (cart) => cart), { code: codes.INVALID_OPTION, message: /hooks: true/ });
  assert.equal(cart.hasFilter("cocart_cart"), false);
  cart.close();
  await assert.rejects(open({ hooks: "yes" }), { code: codes.INVALID_OPTION });
  const early = await open({ hooks: (cart) => cart.addFilter("cocart_empty_cart", (cart) => ({ ...cart, hello: 1 })) });
  assert.equal(early.getSnapshot().hello, 1);
  assert.equal(early.getServerSnapshot().hello, 1);
  early.close();
});

test("every filter of an item's document gets CoCart's arguments", async () => {
  for (const profile of ["reference", "v4.3", "v4.9", "v5", "v5-formatted"]) {
    const cart = await open({ profile });
    const item_key = Object.values(cart.addItem({ id: 1, quantity: 2, item_data: { engraving: "Ada" } }).items)[0].item_key;
    const plain = Object.values(cart.getSnapshot().items)[0];
    const seen = new Map();
    const changed = (name, make) =>
      cart.addFilter(name, (value, ...context) => {
        seen.set(name, context);
        return make(value);
      });
    for (const name of ["name", "title", "price", "subtotal", "subtotal_tax", "total", "tax"]) {
      changed(`cocart_cart_item_${name}`, (value) => `${value}!`);
    }
    changed("cocart_cart_item_quantity", (quantity) => quantity + 1);
    changed("cocart_quantity_minimum_requirement", () => 2);
    changed("cocart_quantity_maximum_allowed", () => 9);
    changed("cocart_cart_item_data", (data) => ({ ...data, more: 1 }));
    changed("cocart_cart_item_extensions", () => ({ mine: { a: 1 } }));
    changed("cocart_item_thumbnail_src", () => "https://cdn.example/x.webp");
    changed("cocart_cart_item_backorder_notification", () => "later");
    const item = Object.values(cart.getSnapshot().items)[0];
    for (const name of ["name", "title", "price"]) assert.equal(item[name], `${plain[name]}!`, profile);
    for (const name of ["subtotal", "subtotal_tax", "total", "tax"]) assert.equal(item.totals[name], `${plain.totals[name]}!`);
    assert.equal(item.quantity.value, 3);
    assert.deepEqual([item.quantity.min_purchase ?? item.quantity.minimum, item.quantity.max_purchase ?? item.quantity.maximum], [2, 9]);
    assert.deepEqual(item.cart_item_data, { engraving: "Ada", more: 1 });
    assert.deepEqual(item.extensions, { mine: { a: 1 } });
    assert.deepEqual([item.featured_image, item.backorders], ["https://cdn.example/x.webp", "later"]);
    const product = { id: 1, name: "Mug", slug: "mug", sku: "MUG", type: "simple" };
    assert.deepEqual(seen.get("cocart_cart_item_name"), [product, plain, item_key]);
    assert.deepEqual(seen.get("cocart_cart_item_price"), [plain, item_key, product]);
    assert.deepEqual(seen.get("cocart_cart_item_quantity"), [item_key, plain, product]);
    assert.deepEqual(seen.get("cocart_cart_item_total"), [plain, item_key]);
    assert.deepEqual(seen.get("cocart_cart_item_data"), [item_key, product]);
    assert.deepEqual(seen.get("cocart_cart_item_extensions"), [plain, item_key, product]);
    assert.deepEqual(seen.get("cocart_item_thumbnail_src"), [plain, item_key, false]);
    // the very same document again, and the item's own routes filtered as well
    assert.equal(cart.getSnapshot(), cart.getSnapshot());
    assert.equal(cart.item(item_key).name, "Mug!");
    assert.equal(cart.items()[item_key].name, "Mug!");
    assert.equal(Object.values(cart.get({ fields: "items" }).items)[0].name, "Mug!");
    cart.close();
  }
});

test("what a cart's filters leave alone stays the very same frozen object", async () => {
  const cart = await open();
  cart.addItem({ id: 1 });
  cart.addItem({ id: 2 });
  const before = cart.getSnapshot();
  let calls = 0;
  cart.addFilter("cocart_cart_item_name", (name, product) => {
    calls += 1;
    return product.id === 2 ? "Shirt" : name;
  });
  const after = cart.getSnapshot();
  assert.equal(after.items[0], before.items[0]);
  assert.equal(after.currency, before.currency);
  assert.equal(after.items[1].totals, before.items[1].totals);
  assert.equal(after.items[1].name, "Shirt");
  assert.ok(Object.isFrozen(after) && Object.isFrozen(after.items) && Object.isFrozen(after.items[1]));
  assert.equal(calls, 2);
  const next = cart.addItem({ id: 1 });
  assert.equal(next.items[1], after.items[1]);
  assert.equal(calls, 3, "only what changed is filtered anew");
  const told = [];
  cart.subscribe(() => told.push(cart.getSnapshot().items[1].name));
  cart.removeFilter("cocart_cart_item_name");
  assert.deepEqual(told, ["Tee"]);
  cart.close();
});

test("the whole cart's filters: cocart_cart, cocart_empty_cart, cocart_cart_items and the rest", async () => {
  const cart = await open();
  cart.addFilter("cocart_cart", (document, request, own) => ({ ...document, savings: 5, asked: request.id, own: own === cart }));
  cart.addFilter("cocart_empty_cart", (document) => ({ ...document, empty: true }));
  assert.equal(cart.getSnapshot().empty, true);
  const keys = [];
  cart.addFilter("cocart_cart_items", (items, key, item, product) => {
    keys.push([key, product.name]);
    return Object.fromEntries(Object.entries(items).map(([key, item]) => [key, { ...item, seen: true }]));
  });
  cart.addFilter("cocart_notice_types", () => ["success"]);
  cart.addFilter("cocart_cross_sells", () => [{ id: 9 }]);
  const answer = cart.addItem({ id: 1 });
  assert.deepEqual([answer.savings, answer.asked, answer.own, answer.empty], [5, "1", true, undefined]);
  assert.ok(Array.isArray(answer.items));
  assert.equal(answer.items[0].seen, true);
  assert.deepEqual(keys[0], [answer.items[0].item_key, "Mug"]);
  assert.deepEqual(answer.cross_sells, [{ id: 9 }]);
  assert.deepEqual(Object.keys(answer.notices), ["success"]);
  assert.deepEqual(cart.status.estimated, [], "nothing of it is a figure");
  assert.equal(cart.clear().empty, true);
  cart.close();
});

test("filters of figures make an estimate, which the shop's own word ends", async () => {
  let served;
  const cart = await open({
    storeUrl: "https://shop.example",
    sync: "manual",
    fetch: async () => new Response(JSON.stringify(served), { headers: { "content-type": "application/json" } }),
  });
  const key = cart.addItem({ id: 1 }).items[0].item_key;
  served = { ...cart.getSnapshot(), notices: [] };
  cart.addFilter("cocart_cart_item_price", () => "999");
  cart.addFilter("cocart_cart_item_name", (name) => `${name}*`);
  cart.addFilter("cocart_cart", (document) => ({ ...document, totals: { ...document.totals, total: "999" } }));
  assert.deepEqual([cart.getSnapshot().items[0].price, cart.getSnapshot().totals.total], ["999", "999"]);
  assert.deepEqual([...cart.status.estimated].sort(), [`/items/${key}/price`, "/totals"].sort());
  assert.equal(cart.status.confirmed, false);
  await cart.sync();
  assert.equal(cart.status.confirmed, true);
  assert.deepEqual(cart.status.estimated, []);
  const { items, totals } = cart.getSnapshot();
  assert.deepEqual([items[0].price, totals.total, items[0].name], ["1250", "1250", "Mug*"], "texts stay the app's to change");
  cart.close();
});

test("adding: limits, validation, item data, quantity and price, in CoCart's order", async () => {
  const cart = await open();
  const order = [];
  const filter = (name, make = (value) => value) =>
    cart.addFilter(name, (value, ...context) => {
      order.push([name, value, ...context]);
      return make(value);
    });
  filter("cocart_add_to_cart_quantity", (quantity) => quantity + 1);
  filter("cocart_add_cart_item_data", (data) => ({ ...data, campaign: "x" }));
  filter("cocart_add_to_cart_validation");
  filter("cocart_quantity_maximum_allowed");
  filter("cocart_quantity_minimum_requirement");
  filter("cocart_does_product_allow_price_change", () => false);
  const { items } = cart.addItem({ id: 1, quantity: 2, price: "1", variation: { a: "b" }, item_data: { engraving: "A" } });
  const adding = order.filter(([, , ...context]) => context.length > 0 && JSON.stringify(context).includes("engraving"));
  assert.deepEqual(adding.map(([name]) => name), [
    "cocart_add_to_cart_validation",
    "cocart_add_cart_item_data",
    "cocart_add_to_cart_quantity",
    "cocart_does_product_allow_price_change",
  ]);
  assert.deepEqual(adding[0].slice(1, 7), [true, 1, 2, 0, { a: "b" }, { engraving: "A" }]);
  assert.equal(adding[0][8].id, "1");
  assert.deepEqual(order.slice(0, 2).map(([name]) => name), ["cocart_quantity_minimum_requirement", "cocart_quantity_maximum_allowed"]);
  assert.deepEqual([items[0].quantity.value, items[0].price], [3, "1250"]);
  assert.deepEqual(items[0].cart_item_data, { engraving: "A", campaign: "x" });
  assert.equal(cart.pending[0].quantity, 3, "what the shop is told is what was added");
  cart.close();
});

test("refusals by filters come as CoCart's, from every way in", async () => {
  const cart = await open();
  const own = new CartError({ code: "members_only", message: "For members.", data: { status: 403 } }, 403);
  const refused = (act) => {
    try {
      act();
    } catch (error) {
      return [error.code, error.status, error.message];
    }
    return assert.fail("nothing was refused");
  };
  cart.addFilter("cocart_add_to_cart_validation", (verdict, id) => (id === 1 ? false : id === 2 ? own : verdict));
  cart.addFilter("cocart_product_failed_validation_message", (message, product) => `${message} (${product.id})`);
  const failed = ["cocart_product_failed_validation", 400, "Product did not pass validation! (1)"];
  assert.deepEqual(refused(() => cart.addItem({ id: 1 })), failed);
  assert.deepEqual(refused(() => cart.addItems([{ id: 1 }])), failed);
  assert.deepEqual(refused(() => cart.addItems({ id: 2, quantity: { 1: 1 } })), failed);
  assert.deepEqual(refused(() => cart.v1.addItem({ product_id: 1 })), ["cocart_product_failed_validation", 404, failed[2]]);
  assert.deepEqual(refused(() => cart.addItem({ id: 2 })), ["members_only", 403, "For members."]);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const posted = cart.request("POST", "cart/add-item", { body: "id=2&item_data[a][b]=c", headers });
  assert.deepEqual([posted.status, posted.body.code], [403, "members_only"]);
  const fetching = await open({ storeUrl: "https://shop.example", sync: "manual", fetch: assert.fail });
  fetching.addFilter("cocart_add_to_cart_validation", () => false);
  const answer = await fetching.fetch("https://shop.example/wp-json/cocart/v2/cart/add-item", {
    method: "POST",
    body: JSON.stringify({ id: "1" }),
    headers: { "content-type": "application/json" },
  });
  assert.deepEqual([answer.status, (await answer.json()).code], [400, "cocart_product_failed_validation"]);
  fetching.close();
  cart.removeFilter("cocart_add_to_cart_validation");

  cart.addFilter("cocart_quantity_minimum_requirement", () => 2);
  cart.addFilter("cocart_quantity_maximum_allowed", () => 4);
  assert.deepEqual(refused(() => cart.addItem({ id: 1 })), ["cocart_quantity_invalid_amount", 405, "Quantity must be a minimum of 2."]);
  assert.deepEqual(refused(() => cart.addItem({ id: 1, quantity: 5 })), ["cocart_quantity_invalid_amount", 405, "Quantity must be 4 or lower."]);
  const { item_key } = cart.addItem({ id: 1, quantity: 2 }).items[0];
  cart.addFilter("cocart_update_cart_validation", (verdict, key, item, quantity) => {
    assert.deepEqual([key, item.name], [item_key, "Mug"]);
    return quantity < 4 && verdict;
  });
  assert.equal(refused(() => cart.updateItem(item_key, 4))[0], "cocart_can_not_update_item");
  assert.equal(refused(() => cart.update({ namespace: "update-cart", quantity: { [item_key]: 9 } }))[0], "cocart_can_not_update_item");
  assert.equal(cart.updateItem(item_key, 3).item_count, 3);
  cart.addFilter("cocart_product_is_out_of_stock_message", (message, product) => `${product.id}: ${message.length}`);
  cart.removeFilter("cocart_quantity_minimum_requirement");
  assert.match(refused(() => cart.addItem({ id: 3 }))[2], /^3: \d+$/);
  cart.addFilter("cocart_ok_to_add", () => false);
  cart.addFilter("cocart_ok_to_add_response", () => "Not today.");
  assert.deepEqual(refused(() => cart.v1.addItem({ product_id: 1 })), ["cocart_not_ok_to_add_item", 403, "Not today."]);
  cart.close();
});

test("a hook that throws, waits, loops or returns nonsense harms nobody", async () => {
  const cart = await open();
  const problems = told(cart);
  const boom = () => {
    throw new Error("boom");
  };
  for (const name of ["cocart_cart", "cocart_cart_item_price", "cocart_add_to_cart_validation", "cocart_item_added_to_cart", "cocart_cart_items"]) {
    cart.addFilter(name, boom);
  }
  cart.addFilter("cocart_cart_item_name", async (name) => name);
  cart.addAction("cocart_after_item_added_to_cart", async () => boom());
  const answer = cart.addItem({ id: 1 });
  assert.deepEqual([answer.items[0].price, answer.items[0].name, answer.totals.total], ["1250", "Mug", "1250"]);
  await new Promise(setImmediate);
  assert.deepEqual([...new Set(problems.map(({ hook }) => hook))].sort(), [
    "cocart_add_to_cart_validation",
    "cocart_after_item_added_to_cart",
    "cocart_cart",
    "cocart_cart_item_name",
    "cocart_cart_item_price",
    "cocart_cart_items",
    "cocart_item_added_to_cart",
  ]);
  assert.ok(problems.every(({ code, cause }) => code === codes.HOOK_FAILED && cause instanceof Error));
  for (const name of ["cocart_cart", "cocart_cart_items", "cocart_cart_item_name"]) cart.removeFilter(name);

  // nonsense instead of a document
  const circle = { items: {} };
  circle.self = circle;
  for (const nonsense of [null, 5, "text", circle, { items: 7 }, { items: [null, 1] }, new Proxy({}, { get: boom, ownKeys: boom })]) {
    const undo = cart.addFilter("cocart_cart", () => nonsense);
    assert.ok(cart.getSnapshot());
    assert.ok(Array.isArray(cart.status.estimated));
    undo();
  }
  assert.equal(cart.getSnapshot().items[0].name, "Mug");

  // a filter that changes the cart, and one that changes what it was given
  problems.length = 0;
  cart.addFilter("cocart_cart", (document) => {
    document.items.length = 0;
  });
  cart.addFilter("cocart_cart", () => void cart.addItem({ id: 2 }));
  assert.equal(cart.getSnapshot().items.length, 1);
  const ofCart = problems.filter(({ hook }) => hook === "cocart_cart");
  assert.deepEqual(ofCart.map(({ cause }) => cause.code ?? cause.name), ["TypeError", codes.BUSY]);
  cart.removeFilter("cocart_cart");

  // listeners that call one another without end
  problems.length = 0;
  cart.removeAction("cocart_item_added_to_cart");
  cart.addAction("cocart_item_added_to_cart", () => void cart.addItem({ id: 1, item_data: { n: `${Math.random()}` } }));
  cart.addItem({ id: 2 });
  assert.ok(cart.getSnapshot().items.length < 50);
  assert.ok(problems.some(({ cause }) => cause instanceof RangeError));
  cart.close();
});
