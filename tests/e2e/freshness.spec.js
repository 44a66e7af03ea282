// The catalogue that keeps itself fresh, in a real browser: Cache API, Web Locks, two tabs, the network off.
import { expect, readyForOffline, test } from "./support.js";

/** Opens a cart of its own beside the page's: it knows no snapshot, and has the catalogue fetched behind its back. */
const open = (page) =>
  page.evaluate(async () => {
    const { createCart } = await import("/pkg/index.js");
    const told = [];
    const cart = await createCart({
      storeUrl: location.origin,
      storageKey: "freshness",
      profile: "v4.9",
      products: { refresh: "background", onProgress: (progress) => told.push(progress) },
    });
    globalThis.fresh = { cart, told };
  });

/** Who asks for products, and for how many. */
function asked(page) {
  const pages = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith("/cocart/v2/products")) pages.push(searchParams.get("page") ?? "1");
  });
  return pages;
}

const adds = (page) =>
  page.evaluate(() => {
    try {
      return globalThis.fresh.cart.addItem({ id: 152, quantity: 1 }).item_count;
    } catch (error) {
      return error.code;
    }
  });

test("the catalogue is fetched while nobody waits, kept, and sells offline after a reload", async ({ page, context }) => {
  const pages = asked(page);
  await open(page);
  expect(await adds(page)).toBe("cocart_wasm_product_unknown");
  await page.waitForFunction(() => globalThis.fresh.told.at(-1)?.loaded > 0);
  expect(pages.length).toBeGreaterThan(0);
  expect(await adds(page)).toBe(1);

  // another visit, without the shop: what was kept is enough, and nothing is asked for
  await page.reload();
  await expect(page.locator("#open-cart")).toBeEnabled();
  await readyForOffline(page);
  pages.length = 0;
  await context.setOffline(true);
  await open(page);
  await page.evaluate(() => globalThis.fresh.cart.products.restore());
  expect(await adds(page)).toBe(2);
  expect(pages).toEqual([]);
});

test("one window asks, and the other learns what it kept", async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto("/");
  const pages = [asked(page), asked(second)];
  let answer;
  const answered = new Promise((done) => (answer = done));
  await context.route("**/cocart/v2/products?*", (route) => answered.then(() => route.continue()));
  for (const tab of [page, second]) {
    // two windows beside each other: neither is hidden, whichever the browser has in front
    await tab.evaluate(() => Object.defineProperty(document, "visibilityState", { value: "visible" }));
    await tab.clock.install();
  }

  await open(page);
  await page.clock.runFor(5_000);
  await expect.poll(() => pages[0].length).toBe(1);
  // the second looks while the first one's answer is awaited: it is not its turn
  await open(second);
  await second.clock.runFor(5_000);
  await second.evaluate(() => navigator.locks.query());
  expect(pages[1]).toEqual([]);

  answer();
  await expect.poll(() => adds(page)).not.toBe("cocart_wasm_product_unknown");
  // it looks again a minute later, and finds what the first one kept
  await expect.poll(async () => (await second.clock.runFor(60_000), adds(second))).not.toBe("cocart_wasm_product_unknown");
  expect(pages.map((list) => list.length)).toEqual([1, 0]);
});
