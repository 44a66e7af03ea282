// Shops whose product routes write prices as people read them: learned by the currency beside them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codes, createCart } from "../../pkg/index.js";
import { withCaches } from "./support/catalogues.mjs";

const SHOP = "https://shop.example";
const MONEY = {
  pound: { currency: "GBP", currency_symbol: "£", currency_pos: "left", price_decimals: 2 },
  euro: { currency: "EUR", currency_symbol: "€", currency_pos: "right_space", decimal_separator: ",", thousand_separator: ".", price_decimals: 2 },
  yen: { currency: "JPY", currency_symbol: "¥", currency_pos: "left", price_decimals: 0 },
  // a point in the symbol, behind the number
  dinar: { currency: "KWD", currency_symbol: "د.ك", currency_pos: "right", price_decimals: 3, thousand_separator: "" },
};
const variation = (id, price, colour) => ({ id, parent_id: 4, type: "variation", name: `Cap - ${colour}`, price, regular_price: price, variation: [["attribute_pa_colour", colour.toLowerCase()]] });
const products = [
  { id: 1, name: "Mug", slug: "mug", sku: "MUG", price: "18", regular_price: "20", sale_price: "18" },
  { id: 2, name: "Car", slug: "car", price: "1234567", regular_price: "1234567" },
  { id: 3, name: "Free", slug: "free", price: "0", regular_price: "0" },
  { id: 4, type: "variable", name: "Cap", slug: "cap", price: "5", attributes: [{ id: 1, name: "Colour", slug: "pa_colour", variation: true, options: [{ value: "red", name: "Red" }, { value: "blue", name: "Blue" }] }] },
  variation(5, "5", "Red"),
  variation(6, "7", "Blue"),
];

/** A shop that speaks `profile`, with what a plugin makes of its documents. */
async function shopOf(profile, money, twist = (document) => document) {
  const store = { format: 1, complete: true, settings: MONEY[money], products, catalogue: { shop_url: "/shop", details: [], tags: [] } };
  const own = await createCart({ store, storage: "memory", profile });
  const fetch = async (input, init = {}) => {
    const { pathname, search } = new URL(input);
    const { status, headers, body } = own.request(init.method ?? "GET", pathname.replace("/wp-json", "") + search, { body: init.body, headers: init.headers });
    return Response.json(twist(structuredClone(body)), { status, headers });
  };
  return { own, fetch, close: () => own.close() };
}
const open = (shop, profile) => createCart({ storeUrl: SHOP, storage: "memory", sync: "manual", profile, fetch: shop.fetch });

test("products are learned as every profile writes them, in every way there is to learn one", () =>
  withCaches(async () => {
    for (const profile of ["reference", "v4.3", "v4.9", "v5", "v5-formatted"]) {
      for (const money of Object.keys(MONEY)) {
        const shop = await shopOf(profile, money);
        const where = `${profile}, ${money}`;
        for (const id of [1, 2, 3, 5, 6]) shop.own.addItem({ id });
        const expected = shop.own.getSnapshot();
        const same = (cart, how) => {
          const { totals, currency, items } = cart.getSnapshot();
          const told = Object.values(items).map(({ name, price }) => [name, price]);
          assert.deepEqual([totals, currency, told], [expected.totals, expected.currency, Object.values(expected.items).map(({ name, price }) => [name, price])], `${where}, ${how}`);
        };
        const one = await open(shop, profile);
        for (const id of [1, 2, 3, 4]) await one.loadProduct(id);
        const all = await open(shop, profile);
        await all.products.refresh();
        const kept = await open({ fetch: () => assert.fail("asked") }, profile);
        assert.equal(await kept.products.restore(), 6, where);
        const passed = await open(shop, profile);
        for (const [how, cart] of Object.entries({ one, all, kept })) {
          for (const id of [1, 2, 3, 5, 6]) cart.addItem({ id });
          same(cart, how);
          cart.close();
        }
        const listed = await passed.fetch(`${SHOP}/wp-json/cocart/v2/products?per_page=100`);
        assert.equal(listed.status, 200);
        for (const id of ["1", "2", "3"]) await passed.fetch(`${SHOP}/wp-json/cocart/v2/cart/add-item`, { method: "POST", body: new URLSearchParams({ id }) });
        assert.equal(passed.getSnapshot().items.length ?? Object.keys(passed.getSnapshot().items).length, 3, where);
        passed.close();
        shop.close();
      }
    }
  }));

