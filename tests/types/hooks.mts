// Hooks, callbacks and catalogues as an app may write them.
import { CartError, createCart, type MessageCatalogue } from "cocart-wasm";
import { catalogue, missing } from "cocart-wasm/messages";

const german: MessageCatalogue = catalogue("msgid \"\"", { messages: { "Cart updated.": "Warenkorb aktualisiert." } });
missing(german) satisfies readonly string[];

const cart = await createCart({
  messages: german,
  hooks(cart) {
    cart.addFilter("cocart_cart_item_name", (name) => name.toUpperCase());
  },
});

const undo = cart.addFilter("cocart_add_to_cart_validation", (verdict, productId, quantity) => {
  quantity satisfies number;
  if (productId === 13) return new CartError({ code: "unlucky", message: "No." }, 400);
  return verdict;
}, 5);
undo() satisfies boolean;
cart.addFilter("a_plugins_own", (value: number) => value + 1);
// @ts-expect-error a quantity is a number
cart.addFilter<"cocart_cart_item_quantity">("cocart_cart_item_quantity", (quantity) => `${quantity}`);
cart.addAction("cocart_item_quantity_changed", (key, before, now) => void [key, before.item_key, now.item_key]);
cart.removeAction("cocart_item_quantity_changed") satisfies boolean;
cart.registerCallback("gift-wrap", (request, cart) => {
  if (request["paper"] === undefined) return new CartError({ code: "no_paper" }, 400);
  cart.addFee({ name: "Gift wrap", amount: "2.50" });
});
cart.status.confirmed satisfies boolean;
cart.addEventListener("error", ({ detail }) => detail.hook satisfies string | undefined);
// @ts-expect-error hooks are loaded or not
await createCart({ hooks: "yes" });
