// This package's own codes, and those that only a shop can give. `meet` leads to one; `proof` is the test that does where that takes a crash or two tabs.
import { createCart } from "../../pkg/index.js";
import { shop } from "./shop.mjs";

export const SHOP = "https://shop.example";
export const open = (options) => createCart({ store: shop, storage: "memory", sync: "manual", ...options });
const caught = async (work) => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};
const told = (cart, kind) => new Promise((done) => cart.addEventListener(kind, ({ detail }) => done(detail), { once: true }));
const refusing = (code, status, message = code) => async () => Response.json({ code, message, data: { status } }, { status });

/** In this order: what cannot be loaded comes before anything was. */
export const own = [
  { code: "cocart_wasm_load_failed", comes: "`createCart` rejects", when: "the wasm module could not be fetched or compiled: no network at the first visit, or a content security policy without `'wasm-unsafe-eval'`", what: "Try again; `error.cause` says more.", meet: () => caught(() => open({ wasm: new Uint8Array(4) })) },
  { code: "cocart_wasm_store_unavailable", comes: "`createCart` rejects", when: "the store snapshot or the message catalogue could not be loaded", what: "Try again, or open without one.", meet: () => caught(() => open({ store: `${SHOP}/nosuch.json`, fetch: async () => new Response("", { status: 404 }) })) },
  { code: "cocart_wasm_invalid_option", comes: "`createCart` rejects, methods throw", when: "an option, or a call that an option would have had to allow", what: "Fix the caller; the message says which.", meet: () => caught(() => open({ profile: "v9" })) },
  {
    code: "cocart_wasm_product_unknown",
    comes: "thrown, status 503",
    when: "a product the engine has never seen; it may exist all the same",
    what: "`await cart.loadProduct(id)`, then again. `cart.fetch` does so by itself.",
    meet: async () => caught(async () => (await open({ store: { format: 1 } })).addItem({ id: 7 })),
  },
  {
    code: "cocart_wasm_closed",
    comes: "thrown",
    when: "the cart was closed, or forgotten",
    what: "Open another.",
    meet: async () => {
      const cart = await open();
      cart.close();
      return caught(() => cart.get());
    },
  },
  {
    code: "cocart_wasm_busy",
    comes: "thrown",
    when: "a filter or a storage adapter called back into the cart that was using it",
    what: "Do it after: `queueMicrotask`, or an action instead of a filter.",
    meet: async () => {
      const cart = await open({ hooks: true });
      let seen;
      cart.addFilter("cocart_cart_item_name", (name) => {
        if (!seen) caught(() => cart.clear()).then((error) => (seen = error));
        return name;
      });
      cart.addItem({ id: 1 });
      await new Promise(setImmediate);
      return seen;
    },
  },
  {
    code: "cocart_wasm_hook_failed",
    comes: "event `error`",
    when: "a listener of the app's failed; `detail.hook` and `detail.cause` say which and how",
    what: "Log it; the cart goes on.",
    meet: async () => {
      const cart = await open({ hooks: true });
      const error = told(cart, "error");
      cart.addAction("cocart_item_added_to_cart", () => {
        throw new Error("oh");
      });
      cart.addItem({ id: 1 });
      return error;
    },
  },
  {
    code: "cocart_wasm_offline",
    comes: "`sync`, `checkout`, `loadProduct`, `products`, `login`, `logout` and `createCart` reject",
    when: "the shop could not be reached, what answered is no CoCart, or a script that is loaded on demand could not be fetched",
    what: "Nothing is lost: what waits is sent later. Say so.",
    meet: async () => {
      const cart = await open({ storeUrl: SHOP, fetch: async () => Promise.reject(new TypeError("fetch failed")) });
      cart.addItem({ id: 1 });
      return caught(() => cart.sync());
    },
  },
  {
    code: "cocart_wasm_unauthorized",
    comes: "`sync` rejects, event `error`",
    when: "the shop wants the customer to sign in, again or at all",
    what: "Show the sign-in; after `cart.login(…)` everything goes on.",
    meet: async () => {
      const cart = await open({ storeUrl: SHOP, authorization: () => "Bearer x", fetch: refusing("cocart_authentication_error", 403) });
      cart.addItem({ id: 1 });
      return caught(() => cart.sync());
    },
  },
  { code: "cocart_wasm_unreachable", comes: "event `error`", when: "the shop has not answered several times in a row although the device is online", what: "Log it: often CORS, or a moved shop.", proof: "tests/simulation/tests/failures/requests.rs" },
  { code: "cocart_wasm_signed_out_pending", comes: "event `error`", when: "signed out with `{ discard: true }` while changes waited; `message` is how many were lost", what: "Tell the shopper.", proof: "tests/node/auth.test.mjs" },
  { code: "storage_quota", comes: "event `error`, `sync` rejects", when: "storage has no room; `message` is the record's key. The change lives as long as the page (`status.unsaved`) and is stored, then sent, once there is room", what: "Say so, and keep the page open.", proof: "tests/simulation/tests/failures/storage.rs" },
  { code: "storage_corrupt", comes: "event `error`", when: "a stored record was cut or changed; it is set aside under a key of its own, and the one before stands in", what: "Log it.", proof: "tests/simulation/tests/failures/storage.rs" },
  { code: "storage_newer_schema", comes: "event `error`, `sync` rejects", when: "a newer version of this package keeps the cart (`status.readOnly`): nothing is written here", what: "Load the page anew.", proof: "tests/simulation/tests/failures/storage.rs" },
  { code: "cocart_wasm_in_doubt", comes: "conflict", when: "the answer to a request was lost, and the cart cannot show whether it was carried out", what: "`conflict.retry()` or `conflict.dismiss()`: the shopper's choice.", proof: "tests/simulation/tests/failures/shop.rs" },
  { code: "cocart_wasm_line_changed", comes: "conflict", when: "a line was changed elsewhere at the same time; `quantity` has both figures", what: "Show both.", proof: "tests/simulation/tests/failures/requests.rs" },
  { code: "cocart_wasm_price_changed", comes: "conflict", when: "the shop's price is not the one that was shown; `price` has both", what: "Show both before paying.", proof: "tests/e2e/conflicts.spec.js" },
];

