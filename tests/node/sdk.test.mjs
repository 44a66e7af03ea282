// Every request shape of the official SDK, offline, through the page's own `fetch`.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createCart } from "../../pkg/index.js";
import { SdkClient } from "./sdk-client.mjs";

const SHOP = "https://shop.example";
const product = (id, more) => ({ id, name: `Mug ${id}`, slug: `mug-${id}`, sku: `MUG-${id}`, price: "12.50", regular_price: "12.50", ...more });
const IDS = [1, 2, 3, 9];
// With the details that a product's own page shows, so that the catalogue is answered here, too.
const details = IDS.map((id) => ({ id, created: [1_704_067_200, 0], modified: [1_704_067_200, 0] }));
const store = { format: 1, complete: true, products: IDS.map((id) => product(id)), catalogue: { details } };

for (const [mainPlugin, profile] of [["basic", "v5"], ["basic", "reference"], ["legacy", "v4.3"], ["legacy", "v4.9"]]) {
  describe(`the SDK's manner: ${mainPlugin}, profile ${profile}`, () => {
    let cart;
    let undo;
    const network = globalThis.fetch;
    before(async () => {
      globalThis.fetch = async () => {
        throw new TypeError("fetch failed");
      };
      cart = await createCart({ store, storage: "memory", storageKey: `${mainPlugin} ${profile}`, sync: "manual", storeUrl: SHOP, profile });
      undo = cart.install();
    });
    after(() => {
      undo();
      globalThis.fetch = network;
      cart.close();
    });

    const client = new SdkClient(`${SHOP}/`, { mainPlugin });
    const lines = (answer) => Object.values(answer.toObject().items);
    const post = (endpoint, data) => client.request("POST", `cart/${endpoint}`, {}, data);
    let key;

    test("items", async () => {
      const added = await post("add-item", { id: "1", quantity: "2" });
      assert.equal(added.get("item_count"), 2);
      assert.match(client.cartKey, /^\S+$/, "no cart key was read from a header");
      key = lines(added)[0].item_key;
      assert.equal(lines(await post(`item/${key}`, { quantity: "3" }))[0].quantity.value, 3);
      const removed = await client.request("DELETE", `cart/item/${key}`);
      assert.deepEqual(lines(removed), []);
      assert.equal(lines(await client.request("PUT", `cart/item/${key}`)).length, 1);
      assert.equal((await client.request("GET", `cart/item/${key}`)).get("id"), 1);
      assert.equal(Object.keys((await client.request("GET", "cart/items")).toObject()).length, 1);
      assert.equal((await client.request("GET", "cart/items/count")).toObject(), 3);
      if (profile !== "v4.3") {
        const both = await post("add-items", { items: [{ id: "2", quantity: "1" }, { id: "3", quantity: "1" }] });
        assert.equal(both.get("item_count"), 5);
      }
    });

    test("projections of the cart", async () => {
      for (const field of ["removed_items", "coupons", "customer", "shipping", "fees", "cross_sells", "items,totals"]) {
        // The SDK asks below `cart/`, with the slash.
        const answer = await client.request("GET", "cart/", { _fields: field });
        assert.deepEqual(Object.keys(answer.toObject()).toSorted(), field.split(",").toSorted());
      }
      assert.match(client.events.at(-1).url, mainPlugin === "legacy" ? /[?&]fields=/ : /[?&]_fields=/);
    });

    test("totals, calculate, store", async () => {
      assert.match(String((await client.request("GET", "cart/totals", { html: "true" })).get("total")), /37|62/);
      assert.ok((await post("calculate", {})).get("item_count") >= 3);
      assert.ok("home_url" in (await client.request("GET", "store")).toObject());
    });

    test("updates in the SDK's own words", async () => {
      const quantities = { items: [{ item_key: key, quantity: 4 }] };
      const customer = { billing_first_name: "Ada", billing_email: "ada@example.com", shipping_country: "US" };
      if (profile === "v4.3") {
        // The recorded server knows no such words, and this profile is that server.
        await assert.rejects(post("update", quantities), { errorCode: "cocart_update_cart_no_namespace_error", httpCode: 404 });
      } else {
        assert.equal(lines(await post("update", quantities)).find(({ id }) => id === 1).quantity.value, 4);
        assert.equal((await post("update", customer)).get("customer.billing_address.billing_first_name"), "Ada");
        const removed = await post("update", { items: [{ item_key: key, quantity: 0 }] });
        assert.ok(lines(removed).every(({ id }) => id !== 1));
        await client.request("PUT", `cart/item/${key}`);
      }
      // What newer releases send.
      const own = await post("update", { namespace: "update-customer", first_name: "Eve", email: "eve@example.com", country: "US", s_country: "US" });
      assert.equal(own.get("customer.billing_address.billing_first_name"), "Eve");
    });

    test("Plus: coupons, fees, shipping, batch", async () => {
      // A coupon the engine cannot judge is the shopper's wish, for the server to decide.
      assert.ok((await post("apply-coupon", { coupon: "TEN" })).get("item_count") >= 3);
      await client.request("DELETE", "cart/coupons/ten");
      assert.equal(Object.values((await post("add-fee", { name: "Wrap", amount: 2, taxable: false })).get("fees")).length, 1);
      assert.equal(Object.values((await post("remove-fees")).get("fees")).length, 0);
      const chosen = post("set-shipping-method", { rate_id: "flat_rate:1" });
      if (profile === "v4.3") await assert.rejects(chosen, { errorCode: "rest_missing_callback_param" });
      else assert.ok((await chosen).get("item_count") >= 3);
      const part = (method, body) => ({ method, path: `/cocart/v2/cart/item/${key}`, body });
      const batch = await client.requestRaw("POST", "cocart/batch", { cart_key: client.cartKey }, { requests: [part("POST", { quantity: "6" }), part("DELETE")] });
      assert.ok(lines(batch).every(({ id }) => id !== 1));
      assert.ok(batch.get("notices.success", []).length > 0, "what the parts had to say");
      await client.request("PUT", `cart/item/${key}`);
    });

    test("errors carry CoCart's code", async () => {
      await assert.rejects(post("add-item", { id: "404", quantity: "1" }), ({ httpCode, errorCode, message }) => httpCode >= 400 && errorCode === "cocart_invalid_product" && message.startsWith("POST "));
      await assert.rejects(post("add-item", { id: "1", quantity: "many" }), { errorCode: "rest_invalid_param", httpCode: 400 });
      await assert.rejects(client.request("GET", "cart/nope"), { errorCode: "rest_no_route" });
      await assert.rejects(client.request("GET", "sessions"), { errorCode: "network_error" });
    });

    test("the catalogue and its pages", async () => {
      assert.equal((await client.request("GET", "products/1")).get("name"), "Mug 1");
      const names = [];
      for await (const page of client.pages({ per_page: "2" })) names.push(...page.get("products", page.toObject()).map(({ name }) => name));
      assert.deepEqual(names.toSorted(), ["Mug 1", "Mug 2", "Mug 3", "Mug 9"]);
    });

    test("the catalogue's queries", async () => {
      const ids = async (params) => (await client.request("GET", "products", params)).get("products").map(({ id }) => id).toSorted();
      assert.deepEqual(await ids({ search: "Mug 2" }), [2]);
      assert.deepEqual(await ids({ min_price: "5", max_price: "20" }), IDS);
      assert.deepEqual(await ids({ stock_status: "instock" }), IDS);
      for (const none of [{ category: "mugs" }, { tag: "new" }, { featured: "true" }, { on_sale: "true" }]) assert.deepEqual(await ids(none), [], JSON.stringify(none));
      assert.equal((await client.request("GET", "products/mug-2")).get("id"), 2);
      assert.deepEqual((await client.request("GET", "products/2/variations")).toObject(), []);
      for (const terms of ["categories", "tags", "attributes"]) assert.deepEqual((await client.request("GET", `products/${terms}`)).toObject(), []);
    });

    test("what only the shop can answer is the shop's, and offline not there", async () => {
      // the SDK makes `cocart_plugin_required` of it
      const before = (await client.request("GET", "cart")).get("item_count");
      await assert.rejects(client.request("GET", "cart/coupons/validate"), { errorCode: "rest_no_route", httpCode: 404 });
      await assert.rejects(post("calculate/shipping", { country: "US" }), { errorCode: "rest_no_route", httpCode: 404 });
      await assert.rejects(client.request("POST", "logout"), { errorCode: "network_error" });
      await assert.rejects(client.requestRaw("POST", "cocart/jwt/validate-token", {}, {}), { errorCode: "network_error" });
      // a guest's key sent along, as the SDK does when a customer signs in, opens nobody else's cart
      const other = await client.request("GET", "cart", { cart_key: "somebody-elses" });
      assert.deepEqual([other.get("cart_key"), other.get("item_count")], [client.cartKey, before]);
    });

    test("an item with everything the SDK can send", async () => {
      const added = await post("add-item", { id: "9", quantity: "1", variation: {}, item_data: { engraving: "A" }, email: "ada@example.com", price: "3" });
      const line = lines(added).find(({ id }) => id === 9);
      assert.deepEqual(line.cart_item_data, { engraving: "A" });
      assert.equal(added.get("customer.billing_address.billing_email"), "ada@example.com");
      await client.request("DELETE", `cart/item/${line.item_key}`);
    });

    test("a tag is honoured where the server gives one", async () => {
      const first = await client.request("GET", "cart");
      const second = await client.request("GET", "cart");
      const gives = ["v4.9", "v5"].includes(profile);
      assert.equal(second.isNotModified(), gives);
      assert.deepEqual(second.toObject().items, first.toObject().items);
      await post(`item/${key}`, { quantity: "5" });
      const third = await client.request("GET", "cart");
      assert.equal(third.isNotModified(), false);
      assert.equal(lines(third).find(({ id }) => id === 1).quantity.value, 5);
      const passed = await client.request("GET", "cart", { _skip_cache: "true" });
      assert.equal(passed.getHeader("CoCart-Cache"), gives ? "SKIP" : null);
    });

    test("clear", async () => {
      assert.deepEqual(lines(await post("clear")), []);
      if (profile !== "v4.3") assert.equal(typeof (await client.request("POST", "cart")).get("cart_key"), "string");
    });
  });
}

test("a time limit is kept while a product is asked for", async () => {
  const cart = await createCart({
    storage: "memory",
    storeUrl: SHOP,
    sync: "manual",
    fetch: () => new Promise(() => {}),
  });
  const undo = cart.install();
  try {
    const client = new SdkClient(SHOP, { timeout: 30 });
    await assert.rejects(client.request("POST", "cart/add-item", {}, { id: "1", quantity: "1" }), { errorCode: "request_timeout" });
    assert.deepEqual(cart.pending, []);
  } finally {
    undo();
    cart.close();
  }
});
