import { createCart } from "cocart-wasm";
import { renderToString } from "react-dom/server";
import { App } from "./App.jsx";
import { store } from "./shop.js";

/** What a server sends: the page of a shopper who has no cart. */
export async function render() {
  const cart = await createCart({ store, storage: "memory" });
  const html = renderToString(<App cart={cart} />);
  cart.close();
  return html;
}
