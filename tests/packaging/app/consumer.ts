import { CartError, createCart } from "cocart-wasm";

const cart = await createCart({ storage: "memory" });
try {
  const answer = cart.addItem({ id: "145", quantity: "2" });
  const count: number = answer.item_count;
  console.log(count);
} catch (error) {
  if (error instanceof CartError) console.log(error.code satisfies string);
}
// @ts-expect-error An option that does not exist.
await createCart({ storrage: "memory" });
