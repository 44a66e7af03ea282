// The inspector: what the package does, in words; and the switches of the development endpoint.
import { add, atTheShop, drawer, expect, inspector, isOffline, isOnline, openCart, status, test, visit } from "./support.js";

const open = (page) => page.locator(".top").getByRole("button", { name: "Look inside" }).click();
const weather = (page, name) => inspector(page).getByRole("radio", { name }).check();
const panel = (page, name) => inspector(page).getByRole("region", { name });

/** Everything that the status says from now on, however briefly. */
async function statusesOf(page) {
  await page.evaluate(() => {
    const status = document.querySelector("#status");
    globalThis.said = [];
    new MutationObserver(() => globalThis.said.push(status.textContent.trim())).observe(status, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => globalThis.said);
}

test("the outbox in words, and telling the shop by hand", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("heading", { name: "Inspector" })).toBeFocused();
  await weather(page, "Off");
  await add(page, "Stoneware Mug");
  await add(page, "Merino Scarf");
  await isOffline(page);
  await openCart(page);
  await drawer(page).getByRole("button", { name: "One Stoneware Mug more" }).click();
  await drawer(page).getByRole("button", { name: "Take Merino Scarf out" }).click();
  await drawer(page).getByLabel("Coupon code").fill("WELCOME10");
  await drawer(page).getByRole("button", { name: "Apply" }).click();
  await drawer(page).locator(".place summary").click();
  await drawer(page).getByLabel("Country").selectOption("GB");
  const pending = page.locator("#pending");
  await expect(pending).toContainText("Add Stoneware Mug");
  await expect(pending).toContainText("Apply coupon WELCOME10");
  await expect(pending).toContainText("Deliver to United Kingdom");
  await expect(panel(page, "Estimates")).toContainText("/coupons");
  await expect(panel(page, "Estimates")).toContainText("/totals");
  await panel(page, "Outbox").getByRole("button", { name: "Tell the shop now" }).click();
  await expect(page.locator("#sync-note")).not.toHaveText("Asking …");
  await weather(page, "Works");
  // An add without an answer may still arrive: with a coupon in the cart its line waits until it no longer can.
  await expect(page.locator("#no-pending")).toBeVisible();
  await isOnline(page);
  await expect(page.locator("#no-estimates")).toBeVisible();
});

test("the last request and its answer are shown, and nobody's key with them", async ({ page }) => {
  await open(page);
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await expect(page.locator("#request-text")).toContainText("POST /wp-json/cocart/v2/cart/add-item");
  await expect(page.locator("#response-text")).toContainText('"cart_hash"');
  const key = await page.evaluate(() => document.documentElement.dataset.cartKey);
  expect(key.length).toBeGreaterThan(20);
  expect(await inspector(page).textContent()).not.toContain(key);
  await openCart(page);
  await drawer(page).locator(".place summary").click();
  await drawer(page).getByLabel("Postcode").fill("94110");
  await drawer(page).getByLabel("Postcode").press("Tab");
  await expect(page.locator("#request-text")).toContainText("/cart/update");
  await isOnline(page);
  await expect(page.locator("#response-text")).toContainText('"cart_hash"');
  expect(await inspector(page).textContent()).not.toContain("94110");
});

for (const [name, code] of [["Fails (500)", "500"], ["Captive portal", "200"], ["Off", "No answer"]]) {
  test(`a shop that "${name}": the change is kept, and told once it works`, async ({ page }) => {
    await open(page);
    await weather(page, name);
    await add(page, "Stoneware Mug");
    await isOffline(page);
    await expect(page.locator("#exchanges .code").first()).toContainText(code);
    await weather(page, "Works");
    await isOnline(page);
    await expect.poll(() => atTheShop(page)).toEqual({ "Stoneware Mug": 1 });
  });
}

test("a slow shop holds nobody up", async ({ page }) => {
  await open(page);
  await weather(page, "Slow, 3 s");
  const said = await statusesOf(page);
  await add(page, "Stoneware Mug");
  await add(page, "Stoneware Mug");
  await expect(page.locator("#cart-count")).toHaveText("2");
  await isOnline(page);
  expect(await said()).toContain("Saving");
  await expect.poll(() => atTheShop(page)).toEqual({ "Stoneware Mug": 2 });
});

test("an answer that gets lost doubles nothing", async ({ page, shop }) => {
  await open(page);
  await page.getByRole("button", { name: "Lose its next answer" }).click();
  await expect.poll(async () => (await shop()).trouble.lose_answers).toBe(1);
  await add(page, "Stoneware Mug");
  await expect.poll(async () => (await shop()).counters.answers_lost).toBe(1);
  await expect(page.locator("#no-pending")).toBeVisible();
  await expect.poll(() => atTheShop(page)).toEqual({ "Stoneware Mug": 1 });
  await expect(page.locator("#cart-count")).toHaveText("1");
});

test("conflicts by their codes, with retry and dismiss", async ({ page }) => {
  await open(page);
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await weather(page, "Off");
  await openCart(page);
  await drawer(page).getByRole("button", { name: "One Stoneware Mug more" }).click();
  await isOffline(page);
  await page.getByRole("button", { name: "Raise its price" }).click();
  await weather(page, "Works");
  const conflicts = page.locator("#conflict-list");
  await expect(conflicts).toContainText("cocart_wasm_price_changed");
  await conflicts.getByRole("button", { name: "dismiss()" }).first().click();
  await expect(page.locator("#no-conflicts")).toBeVisible();
  await expect(drawer(page).locator(".conflict")).toHaveCount(0);
});

test("what is kept on the device, and forgetting it", async ({ page }) => {
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await open(page);
  const storage = panel(page, "On this device");
  await expect(storage).toContainText("localStorage");
  await expect(storage).toContainText(/Shop’s last answer\d+ records?, [\d.]+ (KB|B)/);
  await storage.getByRole("button", { name: "Forget this cart here" }).click();
  await expect(page.locator("#cart-count")).toHaveText("0");
  // It was open, and stays so over the reload.
  await expect(inspector(page)).toBeVisible();
});

test("it opens by address, closes by key, and gives the focus back", async ({ page }) => {
  await visit(page, "/?inspect");
  await expect(inspector(page)).toBeVisible();
  await page.getByRole("button", { name: "Close the inspector" }).click();
  await expect(inspector(page)).toBeHidden();
  const opener = page.locator(".top").getByRole("button", { name: "Look inside" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(opener).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(inspector(page)).toBeHidden();
  await expect(opener).toBeFocused();
});

test("with the inspector open the cart blocks nothing, and Escape still closes it", async ({ page }) => {
  await open(page);
  await add(page, "Stoneware Mug");
  await openCart(page);
  await add(page, "Canvas Tote Bag");
  await expect(drawer(page).getByLabel("Quantity of Canvas Tote Bag")).toHaveValue("1");
  await drawer(page).getByRole("button", { name: "Close the cart" }).focus();
  await page.keyboard.press("Escape");
  await expect(drawer(page)).toBeHidden();
  await expect(page.locator("#open-cart")).toBeFocused();
});

test("a shop without switches shows none", async ({ page }) => {
  await page.route("**/__control", (route) => route.fulfill({ status: 404, body: "" }));
  await visit(page, "/?inspect");
  await expect(panel(page, "Outbox")).toBeVisible();
  await expect(panel(page, "The shop")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Switch the shop off" })).toBeHidden();
});
