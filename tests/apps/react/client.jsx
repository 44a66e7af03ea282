import { createCart } from "cocart-wasm";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { App, drawn } from "./App.jsx";
import { store } from "./shop.js";

const cart = await createCart({ store });
// What an earlier visit left in this browser, and the server knows nothing of.
if (cart.getSnapshot().item_count === 0) cart.addItem({ id: 1, quantity: 2 });
const root = hydrateRoot(document.getElementById("root"), <StrictMode><App cart={cart} /></StrictMode>, {
  onRecoverableError: (error) => console.error(error),
});
Object.assign(globalThis, { cart, drawn, root });
