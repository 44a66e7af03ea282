import { createCart } from "cocart-wasm";
import { useCart } from "cocart-wasm/vue";
import { createApp, h, isProxy, isReactive } from "vue";

const product = (id, name) => ({ id, name, slug: name.toLowerCase(), price: "12.50", regular_price: "12.50" });
const cart = await createCart({ store: { format: 1, products: [product(1, "Mug"), product(2, "Plate")] }, storage: "memory" });

let proxies = 0;
const app = createApp({
  setup() {
    const document = useCart(cart);
    return () => {
      const { items, item_count: count } = document.value;
      const lines = Object.values(items);
      for (const value of [document.value, items, ...lines]) if (isProxy(value) || isReactive(value) || !Object.isFrozen(value)) proxies += 1;
      return h("main", [h("h1", count), h("ul", lines.map((item) => h("li", { key: item.item_key }, item.name))), h("button", { onClick: () => cart.addItem({ id: 2 }) }, "Add")]);
    };
  },
});
app.mount("#root");
Object.assign(globalThis, { app, cart, proxies: () => proxies });
