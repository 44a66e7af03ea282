// Actions under CoCart's names: their moments, their arguments, and what they may change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./support/hooked.mjs";

test("actions come in their moments, with CoCart's arguments", async () => {
  const cart = await open({ profile: "reference" });
  const told = [];
  for (const name of [
    "cocart_item_added_to_cart",
    "cocart_item_added_updated_in_cart",
    "cocart_after_item_added_to_cart",
    "cocart_after_items_added_to_cart",
    "cocart_item_quantity_changed",
    "cocart_item_removed",
    "cocart_item_restored",
    "cocart_before_cart_emptied",
    "cocart_cart_emptied",
    "cocart_cart_cleared",
    "cocart_update_cart_before_totals",
    "cocart_update_cart_after_totals",
    "cocart_get_cart",
  ]) {
    cart.addAction(name, (...context) => told.push([name, context, cart.getSnapshot().item_count]));
  }
  const heard = () => told.splice(0);
  const names = (list) => list.map(([name]) => name);
  const key = Object.keys(cart.addItem({ id: 1 }).items)[0];
  const [added, after] = heard();
  assert.deepEqual([added[0], added[1][0], added[1][1].name, added[1][2].id, added[2]], ["cocart_item_added_to_cart", key, "Mug", "1", 1]);
  assert.deepEqual([after[0], after[1][0].item_key, after[1][2], after[1][3] === cart], ["cocart_after_item_added_to_cart", key, "simple", true]);
  cart.addItem({ id: 1, quantity: 2 });
  const [merged] = heard();
  assert.deepEqual([merged[0], merged[1][2]], ["cocart_item_added_updated_in_cart", 3]);
  cart.updateItem(key, 5);
  const [changed] = heard();
  assert.deepEqual([changed[0], changed[1][1].quantity.value, changed[1][2].quantity.value], ["cocart_item_quantity_changed", 3, 5]);
  cart.updateItem(key, 5);
  assert.deepEqual(heard(), [], "nothing changed");
  cart.removeItem(key);
  const [removed] = heard();
  assert.deepEqual([removed[0], removed[1][0].item_key, removed[2]], ["cocart_item_removed", key, 0]);
  cart.restoreItem(key);
  assert.deepEqual(names(heard()), ["cocart_item_restored"]);
  cart.update({ namespace: "update-cart", quantity: { [key]: 7 } });
  assert.deepEqual(names(heard()), ["cocart_update_cart_before_totals", "cocart_item_quantity_changed", "cocart_update_cart_after_totals"]);
  cart.v1.getCart();
  assert.deepEqual(names(heard()), ["cocart_get_cart"]);
  assert.throws(() => cart.removeItem("nobody"));
  assert.deepEqual(heard(), [], "what is refused has no moment");
  cart.clear();
  const [before, ...emptied] = heard();
  assert.deepEqual([before[0], before[2]], ["cocart_before_cart_emptied", 7]);
  assert.deepEqual(emptied.map(([name, , count]) => [name, count]), [["cocart_cart_emptied", 0], ["cocart_cart_cleared", 0]]);
  cart.addItems([{ id: 1 }, { id: 2 }]);
  assert.deepEqual(names(heard()), ["cocart_item_added_to_cart", "cocart_item_added_to_cart", "cocart_after_items_added_to_cart"]);
  cart.close();
});

test("an action may change the cart, and the answer shows it", async () => {
  const cart = await open();
  cart.addAction("cocart_item_added_to_cart", (key, item, request) => {
    if (item.id === 1) cart.addItem({ id: 2, item_data: { gift: request.id } });
  });
  const answer = cart.addItem({ id: 1 });
  assert.deepEqual(answer.items.map(({ id }) => id), [1, 2]);
  assert.equal(cart.status.pending, 2);
  cart.close();
});

test("actions know what others did to the cart in between", async () => {
  const cart = await open();
  const key = cart.addItem({ id: 1 }).items[0].item_key;
  const seen = [];
  cart.addAction("cocart_item_quantity_changed", (_, before, now) => seen.push([before.quantity.value, now.quantity.value]));
  cart.updateItem(key, 2);
  // a subscriber that changes the cart while it is told of a change
  const undo = cart.subscribe(() => {
    undo();
    cart.updateItem(key, 5);
  });
  cart.updateItem(key, 3);
  cart.request("POST", `cart/item/${key}`, { body: { quantity: "7", return_status: true } });
  cart.updateItem(key, 9);
  assert.deepEqual(seen.slice(-2), [[5, 7], [7, 9]]);
  assert.deepEqual(seen[0], [1, 2]);
  cart.close();
});
