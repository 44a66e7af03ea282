// The shop at https://shop.example that the documentation's examples ask: CoCart's answers for docs/demo-shop.json, as a `fetch`.
import { readFileSync } from "node:fs";
import { createCart } from "../../../pkg/index.js";
import { ROOT } from "./blocks.mjs";

export const demo = JSON.parse(readFileSync(`${ROOT}/docs/demo-shop.json`, "utf8"));
const SHOP = "https://shop.example";

/** A shop of its own, with empty carts: a `fetch` that answers as one whose page is open at https://shop.example. */
export async function demoShop() {
  const carts = new Map();
  const cartOf = async (key) => {
    if (!carts.has(key)) carts.set(key, await createCart({ store: demo, storage: "memory", profile: "v4.3", cartKey: key || undefined }));
    return carts.get(key);
  };
  return async (input, init = {}) => {
    const request = new Request(new URL(input instanceof Request ? input.url : input, SHOP), input instanceof Request ? input : init);
    const { origin, pathname, searchParams, search } = new URL(request.url);
    if (origin !== SHOP) throw new TypeError("fetch failed");
    if (pathname === "/store-snapshot.json") return Response.json(demo);
    if (!pathname.startsWith("/wp-json/")) return new Response("Not found", { status: 404 });
    const cart = await cartOf(searchParams.get("cart_key"));
    const body = (await request.text()) || undefined;
    const answer = cart.request(request.method, pathname.replace("/wp-json", "") + search, { body, headers: request.headers });
    return Response.json(answer.body, { status: answer.status, headers: answer.headers });
  };
}
