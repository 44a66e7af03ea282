// A cart with hooks, in a shop that has a mug, a tee, and something that is gone.
import { createCart } from "../../../pkg/index.js";

const store = {
  format: 1,
  complete: true,
  products: [
    { id: 1, name: "Mug", slug: "mug", sku: "MUG", price: "12.50", regular_price: "12.50", image: "https://shop.example/mug.jpg" },
    { id: 2, name: "Tee", slug: "tee", price: "20", regular_price: "20" },
    { id: 3, name: "Gone", slug: "gone", price: "5", stock_status: "outofstock" },
  ],
};
export const open = (options) => createCart({ store, storage: "memory", profile: "v4.3", hooks: true, ...options });
