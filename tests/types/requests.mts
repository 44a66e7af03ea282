// Requests, pages, documents of any shape, and amounts as an app may write them.
import { createCart, type ProductPage, type RequestAbout } from "cocart-wasm";
import { format, formatIntl, toMajor, toMinor } from "cocart-wasm/money";
import { error, get, item, items, notices, quantity, response, shippingRates } from "cocart-wasm/response";

const cart = await createCart({
  storeUrl: "https://shop.example",
  headers: async () => ({ "X-Country": "DE" }),
  authHeader: "X-Authorization",
  timeout: 10_000,
  etag: true,
});
await createCart({ headers: new Headers() });
// @ts-expect-error a time limit is a number
await createCart({ timeout: "10s" });
// @ts-expect-error a header's name is a text
await createCart({ authHeader: ["X-Auth"] });

cart.addEventListener("request", ({ detail: { method, url, headers, body } }) => [method satisfies string, url satisfies string, headers["accept"], body]);
cart.addEventListener("response", ({ detail }) => [detail.status satisfies number, detail.duration satisfies number, detail satisfies RequestAbout]);
cart.addEventListener("error", ({ detail }) => [detail.code satisfies string, detail.url satisfies string | undefined, detail.error]);
cart.addEventListener("retry", ({ detail }) => [detail.attempt satisfies number, detail.delay satisfies number, detail.reason satisfies string | undefined]);
cart.addEventListener("auth:refresh", ({ detail }) => detail.success satisfies boolean);
// @ts-expect-error what was sent is not changed by looking at it
cart.addEventListener("request", ({ detail }) => (detail.headers.accept = "x"));

for await (const page of cart.products.pages({ per_page: 20 }, { signal: AbortSignal.timeout(1_000) })) {
  page satisfies ProductPage;
  page.products[0]?.name satisfies string | undefined;
  page.total_pages satisfies number | undefined;
}

const document = cart.getSnapshot();
for (const line of items(document)) line.quantity.max_purchase satisfies number;
const fifth = await createCart({ profile: "v5" });
for (const line of items(fifth.getSnapshot())) line.quantity.multiple_of satisfies number;
const listed = await createCart({ profile: "v4.3" });
item(listed.getSnapshot(), "key")?.quantity.min_purchase satisfies number | undefined;
quantity(items(document)[0]).maximum satisfies number;
get<string>(document, "totals.total") satisfies string | undefined;
get(document, "items.0.name", "none") satisfies string;
shippingRates(document)[0]?.package satisfies number | undefined;
notices(document)[0]?.text satisfies string | undefined;
error(document)?.code satisfies string | undefined;
response(cart.request("GET", "cart")).getItems()[0]?.item_key satisfies string | undefined;
(await response(await fetch("https://shop.example/"))).isError() satisfies boolean;
response(document).body.totals.total satisfies string;

format(document.totals.total, document.currency) satisfies string;
format(12n, { currency_minor_unit: 0, currency_prefix: "¥" }) satisfies string;
formatIntl(1, document.currency, "de-DE", { currencyDisplay: "code" }) satisfies string;
toMajor(toMinor(12.5, document.currency), document.currency) satisfies string;
// @ts-expect-error no currency
format(1);
