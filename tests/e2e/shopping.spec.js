// A shopper's way through the shop, with a network that goes.
import { add, atTheShop, drawer, expect, isOffline, isOnline, openCart, readyForOffline, status, test, total } from "./support.js";

test("the shopper's whole way: add, lose the network, reload, add more, come back", async ({ page, context }) => {
  await add(page, "Stoneware Mug");
  await expect(page.locator("#cart-count")).toHaveText("1");
  await expect.poll(() => atTheShop(page)).toEqual({ "Stoneware Mug": 1 });
  await expect(status(page)).toHaveText("Saved");
  await readyForOffline(page);

  await context.setOffline(true);
  await isOffline(page);
  await add(page, "Canvas Tote Bag");
  await expect(status(page)).toHaveText("Offline · 1 kept here");

  await page.reload();
  await expect(page.locator("#cart-count")).toHaveText("2");
  await expect.poll(() => page.locator("#grid img").first().evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  await add(page, "Merino Scarf");
  await add(page, "Merino Scarf");
  await openCart(page);
  await drawer(page).getByRole("button", { name: "One Stoneware Mug more" }).click();
  await drawer(page).getByRole("button", { name: "Take Canvas Tote Bag out" }).click();
  await expect(page.locator("#cart-count")).toHaveText("4");
  await expect(drawer(page).getByText("kept on this device")).toBeVisible();
  await page.locator("#checkout").click();
  await expect(page.locator("#checkout-note")).toContainText("cannot be reached");

  await context.setOffline(false);
  await expect.poll(() => atTheShop(page)).toEqual({ "Stoneware Mug": 2, "Merino Scarf": 2 });
  await isOnline(page);
  await expect(page.locator("#cart-count")).toHaveText("4");
});

test("a shop that is down is told later, and the totals are its own", async ({ page, shop }) => {
  await shop({ outage: "drop" });
  await add(page, "Wireless Bluetooth Headphones");
  await expect(status(page)).toHaveText("Shop out of reach · 1 kept here");
  await openCart(page);
  const computed = await total(page).textContent();
  await shop({ outage: "none" });
  await isOnline(page);
  await expect.poll(() => atTheShop(page)).toEqual({ "Wireless Bluetooth Headphones": 1 });
  await expect(total(page)).toHaveText(computed);
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

test("what was taken out stays at hand, also after a reload", async ({ page }) => {
  await add(page, "Stoneware Mug");
  await add(page, "Stoneware Mug");
  await openCart(page);
  await drawer(page).getByRole("button", { name: "Take Stoneware Mug out" }).click();
  await expect(drawer(page).getByText("Nothing here yet.")).toBeVisible();
  await isOnline(page);
  await page.reload();
  await openCart(page);
  await drawer(page).getByRole("button", { name: "Put Stoneware Mug back" }).click();
  await expect(drawer(page).getByLabel("Quantity of Stoneware Mug")).toHaveValue("2");
  await expect.poll(() => atTheShop(page)).toEqual({ "Stoneware Mug": 2 });
});

test("what the engine refuses is said at once", async ({ page }) => {
  for (let time = 0; time < 4; time += 1) await add(page, "Letterpress Notebook");
  await expect(page.locator('.toast[data-kind="error"]').last()).toBeVisible();
  await expect(page.locator("#cart-count")).toHaveText("3");
  await expect(page.getByRole("button", { name: "Brass Desk Lamp is sold out" })).toBeDisabled();
});

test("checkout tells the shop everything first", async ({ page, shop }) => {
  // The change in doubt is held for half a minute: until it can no longer arrive.
  await add(page, "Stoneware Mug");
  await openCart(page);
  await shop({ outage: "drop" });
  await drawer(page).getByRole("button", { name: "One Stoneware Mug more" }).click();
  await page.locator("#checkout").click();
  await expect(page.locator("#checkout-note")).toContainText("cannot be reached");
  await shop({ outage: "none" });
  await page.locator("#checkout").click();
  await page.waitForURL(/\/checkout\/?\?cocart-load-cart=/);
  await expect(page.getByText("Stoneware Mug")).toBeVisible();
});

test.describe("without a service worker", () => {
  test.use({ serviceWorkers: "block" });

  test("a checkout whose code cannot be loaded says that the shop is out of reach", async ({ page }) => {
    await add(page, "Stoneware Mug");
    await page.route("**/pkg/checkout.js", (route) => route.abort());
    await openCart(page);
    await page.locator("#checkout").click();
    await expect(page.locator("#checkout-note")).toContainText("cannot be reached");
    const code = await page.evaluate(async () => {
      const { createCart } = await import("/pkg/index.js");
      const cart = await createCart({ storeUrl: location.origin, storage: "memory" });
      return cart.checkout().catch((error) => [error.code, error.retryable].join(" "));
    });
    expect(code).toBe("cocart_wasm_offline true");
  });
});

test("filters narrow the grid", async ({ page }) => {
  const all = await page.locator("#grid .card").count();
  await page.getByRole("button", { name: "Pantry" }).click();
  await expect(page.locator("#grid .card")).toHaveCount(1);
  await expect(page.locator("#grid")).toContainText("Coffee Beans");
  await page.getByRole("button", { name: "Everything" }).click();
  await expect(page.locator("#grid .card")).toHaveCount(all);
});
