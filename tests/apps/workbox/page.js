import { createCart } from "/pkg/index.js";

const cart = await createCart({ store: { format: 1, products: [{ id: 1, name: "Mug", slug: "mug", price: "12.50", regular_price: "12.50" }] }, storeUrl: location.origin, sync: "manual" });
await navigator.serviceWorker?.register("/sw.js", { type: "module" });
await navigator.serviceWorker?.ready;
const products = await fetch("/wp-json/cocart/v2/products").then((response) => response.json(), () => "none");
// The page that is opened offline, by its address: browsers tell `navigator.onLine` of a document in the making as they like.
if (location.pathname !== "/") cart.addItem({ id: 1 });
Object.assign(globalThis, { cart, products });
document.title = "ready";
