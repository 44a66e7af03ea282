// The storefront end to end: a shopper, a network that goes, and the shop's own view of the cart.
import { expect, test } from "@playwright/test";

const CONTROL = "/__control";

/** What the shop has in the cart of this page. */
async function atTheShop(page, request) {
  const key = await page.evaluate(() => document.documentElement.dataset.cartKey);
  const answer = await request.get("/wp-json/cocart/v2/cart", { params: { cart_key: key } });
  const { items } = await answer.json();
  return Object.fromEntries(Object.values(items).map((item) => [item.name, item.quantity.value]));
}

const status = (page) => page.locator("#status");
const drawer = (page) => page.getByRole("dialog", { name: "Your cart" });
const add = (page, name) => page.getByRole("button", { name: `Add ${name} to the cart` }).click();

/** Everything is in the cache, and the worker answers for this page. */
async function readyForOffline(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
    }
  });
}

test.beforeEach(async ({ page, request }) => {
  await request.post(CONTROL, { data: { reset: true } });
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => /Content Security Policy|Refused to/.test(message.text()) && troubles.push(message.text()));
  page.troubles = troubles;
  await page.goto("/");
  await expect(page.locator("#open-cart")).toBeEnabled();
});

test.afterEach(({ page }) => expect(page.troubles).toEqual([]));

