// cocart-wasm/response and cocart-wasm/money: the same answers whatever shape a version gives its documents.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { createCart } from "../../pkg/index.js";
import { format, formatIntl, toMajor, toMinor } from "../../pkg/money.js";
import * as read from "../../pkg/response.js";

const GOLDEN = join(import.meta.dirname, "../golden");
const product = (id, more) => ({ id, name: `Mug ${id}`, slug: `mug-${id}`, price: "1234.50", regular_price: "1234.50", ...more });
const EURO = { currency: "EUR", currency_symbol: "€", currency_pos: "right_space", decimal_separator: ",", thousand_separator: ".", price_decimals: 2 };
const open = (profile, settings) =>
  createCart({ store: { format: 1, complete: true, ...(settings && { settings }), products: [product(1), product(2, { sold_individually: true })] }, storage: "memory", storageKey: `read ${profile} ${settings?.currency}`, profile });

for (const profile of ["reference", "v4.3", "v4.9", "v5", "v5-formatted"]) {
  describe(profile, () => {
    test("lines are found by place and by key, in lists and in maps", async () => {
      const cart = await open(profile);
      assert.deepEqual([read.isEmpty(cart.get()), read.items(cart.get()), read.itemCount(cart.get())], [true, [], 0]);
      assert.equal(read.get(cart.get(), "items.0.name", "none"), "none");
      const document = cart.addItem({ id: 1, quantity: 2 });
      const more = cart.addItem({ id: 2 });
      const [{ item_key: key }] = read.items(document);
      for (const path of [`items.0.name`, `items.${key}.name`]) assert.equal(read.get(more, path), "Mug 1", path);
      assert.equal(read.get(more, "items.1.name"), "Mug 2");
      assert.deepEqual(read.items(more).map(({ id }) => id), [1, 2]);
      assert.deepEqual(read.items(cart.items()).map(({ id }) => id), [1, 2]);
      assert.equal(read.item(more, key).id, 1);
      assert.equal(read.item(more, "nobody"), undefined);
      assert.deepEqual([read.itemCount(more), read.hasItems(more)], [3, true]);
      assert.deepEqual(read.quantity(read.items(more)[0]), { value: 2, minimum: 1, maximum: Infinity });
      assert.equal(read.quantity(read.items(more)[1]).maximum, 1);
      assert.equal(read.has(more, "totals.total"), true);
      assert.deepEqual(["totals.nothing", "items.2", "items.__proto__", "constructor", "cart_key.length.x"].map((path) => read.has(more, path)), Array(5).fill(false));
      cart.addFee({ name: "Wrap", amount: 2 });
      assert.equal(read.fees(cart.get()).length, 1);
      cart.removeItem(key);
      assert.deepEqual(read.removedItems(cart.getSnapshot()).map(({ id }) => id), [1]);
      assert.deepEqual(read.coupons(more), []);
      cart.close();
    });

    test("an answer in the SDK's words", async () => {
      const cart = await open(profile);
      cart.addItem({ id: 1, quantity: 2 });
      const answer = read.response(cart.request("GET", "cart"));
      assert.deepEqual([answer.isSuccessful(), answer.isError(), answer.getItemCount(), answer.isEmpty()], [true, false, 2, false]);
      assert.equal(answer.get("items.0.id"), 1);
      assert.equal(answer.getItems()[0].id, 1);
      assert.equal(answer.getCartKey(), cart.getSnapshot().cart_key);
      assert.equal(answer.getCartHash(), cart.getSnapshot().cart_hash);
      assert.equal(answer.getCurrency().currency_code, "USD");
      assert.deepEqual(JSON.parse(answer.toJson()), JSON.parse(JSON.stringify(cart.request("GET", "cart").body)));
      const tag = answer.getETag();
      assert.equal(tag !== null, ["v4.9", "v5", "v5-formatted"].includes(profile));
      if (tag) {
        const held = read.response(cart.request("GET", "cart", { headers: { "If-None-Match": tag } }));
        assert.deepEqual([held.isNotModified(), held.isSuccessful(), held.getCacheStatus()], [true, false, "HIT"]);
      }
      const refused = read.response(cart.request("GET", "cart/item/0123456789abcdef0123456789abcdef"));
      assert.deepEqual([refused.isError(), refused.getErrorCode()], [true, "cocart_item_not_in_cart"]);
      assert.ok(refused.getErrorMessage().length > 5);
      const fetched = await read.response(await cart.fetch(new Request("https://elsewhere.example/", { method: "GET" })).catch(() => new Response('{"items":[]}')));
      assert.equal(fetched.isEmpty(), true);
      await assert.rejects(read.response(new Response("<html>")), SyntaxError);
      cart.close();
    });

    test("an amount of one's own is written as the shop writes its own", async () => {
      const cart = await open(profile, EURO);
      const { currency } = cart.addItem({ id: 1, quantity: 2 });
      assert.equal(format("246900", currency), "2.469,00\u00a0€");
      assert.equal(format(-5, currency), "-0,05\u00a0€");
      cart.close();
    });
  });
}