/** Refusals that only a shop gives, when a change is told to it: each becomes a conflict with the shop's words. */
export const refusals = [
  ["cocart_product_id_not_numeric", 405, "an id that is none, in the eyes of a plugin"],
  ["cocart_can_not_update_item", 400, "WooCommerce refused the quantity"],
  ["cocart_can_not_increase_quantity", 405, "more of what is sold individually"],
  ["cocart_can_not_remove_item", 403, "WooCommerce, or a plugin, keeps the line"],
  ["cocart_clear_cart_failed", 406, "the cart would not be emptied; API v1 of CoCart 4.3 always says so"],
  ["cocart_cannot_add_to_cart", 403, "WooCommerce refused without a word"],
  ["cocart_invalid_items", 400, "CoCart 5: `add-items` with a list it does not like"],
  ["cocart_cannot_add_items", 403, "CoCart 5: none of the items was added"],
  ["cocart_update_cart_namespace_error", 404, "`cart/update` without a namespace"],
  ["cocart_update_cart_invalid_callback_error", 400, "a plugin registered its namespace badly"],
  ["cocart_no_callback_found", 400, "a plugin registered its namespace badly"],
];

/** What leads to a new sign-in: `cocart_wasm_unauthorized` here. */
export const unauthorized = [
  ["cocart_authentication_error", 401, "user name or password is wrong, or a token has died"],
  ["cocart_must_authenticate_user", 403, "a customer's id was sent as a guest's key"],
  ["cocart_already_authenticating_user", 403, "a signed-in customer sent the own id as key"],
  ["cocart_rest_permission_error", 401, "the site lets only signed-in customers do this"],
  ["cocart_rest_not_authorized", 401, "the same, by an older CoCart"],
  ["rest_forbidden", 401, "WordPress says no"],
  ["rest_cookie_invalid_nonce", 403, "a WordPress page whose nonce is too old"],
  ["jwt_auth_invalid_token", 403, "another JWT plugin's dead token"],
];

/** Answers of routes that are the shop's alone. */
export const elsewhere = [
  ["cocart_rest_cart_creation_not_allowed", 403, "`POST cart` by a signed-in customer, who has a cart"],
  ["cocart_customer_missing", 404, "API v1, administrators: a customer's cart without an id"],
  ["cocart_cart_error", 500, "WordPress's batch route on CoCart 4.3; on a change it is a doubt, and the cart is looked at"],
  ["cocart_unknown_server_error", 500, "a failure in PHP; on a change it is a doubt, and the cart is looked at"],
  ["cocart_rest_cannot_view", 401, "sessions, for those who are no administrators"],
  ["cocart_session_not_valid", 404, "sessions: no such cart"],
  ["cocart_session_not_deleted", 500, "sessions: the cart would not go"],
  ["cocart_no_carts_in_session", 404, "sessions: there are none"],
  ["cocart_review_content_invalid", 400, "a review without text"],
  ["cocart_review_exists", 409, "the same review again"],
];

/** What comes of a shop that answers a change with this refusal: a conflict's code, or that of the rejection. */
export async function outcome(code, status) {
  const server = await open({ profile: "v4.3" });
  const refuse = refusing(code, status);
  const fetch = async (url, { method }) => (method === "GET" ? Response.json(server.get()) : refuse());
  const cart = await open({ storeUrl: SHOP, fetch });
  try {
    cart.addItem({ id: 1 });
    await cart.sync();
    return cart.conflicts[0]?.code;
  } catch (error) {
    return error.code;
  } finally {
    cart.close();
    server.close();
  }
}
