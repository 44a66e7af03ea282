// `cart.v1`: API v1 under its own names.
import { texts } from "./params.js";

const ADD = ["product_id", "quantity"];

/** API v1's routes; `answer(method, route, body, query)` gives a document or throws, `logout` signs out. */
export function makeV1(answer, logout) {
  const ask = (method, route, body, query) => answer(method, `v1/${route}`, body, query);
  const keyed = (cart_item_key, more) => ({ cart_item_key, ...more });
  return Object.freeze({
    /** `GET get-cart` */
    getCart: (query) => ask("GET", "get-cart", undefined, query),
    /** `POST add-item` */
    addItem: (item, query) => ask("POST", "add-item", texts(item, ADD), query),
    /** The line of the cart with this key; v1 itself has no route for it. */
    item(itemKey, query) {
      const lines = ask("GET", "get-cart", undefined, query);
      return Object.hasOwn(lines, itemKey) ? lines[itemKey] : undefined;
    },
    /** `POST item` */
    updateItem: (itemKey, quantity, more) =>
      ask("POST", "item", texts(keyed(itemKey, { quantity, ...more }), ["quantity"])),
    /** `DELETE item` */
    removeItem: (itemKey, query) => ask("DELETE", "item", undefined, keyed(itemKey, query)),
    /** `GET item`: puts a removed item back. */
    restoreItem: (itemKey, query) => ask("GET", "item", undefined, keyed(itemKey, query)),
    /** `GET count-items` */
    countItems: (query) => ask("GET", "count-items", undefined, query),
    /** `POST clear` */
    clear: (query) => ask("POST", "clear", undefined, query),
    /** `POST calculate` */
    calculate: (body, query) => ask("POST", "calculate", body, query),
    /** `GET totals`; `{ html: true }` for formatted prices. */
    totals: (query) => ask("GET", "totals", undefined, query),
    /** `POST logout`: the shop empties the customer's cart, other than by `cart.logout()`. */
    logout: (options) => logout({ ...options, version: "v1" }).then(() => true),
  });
}