test("the engine's own formatted amounts are what the formatter writes", async () => {
  for (const position of ["left", "right", "left_space", "right_space"]) {
    for (const price_decimals of [0, 2, 3]) {
      const settings = { ...EURO, currency_pos: position, price_decimals };
      const open = (profile) => createCart({ store: { format: 1, complete: true, settings, products: [product(1)] }, storage: "memory", storageKey: `${position}${price_decimals}${profile}`, profile });
      const [plain, formatted] = await Promise.all(["v5", "v5-formatted"].map(open));
      const quantity = 1001;
      const minor = plain.addItem({ id: 1, quantity }).totals;
      const written = formatted.addItem({ id: 1, quantity }).totals;
      const { currency } = plain.getSnapshot();
      for (const name of ["subtotal", "total", "total_tax"]) assert.equal(format(minor[name], currency), written[name], `${position} ${price_decimals} ${name}`);
      assert.match(minor.total, /^123573/);
      plain.close();
      formatted.close();
    }
  }
});

test("currencies as versions of CoCart write them", () => {
  const pound = { currency_code: "GBP", currency_minor_unit: 2, currency_decimal_separator: ".", currency_thousand_separator: "," };
  assert.equal(format("123456789", { ...pound, currency_prefix: "&pound;", currency_suffix: "" }), "£1,234,567.89");
  assert.equal(format(1800n, { ...pound, currency_symbol: "&#163;", currency_symbol_pos: "left_space" }), "£\u00a018.00");
  assert.equal(format("5", { ...pound, currency_symbol: "&#x20AC;", currency_symbol_pos: "right" }), "0.05€");
  assert.equal(format("1234567", { currency_minor_unit: 0, currency_prefix: "¥", currency_thousand_separator: "$&" }), "¥1$&234$&567");
  assert.equal(format("90071992547409931234", pound), "900,719,925,474,099,312.34");
  assert.equal(format("-0", pound), "0.00");
  for (const wrong of ["12.5", "", "abc", NaN, 1.5, undefined]) assert.throws(() => format(wrong, pound), RangeError);
  assert.throws(() => format(1, { currency_minor_unit: -1 }), RangeError);
  assert.equal(formatIntl("123456", { ...pound, currency_code: "EUR" }, "de-DE"), "1.234,56\u00a0€");
  assert.equal(formatIntl("1234", { currency_code: "JPY", currency_minor_unit: 0 }, "en-US"), "¥1,234");
});

test("major and minor units", () => {
  const two = { currency_minor_unit: 2 };
  const cases = [["12.50", "1250"], [12.5, "1250"], ["1.005", "101"], [1.005, "101"], ["-1.005", "-101"], ["0.004", "0"], ["-0.001", "0"], [".5", "50"], ["7.", "700"], [1e21, "100000000000000000000000"], [1e-7, "0"], ["12.3456e2", "123456"], ["0.1e-1", "1"]];
  for (const [major, minor] of cases) assert.equal(toMinor(major, two), minor, String(major));
  assert.equal(toMinor("1234.5", { currency_minor_unit: 0 }), "1235");
  for (const wrong of ["", "1,5", "€ 5", NaN, Infinity, ".", null]) assert.throws(() => toMinor(wrong, two), RangeError);
  for (const minor of ["0", "5", "-1250", "123456789012345678901"]) assert.equal(toMinor(toMajor(minor, two), two), minor);
  assert.equal(toMajor("-5", two), "-0.05");
});

test("every recorded cart of the server can be read", () => {
  const index = JSON.parse(readFileSync(join(GOLDEN, "index.json"), "utf8"));
  let carts = 0;
  for (const name of Object.keys(index.recordings)) {
    const file = join(GOLDEN, `${name}.json`);
    if (!existsSync(file)) continue;
    for (const { response } of JSON.parse(readFileSync(file, "utf8")).steps) {
      const document = response?.body;
      if (typeof document?.item_count !== "number" || !document.items || !document.currency) continue;
      carts += 1;
      assert.equal(read.itemCount(document), document.item_count, name);
      assert.equal(read.items(document).length, Object.keys(document.items).length, name);
      for (const line of read.items(document)) {
        const { value, minimum, maximum } = read.quantity(line);
        assert.ok(value >= 0 && minimum > 0 && maximum >= 0, `${name}: ${JSON.stringify(line.quantity)}`);
      }
      assert.equal(read.has(document, "items.0"), read.hasItems(document), name);
      for (const line of read.items(document)) assert.equal(read.get(document, `items.${line.item_key}.id`), line.id, name);
      for (const list of [read.coupons, read.fees, read.taxes, read.crossSells, read.removedItems, read.shippingRates, read.notices]) assert.ok(list(document).every((one) => one !== null && typeof one === "object"), name);
      if (/^-?\d+$/.test(document.totals?.total)) assert.match(format(document.totals.total, document.currency), /\d/, name);
    }
  }
  assert.ok(carts > 1000, `${carts} carts`);
});
