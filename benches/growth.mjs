// How the cost of one quantity change grows with the cart, through the package in Node: nothing saved, nothing sent. `node benches/growth.mjs`
import { createCart } from "../pkg/index.js";
import { shop } from "./shop.mjs";

const ROUNDS = 25;
const CHANGES = 100;

for (const profile of ["v4.3", "reference"]) {
  let ten;
  for (const lines of [10, 100, 1000]) {
    const cart = await createCart({ store: shop(lines), storage: "memory", profile, sync: "off" });
    for (let id = 1; id <= lines; id += 1) cart.addItem({ id });
    const { items } = cart.getSnapshot();
    const key = Object.values(items)[lines / 2].item_key;
    let quantity = 1;
    const round = () => {
      const begun = performance.now();
      for (let at = 0; at < CHANGES; at += 1) cart.updateItem(key, (quantity = (quantity % 9) + 1));
      return ((performance.now() - begun) / CHANGES) * 1000;
    };
    for (const until = performance.now() + 500; performance.now() < until; ) round();
    const times = Array.from({ length: ROUNDS }, round).sort((a, b) => a - b);
    const [min, median] = [times[0], times[Math.floor(ROUNDS / 2)]];
    ten ??= min;
    console.log(`${profile}, ${lines} lines: ${min.toFixed(0)} µs min, ${median.toFixed(0)} median, the minimum ${(min / ten).toFixed(2)} × that of 10 lines`);
    cart.close();
  }
}
