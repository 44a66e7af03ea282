// What a storefront may write, and what it may not.
import { Cart, CartError, codes, createCart, type CartDocument, type CartStorage } from "cocart-wasm";
import { basic, jwt } from "cocart-wasm/auth";
import { packageFiles } from "cocart-wasm/sw";

const cart = await createCart({ store: { format: 1 }, storage: "memory" });
cart satisfies Cart<"reference">;

const answer: CartDocument = cart.addItem({ id: 145, quantity: "2", item_data: { engraving: "A" } });
answer.item_count satisfies number;
answer.totals.total satisfies string;
if (!Array.isArray(answer.items)) {
  for (const item of Object.values(answer.items)) item.quantity.max_purchase satisfies number;
}
// @ts-expect-error Answers are read-only.
answer.item_count = 3;
// @ts-expect-error An option that does not exist.
await createCart({ storrage: "memory" });
// @ts-expect-error A profile that does not exist.
await createCart({ profile: "v6" });
// @ts-expect-error Carts are made by createCart.
new Cart();

const listed = await createCart({ profile: "v4.3" });
for (const { totals } of listed.get().items) [totals.subtotal satisfies string, totals.total satisfies number];
const fifth = await createCart({ profile: "v5" });
const { items } = fifth.getSnapshot();
if (!Array.isArray(items)) Object.values(items)[0]?.quantity.minimum satisfies number | undefined;
for (const { amount } of fifth.get().fees) amount satisfies number;
for (const { key, price } of fifth.get().taxes) [key satisfies string, price satisfies string];
await createCart({ wasm: fetch("/module.wasm") });

const { body, status } = cart.request<CartDocument>("GET", "cart", { query: { fields: "totals" } });
body.totals.total satisfies string;
status satisfies number;

cart.addEventListener("pending", (event) => event.detail.pending satisfies number);
cart.addEventListener("conflict", ({ detail }) => {
  detail.message satisfies string;
  for (const { id } of detail.lines ?? []) id satisfies string | number;
  if (!detail.lines) detail.price?.shown satisfies string | number | undefined;
  // A code that is any text narrows nothing, so what a conflict alone has can be asked of both.
  if (detail.code === "cart_expired") detail.lines?.length satisfies number | undefined;
  else detail.quantity?.asked satisfies number | undefined;
});
if (cart.pending[0]?.type === "add-item") cart.pending[0]["id"] satisfies unknown;
// @ts-expect-error No change is called that.
cart.pending[0]?.type === "add_item";
answer.customer.billing_address.billing_company satisfies string | undefined;
cart.subscribe(() => cart.getSnapshot())();
for (const conflict of cart.conflicts) conflict.retry();

try {
  cart.updateItem("a", 1);
} catch (error) {
  if (error instanceof CartError && error.code === codes.ITEM_NOT_IN_CART) error.data.status satisfies number;
}

const kept = new Map<string, string>();
const storage: CartStorage = {
  getItem: (key) => kept.get(key),
  setItem: (key, text) => void kept.set(key, text),
  removeItem: (key) => void kept.delete(key),
  keys: () => kept.keys(),
};
await createCart({ storage, authorization: async () => "Bearer …" });
const url: string = await cart.checkout({ signal: AbortSignal.timeout(1000) });
packageFiles("https://shop.example/pkg/") satisfies string[];
packageFiles(new URL("https://shop.example/pkg/"), ["auth", "money"]) satisfies string[];
// @ts-expect-error no such entry
packageFiles("https://shop.example/pkg/", ["admin"]);
void url;

// The shop's own routes, API v1 and the Plus routes
async function beyond() {
  const cart = await createCart({ storeUrl: "https://shop.example", profile: "v4.3" });
  const name: string = (await cart.loadProduct("MUG")).name;
  const total: number = (await cart.products.list({ per_page: 3 })).total_products;
  const one: { readonly [name: string]: unknown } = await cart.products.categories(4);
  const line = cart.v1.item("key");
  cart.v1.addItem({ product_id: 1, quantity: 2 });
  const items = cart.addFee({ name: "Wrap", amount: 2 }).items;
  cart.applyCoupon("ten");
  cart.setShippingMethod("flat_rate:1");
  cart.expired?.accept();
  // @ts-expect-error a fee has a name
  cart.addFee({ amount: 2 });
  return [name, total, one, line, items];
}
void beyond;

// Customers
async function customers() {
  const auth = jwt({ storage: sessionStorage });
  const cart = await createCart({ storeUrl: "https://shop.example", authorization: auth });
  const id: string = (await cart.login({ username: "casey", password: "…" })).user_id;
  const ends: number | undefined = auth.expires ?? cart.status.expires;
  await cart.logout({ discard: true });
  const address: string = await cart.checkout({ path: "checkout/", notify: true, keepCart: false });
  const left: number = (await cart.ordered()).item_count;
  for (const { cart_key } of await cart.sessions.list()) if (cart_key) await cart.sessions.delete(cart_key);
  await createCart({ authorization: basic() });
  await createCart({ authorization: () => undefined, signedIn: false });
  // @ts-expect-error a password is missing
  await cart.login({ username: "casey" });
  // @ts-expect-error tokens are read, not written
  auth.token = "";
  return [id, ends, address, left];
}
void customers;

await createCart({ products: { refresh: "background", maxAge: 600, limit: 500, onProgress: ({ loaded, total, at }) => `${loaded} ${total} ${at}` } });
// @ts-expect-error It is one of two.
await createCart({ products: { refresh: "hourly" } });
(await cart.products.refresh({ maxAge: 60 })).at satisfies number;
(await cart.v1.logout()) satisfies true;
