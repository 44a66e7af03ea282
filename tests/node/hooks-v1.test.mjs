// The filters of API v1, and those of other routes' answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCart } from "../../pkg/index.js";

const store = { format: 1, complete: true, products: [{ id: 1, name: "Mug", price: "12.50" }] };
const open = (options) => createCart({ store, storage: "memory", profile: "v4.3", hooks: true, ...options });

test("API v1 has its own names", async () => {
  const cart = await open();
  cart.addFilter("cocart_return_empty_cart", () => ({ nothing: true }));
  assert.deepEqual(cart.v1.getCart(), { nothing: true });
  cart.addFilter("cocart_item_added_product_name", (name) => `${name}+`);
  cart.addFilter("cocart_item_added", (item, key) => ({ ...item, note: key }));
  const added = cart.v1.addItem({ product_id: 1, quantity: 1 });
  assert.deepEqual([added.product_name, added.note], ["Mug+", added.key]);
  cart.addFilter("cocart_product_name", (name, product, item, key) => `${name} ${product.id} ${item.quantity} ${key === added.key}`);
  cart.addFilter("cocart_cart_contents", (items, key) => ({ ...items, [key]: { ...items[key], extra: true } }));
  const seen = cart.v1.getCart();
  assert.deepEqual([seen[added.key].product_name, seen[added.key].extra], ["Mug 1 1 true", true]);
  cart.addFilter("cocart_return_cart_contents", (items) => Object.values(items));
  assert.equal(cart.v1.getCart().length, 1);
  cart.close();
});

test("customer fields and the answer of an update pass their filters", async () => {
  const cart = await open();
  const { item_key } = cart.addItem({ id: 1 }).items[0];
  cart.addFilter("cocart_update_customer_fields", (details, request, fields) => {
    assert.deepEqual([request.namespace, fields], ["update-customer", ["first_name"]]);
    return { ...details, first_name: details.first_name.toUpperCase() };
  });
  const { customer } = cart.update({ namespace: "update-customer", first_name: "Ada" });
  assert.equal(customer.billing_address.billing_first_name, "ADA");
  cart.addFilter("cocart_update_item", (status) => ({ ...status, message: "Noted." }));
  assert.equal(cart.updateItem(item_key, { quantity: 2, return_status: true }).message, "Noted.");
  cart.close();
});
