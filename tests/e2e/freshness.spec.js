// The catalogue that keeps itself fresh, in a real browser: Cache API, Web Locks, two tabs, the network off.
import { expect, test } from "./support.js";

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
  await page.waitForFunction(() => globalThis.fresh.told.at(-1)?.loaded > 0, undefined, { timeout: 15_000 });
  expect(pages.length).toBeGreaterThan(0);
  expect(await adds(page)).toBe(1);

  // another visit, without the shop: what was kept is enough, and nothing is asked for
  await page.reload();
  await page.waitForFunction(() => !document.querySelector("#open-cart").disabled);
  pages.length = 0;
  await context.setOffline(true);
  await open(page);
  await page.evaluate(() => globalThis.fresh.cart.products.restore());
  expect(await adds(page)).toBe(2);
  expect(pages).toEqual([]);
});

test("one tab asks, and the other learns what it kept", async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto("/");
  await page.bringToFront();
  const pages = [asked(page), asked(second)];
  await Promise.all([open(page), open(second)]);
  for (const tab of [page, second]) {
    await tab.bringToFront();
    await expect.poll(() => adds(tab), { timeout: 20_000 }).not.toBe("cocart_wasm_product_unknown");
  }
  expect(pages.filter((list) => list.length > 0)).toHaveLength(1);
});
