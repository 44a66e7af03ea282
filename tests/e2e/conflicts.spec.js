// What the shop decided otherwise, said so that a shopper knows what to do.
import { add, atTheShop, drawer, expect, isOffline, isOnline, openCart, row, test, total, visit } from "./support.js";

const card = (page, code) => page.locator(code ? `.conflict[data-code="${code}"]` : ".conflict");
const bar = (page) => page.locator('[data-bar="attention"]');

test("sold out meanwhile: told with the shop's own words, retried, let go", async ({ page, shop }) => {
  await shop({ outage: "drop" });
  await add(page, "Merino Scarf");
  await add(page, "Stoneware Mug");
  await isOffline(page);
  await shop({ outage: "none", product: { id: 158, stock_status: "outofstock" } });
  await isOnline(page);
  await expect.poll(() => atTheShop(page)).toEqual({ "Stoneware Mug": 1 });
  await expect(bar(page)).toBeVisible();
  await expect(page.locator('.toast[data-kind="added"]')).toHaveCount(0);
  await bar(page).getByRole("button", { name: "Have a look" }).click();
  await expect(card(page).getByRole("heading")).toHaveText("Not available just now: Merino Scarf");
  await expect(card(page)).toContainText("out of stock");
  await card(page).getByRole("button", { name: "Go without it" }).click();
  await expect(card(page)).toHaveCount(0);
  await expect(bar(page)).toHaveCount(0);
  await expect(page.locator("#close-cart")).toBeFocused();
});

test("sold out meanwhile, but back again: trying again brings it in", async ({ page, shop }) => {
  await shop({ outage: "drop" });
  await add(page, "Merino Scarf");
  await isOffline(page);
  await shop({ outage: "none", product: { id: 158, stock_status: "outofstock" } });
  await expect(bar(page)).toBeVisible();
  await shop({ product: { id: 158, stock_status: "instock" } });
  await openCart(page);
  await card(page).getByRole("button", { name: "Try again" }).click();
  await expect(card(page)).toHaveCount(0);
  await expect.poll(() => atTheShop(page)).toEqual({ "Merino Scarf": 1 });
});

test("fewer than wanted", async ({ page, shop }) => {
  await shop({ outage: "drop" });
  await add(page, "Letterpress Notebook");
  await add(page, "Letterpress Notebook");
  await isOffline(page);
  await shop({ outage: "none", product: { id: 154, stock_quantity: 1 } });
  await expect(bar(page)).toBeVisible();
  await openCart(page);
  await expect(card(page).getByRole("heading")).toHaveText("Not as many as you wanted: Letterpress Notebook");
  await expect(card(page)).toContainText("You wanted 2");
});

test("a price that changed shows before and after, and the line can go", async ({ page, shop }) => {
  await add(page, "Stoneware Mug");
  await add(page, "Canvas Tote Bag");
  await isOnline(page);
  await shop({ product: { id: 152, price: "11.90", regular_price: "11.90", sale_price: null } });
  await page.reload();
  await expect(page.locator("#open-cart")).toBeEnabled();
  await add(page, "Canvas Tote Bag");
  await expect(bar(page)).toBeVisible();
  await openCart(page);
  const price = card(page, "cocart_wasm_price_changed");
  await expect(price).toContainText("It was $9.50 and is now $11.90.");
  await expect(price.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await expect(row(page, "subtotal")).toHaveText("$39.90");
  await price.getByRole("button", { name: "Take it out" }).click();
  await expect(price).toHaveCount(0);
  await expect.poll(() => atTheShop(page)).toEqual({ "Canvas Tote Bag": 2 });
});

test("a cart that the shop let run out is offered again, and comes back whole", async ({ page, shop }) => {
  await page.clock.install();
  await visit(page);
  await add(page, "Stoneware Mug");
  await add(page, "Stoneware Mug");
  await isOnline(page);
  const before = await page.evaluate(() => document.documentElement.dataset.cartKey);
  await page.clock.runFor(1000);
  await shop({ expire_cart: before });
  await page.clock.setSystemTime(Date.now() + 9 * 24 * 3600_000);
  await page.reload();
  await expect(page.locator("#open-cart")).toBeEnabled();
  await page.clock.runFor(3000);
  await add(page, "Canvas Tote Bag");
  await expect(bar(page)).toContainText("no longer keeps your earlier cart");
  await openCart(page);
  await expect(card(page, "cart_expired")).toContainText("2 × Stoneware Mug");
  await card(page, "cart_expired").getByRole("button", { name: "Put it all back" }).click();
  await expect(card(page)).toHaveCount(0);
  await expect(drawer(page).getByLabel("Quantity of Stoneware Mug")).toHaveValue("2");
  await expect.poll(() => atTheShop(page)).toEqual({ "Stoneware Mug": 2, "Canvas Tote Bag": 1 });
  await expect(total(page)).not.toHaveText("$0.00");
});

test("a cart that was bought elsewhere is simply empty", async ({ page, shop }) => {
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await shop({ clear_cart: await page.evaluate(() => document.documentElement.dataset.cartKey) });
  await page.reload();
  await expect(page.locator("#cart-count")).toHaveText("0");
  await expect(bar(page)).toHaveCount(0);
});
