import { createCart } from "cocart-wasm";
import { mount, unmount } from "svelte";
import App from "./App.svelte";

const product = (id, name) => ({ id, name, slug: name.toLowerCase(), price: "12.50", regular_price: "12.50" });
const cart = await createCart({ store: { format: 1, products: [product(1, "Mug"), product(2, "Plate")] }, storage: "memory" });
const app = mount(App, { target: document.getElementById("root"), props: { cart } });
Object.assign(globalThis, { cart, leave: () => unmount(app) });