test("the shopper's whole way: add, lose the network, reload, add more, come back", async ({ page, context, request }) => {
  await add(page, "Stoneware Mug");
  await expect(page.locator("#cart-count")).toHaveText("1");
  await expect.poll(() => atTheShop(page, request)).toEqual({ "Stoneware Mug": 1 });
  await expect(status(page)).toHaveAttribute("data-state", "online");
  await readyForOffline(page);

  await context.setOffline(true);
  await expect(status(page)).toHaveAttribute("data-state", "offline");
  await add(page, "Canvas Tote Bag");
  await expect(status(page)).toHaveText("Offline · 1 waiting");

  await page.reload();
  await expect(page.locator("#cart-count")).toHaveText("2");
  await expect(page.locator("#grid img").first()).toHaveJSProperty("complete", true);
  await expect.poll(() => page.locator("#grid img").first().evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  await add(page, "Merino Scarf");
  await add(page, "Merino Scarf");
  await page.locator("#open-cart").click();
  await drawer(page).getByRole("button", { name: "One Stoneware Mug more" }).click();
  await drawer(page).getByRole("button", { name: "Take Canvas Tote Bag out" }).click();
  await expect(page.locator("#cart-count")).toHaveText("4");
  await expect(drawer(page).getByText("kept on this device")).toBeVisible();
  await page.locator("#checkout").click();
  await expect(page.locator("#checkout-note")).toContainText("cannot be reached");
  expect(await atTheShop(page, request)).toEqual({ "Stoneware Mug": 1 });

  await context.setOffline(false);
  await expect.poll(() => atTheShop(page, request), { timeout: 15_000 }).toEqual({ "Stoneware Mug": 2, "Merino Scarf": 2 });
  await expect(status(page)).toHaveText("Online");
  await expect(page.locator("#cart-count")).toHaveText("4");
});

test("a shop that is down is told later, and the totals are its own", async ({ page, request }) => {
  await request.post(CONTROL, { data: { outage: "drop" } });
  await add(page, "Wireless Bluetooth Headphones");
  await expect(status(page)).toHaveText("Offline · 1 waiting");
  await page.locator("#open-cart").click();
  const total = page.locator('dd[data-total="total"]');
  const computed = await total.textContent();
  await request.post(CONTROL, { data: { outage: "none" } });
  await expect(status(page)).toHaveText("Online", { timeout: 15_000 });
  await expect.poll(() => atTheShop(page, request)).toEqual({ "Wireless Bluetooth Headphones": 1 });
  await expect(total).toHaveText(computed);
});

test("quantities, taking out, undo, and the keyboard", async ({ page }) => {
  await add(page, "Stoneware Mug");
  await add(page, "Canvas Tote Bag");
  await page.locator("#open-cart").focus();
  await page.keyboard.press("Enter");
  await expect(drawer(page)).toBeVisible();
  const quantity = drawer(page).getByLabel("Quantity of Stoneware Mug");
  await quantity.fill("3");
  await quantity.press("Enter");
  await expect(page.locator("#cart-count")).toHaveText("4");
  await drawer(page).getByRole("button", { name: "One Stoneware Mug less" }).press("Enter");
  await expect(quantity).toHaveValue("2");
  await expect(drawer(page).getByRole("button", { name: "One Stoneware Mug less" })).toBeFocused();
  await drawer(page).getByRole("button", { name: "Take Stoneware Mug out" }).press("Enter");
  await expect(page.locator("#cart-count")).toHaveText("1");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(quantity).toHaveValue("2");
  await page.keyboard.press("Escape");
  await expect(drawer(page)).toBeHidden();
  await expect(page.locator("#open-cart")).toBeFocused();
});

test("what the engine refuses is said at once", async ({ page }) => {
  await add(page, "Letterpress Notebook");
  await add(page, "Letterpress Notebook");
  await add(page, "Letterpress Notebook");
  await add(page, "Letterpress Notebook");
  await expect(page.locator('.toast[data-kind="error"]').last()).toBeVisible();
  await expect(page.locator("#cart-count")).toHaveText("3");
  await expect(page.getByRole("button", { name: "Brass Desk Lamp is sold out" })).toBeDisabled();
});

test("what the shop refuses later is shown with its own words", async ({ page, request }) => {
  await request.post(CONTROL, { data: { outage: "drop" } });
  await add(page, "Merino Scarf");
  await add(page, "Stoneware Mug");
  await expect(status(page)).toHaveText("Offline · 2 waiting");
  await request.post(CONTROL, { data: { outage: "none", product: { id: 158, stock_status: "outofstock" } } });
  await expect(status(page)).toHaveText("Online", { timeout: 15_000 });
  await page.locator("#open-cart").click();
  await expect(page.locator(".conflict")).toContainText("Merino Scarf");
  await expect.poll(() => atTheShop(page, request)).toEqual({ "Stoneware Mug": 1 });
  await page.locator(".conflict").getByRole("button", { name: "Dismiss" }).click();
  await expect(page.locator(".conflict")).toHaveCount(0);
});

test("two tabs are one cart", async ({ page, context }) => {
  const other = await context.newPage();
  await other.goto("/");
  await expect(other.locator("#open-cart")).toBeEnabled();
  await add(page, "Stoneware Mug");
  await expect(other.locator("#cart-count")).toHaveText("1");
  await add(other, "Stoneware Mug");
  await expect(page.locator("#cart-count")).toHaveText("2");
});

test("a variation is chosen and sold", async ({ page, request }) => {
  await page.getByLabel("Colour of Organic T-Shirt").selectOption("sand");
  await expect(page.getByRole("button", { name: "Organic T-Shirt - Sand, S is sold out" })).toBeDisabled();
  await page.getByLabel("Size of Organic T-Shirt").selectOption("M");
  await add(page, "Organic T-Shirt - Sand, M");
  await expect.poll(() => atTheShop(page, request)).toEqual({ "Organic T-Shirt - Sand, M": 1 });
});

test("checkout tells the shop everything first", async ({ page, request }) => {
  await add(page, "Stoneware Mug");
  await page.locator("#open-cart").click();
  await request.post(CONTROL, { data: { outage: "drop" } });
  await drawer(page).getByRole("button", { name: "One Stoneware Mug more" }).click();
  await page.locator("#checkout").click();
  await expect(page.locator("#checkout-note")).toContainText("cannot be reached");
  await request.post(CONTROL, { data: { outage: "none" } });
  await page.locator("#checkout").click();
  await page.waitForURL(/\/checkout\/?\?cocart-load-cart=/);
});

test("a phone's width holds everything", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await add(page, "Stoneware Mug");
  await page.locator("#open-cart").click();
  await expect(page.locator("#checkout")).toBeInViewport();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
