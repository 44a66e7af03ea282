// Several windows are one cart.
import { add, atTheShop, drawer, expect, isOnline, openCart, row, test, visit } from "./support.js";

test("two tabs are one cart", async ({ page, context }) => {
  const other = await context.newPage();
  await visit(other);
  await add(page, "Stoneware Mug");
  await expect(other.locator("#cart-count")).toHaveText("1");
  await add(other, "Stoneware Mug");
  await expect(page.locator("#cart-count")).toHaveText("2");
});

test("a coupon, an address and a removal show in the other tab while it is open", async ({ page, context }) => {
  const other = await context.newPage();
  await visit(other);
  await add(page, "Stoneware Mug");
  await add(page, "Merino Scarf");
  await openCart(other);
  await openCart(page);
  await page.getByLabel("Coupon code").fill("WELCOME10");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(row(other, "discount")).toHaveText("−$4.80");
  await page.locator(".place summary").click();
  await page.getByLabel("Country").selectOption("GB");
  await expect(other.locator("#delivery-place")).toHaveText("United Kingdom");
  await drawer(other).getByRole("button", { name: "Take Merino Scarf out" }).click();
  await expect(drawer(page).getByRole("button", { name: "Put Merino Scarf back" })).toBeVisible();
  await isOnline(page);
});

test("both tabs offline: each sees what the other did, and the shop hears of both", async ({ page, context, shop }) => {
  const other = await context.newPage();
  await visit(other);
  await shop({ outage: "drop" });
  await add(page, "Stoneware Mug");
  await add(other, "Canvas Tote Bag");
  await expect(page.locator("#cart-count")).toHaveText("2");
  await expect(other.locator("#cart-count")).toHaveText("2");
  await shop({ outage: "none" });
  await expect.poll(() => atTheShop(page)).toEqual({ "Stoneware Mug": 1, "Canvas Tote Bag": 1 });
});

test("two windows beside each other", async ({ page }) => {
  await page.getByRole("link", { name: "Open it in two windows" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Two windows, one cart");
  const [one, two] = ["one", "two"].map((name) => page.frameLocator(`iframe[title="The shop, window ${name}"]`));
  for (const pane of [one, two]) await expect(pane.locator("#open-cart")).toBeEnabled();
  await one.getByRole("button", { name: "Add Stoneware Mug to the cart" }).click();
  await expect(two.locator("#cart-count")).toHaveText("1");
  await two.getByRole("link", { name: "Gooseneck Kettle" }).first().click();
  await two.getByRole("button", { name: "Add Gooseneck Kettle to the cart" }).click();
  await expect(one.locator("#cart-count")).toHaveText("2");
  await page.getByRole("link", { name: "Back to one window" }).click();
  await expect(page.locator("#cart-count")).toHaveText("2");
});
