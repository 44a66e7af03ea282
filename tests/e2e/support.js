// What every test of the storefront uses: a fresh shop, a page that may not misbehave, and a few words of a shopper's.
import { expect, test as base } from "@playwright/test";

export { expect };

const CONTROL = "/__control";

export const test = base.extend({
  /** Orders trouble from the endpoint; `shop()` alone tells how things stand. */
  shop: async ({ request }, use) => {
    const order = async (data) => (data ? request.post(CONTROL, { data }) : request.get(CONTROL)).then((answer) => answer.json());
    await order({ reset: true });
    await use(order);
    await order({ reset: true });
  },
  /** The shop's page, opened; no script error and no breach of the content policy goes unseen. */
  page: async ({ page, shop }, use) => {
    const troubles = [];
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("console", (message) => /Content Security Policy|Refused to|The shop could not/.test(message.text()) && troubles.push(message.text()));
    void shop;
    // E2E_SLOWER=8 shows what a machine an eighth as fast would.
    const rate = Number(process.env.E2E_SLOWER ?? 1);
    if (rate > 1) await (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate });
    await visit(page);
    await use(page);
    expect(troubles).toEqual([]);
  },
});

export async function visit(page, address = "/") {
  await page.goto(address);
  await expect(page.locator("#open-cart")).toBeEnabled();
}

export const status = (page) => page.locator("#status");
export const total = (page) => page.locator("#total");
export const row = (page, kind) => page.locator(`dd[data-total="${kind}"]`);
export const drawer = (page) => page.getByRole("dialog", { name: "Your cart" });
export const inspector = (page) => page.getByRole("region", { name: "Inspector" });
export const add = (page, name) => page.getByRole("button", { name: `Add ${name} to the cart` }).click();
export const openCart = (page) => page.locator("#open-cart").click();
export const isOnline = (page) => expect(status(page)).toHaveAttribute("data-state", "online");
export const isOffline = (page) => expect(status(page)).toHaveAttribute("data-state", "offline");

/** The cart as the shop has it, asked for beside the page. */
export async function cartAtTheShop(page) {
  const key = await page.evaluate(() => document.documentElement.dataset.cartKey);
  return (await page.request.get("/wp-json/cocart/v2/cart", { params: { cart_key: key } })).json();
}

/** What the shop has in the cart of this page, by name. */
export async function atTheShop(page) {
  const { items } = await cartAtTheShop(page);
  return Object.fromEntries(Object.values(items).map((item) => [item.name, item.quantity.value]));
}

/** Everything is in the cache, and the worker answers for this page; a worker that cannot be installed is not waited for. */
export async function readyForOffline(page) {
  const missing = [];
  const note = (response) => response.status() >= 400 && missing.push(`${response.url()}: ${response.status()}`);
  page.context().on("response", note);
  const state = await page.evaluate(async () => {
    const { serviceWorker } = navigator;
    // The page's own registration, or a second try where its worker is gone already.
    const { installing, waiting, active } = await serviceWorker.register("/sw.js", { type: "module" });
    const worker = active ?? waiting ?? installing;
    while (worker.state !== "activated" && worker.state !== "redundant") {
      await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
    }
    if (worker.state === "activated" && !serviceWorker.controller) {
      await new Promise((done) => serviceWorker.addEventListener("controllerchange", done, { once: true }));
    }
    return worker.state;
  });
  page.context().off("response", note);
  expect(state, `the service worker; refused: ${missing.join(", ") || "nothing seen"}`).toBe("activated");
}
