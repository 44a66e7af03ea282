// The smallest thing a storefront does, as a newcomer would write it.
import { createCart } from "cocart-wasm";

const store = { format: 1, products: [{ id: 145, name: "Mug", price: "12.50", regular_price: "12.50" }] };

export async function addTwoMugs() {
  const cart = await createCart({ store, storage: "memory" });
  const { item_count: count } = cart.addItem({ id: "145", quantity: "2" });
  cart.close();
  return `the cart holds ${count}`;
}