test("a price that cannot be read is no price, and its product stays unknown", async () => {
  let text;
  const shop = await shopOf("v5-formatted", "pound", (document) => {
    if (document.prices) document.prices.price = document.prices.regular_price = text;
    return document;
  });
  const unreadable = ["Price on request", "£5.00 – £10.00", "<del>£20.00</del> <ins>£18.00</ins>", "from £5.00", "€18.00", "£1.2345", "£", "£٥.٠٠", "£99999999999999999999999999999999.99", "99999999999999999999", "1e9", "£1,0,0x", "\u0000£1", "__proto__"];
  for (text of unreadable) {
    const cart = await open(shop, "v5-formatted");
    await assert.rejects(cart.loadProduct(1), { code: codes.OFFLINE }, text);
    assert.throws(() => cart.addItem({ id: 1 }), { code: codes.PRODUCT_UNKNOWN }, text);
    cart.close();
  }
  const readable = { "£18": "£18.00", "<span>&pound;</span>1,018.50": "£1,018.50", "  £18.5 ": "£18.50", "&#163;18.00": "£18.00", "£000000018.00": "£18.00", "1850": "£18.50" };
  for (const [written, price] of Object.entries(readable)) {
    text = written;
    const cart = await open(shop, "v5-formatted");
    await cart.loadProduct(1);
    assert.equal(Object.values(cart.addItem({ id: 1 }).items)[0].price, price, written);
    cart.close();
  }
  shop.close();
});

test("a hostile currency changes what is read, and breaks nothing", async () => {
  let currency;
  const shop = await shopOf("v5-formatted", "pound", (document) => {
    if (document.prices) document.prices.currency = currency;
    return document;
  });
  const sound = { currency_code: "GBP", currency_symbol: "£", currency_minor_unit: 2, currency_decimal_separator: ".", currency_thousand_separator: ",", currency_prefix: "£", currency_suffix: "" };
  const hostile = [null, [], "x", {}, { ...sound, currency_symbol: "" }, { ...sound, currency_symbol: "18.00" }, { ...sound, currency_minor_unit: 1e9 }, { ...sound, currency_minor_unit: -3 }, { ...sound, currency_minor_unit: "2" }, { ...sound, currency_decimal_separator: "8" }, { ...sound, currency_decimal_separator: "" }, { ...sound, currency_thousand_separator: "1" }, { ...sound, currency_thousand_separator: "." }, { ...sound, currency_symbol: "£".repeat(100_000) }];
  for (currency of hostile) {
    const cart = await open(shop, "v5-formatted");
    const learned = await cart.loadProduct(1).then(() => true, ({ code }) => assert.equal(code, codes.OFFLINE));
    if (learned) assert.ok(Number.isFinite(Number(cart.addItem({ id: 1 }).item_count)));
    else assert.throws(() => cart.addItem({ id: 1 }), { code: codes.PRODUCT_UNKNOWN });
    assert.equal(typeof JSON.stringify(cart.getSnapshot()), "string");
    cart.close();
  }
  shop.close();
});

test("a listing of API v1, which names no currency, is no reason not to ask v2", async () => {
  const shop = await shopOf("v4.3", "pound");
  const asked = [];
  const cart = await open({ fetch: async (input, init) => (asked.push(new URL(input instanceof Request ? input.url : input).pathname), shop.fetch(input instanceof Request ? input.url : input, init)) }, "v4.3");
  const listed = await (await cart.fetch(`${SHOP}/wp-json/cocart/v1/products`)).json();
  assert.equal(listed.find(({ id }) => id === 1).price, "£18.00");
  const added = await cart.fetch(`${SHOP}/wp-json/cocart/v1/add-item`, { method: "POST", body: new URLSearchParams({ product_id: "1" }) });
  assert.equal((await added.json()).product_price, "£18.00");
  assert.deepEqual(asked, ["/wp-json/cocart/v1/products", "/wp-json/cocart/v2/products/1"]);
  cart.close();
  shop.close();
});
