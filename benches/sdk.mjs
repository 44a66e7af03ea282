// A client in the official SDK's manner: every change is a request, the answer is the cart. It runs on a page of the endpoint's
// own, so that no preflight is counted against it.
const BASE = "/wp-json/cocart/v2";

async function send(method, route, key, body) {
  const query = key ? `?cart_key=${key}` : "";
  const headers = body ? { "content-type": "application/json" } : {};
  const response = await fetch(`${BASE}/${route}${query}`, { method, headers, body: body && JSON.stringify(body) });
  const document = await response.json();
  if (!response.ok) throw new Error(document.message);
  return document;
}

/** Microseconds that each of `times` operations takes, one after the other; `nothing` is a round trip that computes nothing. */
async function measure({ lines, times }) {
  const items = Array.from({ length: lines }, (_, at) => ({ id: String(at + 1), quantity: "1" }));
  let cart = await send("POST", "cart/add-items", undefined, { items });
  const key = cart.cart_key;
  cart = await send("GET", "cart", key);
  const changed = Object.values(cart.items)[Math.ceil(lines / 2) - 1].item_key;
  const taken = { nothing: [], change: [], add: [], remove: [] };
  const time = async (name, act) => {
    const started = performance.now();
    const answer = await act();
    taken[name].push((performance.now() - started) * 1000);
    return answer;
  };
  for (let at = 0; at < times; at += 1) {
    await time("nothing", async () => (await fetch("/nothing.mjs", { cache: "no-store" })).text());
    await time("change", () => send("POST", `cart/item/${changed}`, key, { quantity: String((at % 7) + 1) }));
    const more = await time("add", () => send("POST", "cart/add-item", key, { id: String(lines + 1), quantity: "1" }));
    const added = Object.values(more.items).at(-1).item_key;
    await time("remove", () => send("DELETE", `cart/item/${added}`, key));
  }
  return taken;
}

globalThis.bench = { measure };
