// Coupons, the way of delivery and taxes by address: at once, offline too, and the same as the shop's.
import { add, cartAtTheShop, expect, isOffline, isOnline, openCart, row, test, total } from "./support.js";

const coupon = async (page, code) => {
  await page.getByLabel("Coupon code").fill(code);
  await page.getByRole("button", { name: "Apply" }).click();
};

/** The page's total is the shop's, which counts in cents. */
async function agreesWithTheShop(page) {
  await isOnline(page);
  const written = (cents) => `$${(Number(cents) / 100).toFixed(2)}`;
  await expect.poll(async () => written((await cartAtTheShop(page)).totals.total)).toBe(await total(page).textContent());
}

test.beforeEach(async ({ page }) => {
  await add(page, "Stoneware Mug");
  await add(page, "Merino Scarf");
  await openCart(page);
});

test("a coupon is applied and taken off", async ({ page }) => {
  await coupon(page, "WELCOME10");
  await expect(page.locator("#coupon-note")).toHaveText("Coupon code applied successfully.");
  await expect(row(page, "discount")).toHaveText("−$4.80");
  await agreesWithTheShop(page);
  await page.getByRole("button", { name: "Take coupon welcome10 off" }).click();
  await expect(row(page, "discount")).toHaveCount(0);
  await expect(page.getByLabel("Coupon code")).toBeFocused();
  await agreesWithTheShop(page);
});

test("a code that is none, or used already, is refused in place", async ({ page }) => {
  await coupon(page, "WELCOME10");
  await coupon(page, "WELCOME10");
  await expect(page.locator("#coupon-note")).toContainText("already applied");
  await coupon(page, "NOSUCHCODE");
  await expect(page.locator("#coupon-note")).toContainText("does not exist");
  await expect(page.getByLabel("Coupon code")).toHaveAttribute("aria-invalid", "true");
  await coupon(page, "  ");
  await expect(page.locator("#coupon-note")).toHaveText("Enter the code first.");
});

test("a code that this device does not know is the shop's to judge, and the shopper is told so", async ({ page, shop }) => {
  await isOnline(page);
  await shop({ outage: "drop" });
  await coupon(page, "NOSUCHCODE");
  await expect(page.locator("#coupon-note")).toHaveText(/NOSUCHCODE is not known on this device; the shop is asked/);
  await isOffline(page);
  await shop({ outage: "none" });
  await expect(page.locator("#coupon-note")).toContainText("does not exist");
  await expect(page.getByLabel("Coupon code")).toHaveAttribute("aria-invalid", "true");
  // A code that is known and does not hold is no change: nothing waits for it.
  await shop({ outage: "drop" });
  await coupon(page, "WELCOME10");
  await coupon(page, "WELCOME10");
  await expect(page.locator("#coupon-note")).toContainText("already applied");
  await expect(page.locator("#waiting")).toContainText("One change is kept");
});

test("a coupon entered offline is an estimate until the shop agrees", async ({ page, shop }) => {
  await isOnline(page);
  await shop({ outage: "drop" });
  await coupon(page, "WELCOME10");
  await isOffline(page);
  await expect(total(page)).toHaveText(/^about \$/);
  await expect(page.locator("#estimate-note")).toContainText("The shop confirms it");
  await shop({ outage: "none" });
  await isOnline(page);
  await expect(total(page)).toHaveText(/^\$/);
  await agreesWithTheShop(page);
});

test("the way of delivery is the shopper's", async ({ page }) => {
  await expect(row(page, "shipping")).toHaveText("$6.10");
  await page.getByRole("radio", { name: /Local pickup/ }).check();
  await expect(row(page, "shipping")).toHaveText("$0.00");
  await expect(page.getByRole("radio", { name: /Local pickup/ })).toBeChecked();
  await agreesWithTheShop(page);
  await coupon(page, "SHIPFREE");
  await expect(page.getByRole("radio", { name: /Free shipping/ })).toBeVisible();
});

test("the address decides taxes and delivery at once", async ({ page }) => {
  await expect(row(page, "tax")).toHaveText("$3.48");
  await page.locator(".place summary").click();
  await page.locator("#region").selectOption("NY");
  await expect(row(page, "tax")).toHaveCount(0);
  await page.getByLabel("Country").selectOption("GB");
  await expect(row(page, "tax")).toHaveText("$13.30");
  await expect(row(page, "shipping")).toHaveText("$18.50");
  await expect(page.locator("#region")).toBeHidden();
  await page.getByLabel("Postcode").fill("nonsense");
  await page.getByLabel("Postcode").press("Enter");
  await expect(page.locator("#address-note")).toContainText("not a valid postcode");
  await page.getByLabel("Postcode").fill("sw1a1aa");
  await page.getByLabel("Postcode").press("Tab");
  await expect(page.locator("#delivery-place")).toHaveText("SW1A 1AA, United Kingdom");
  await expect(page.locator("#address-note")).toBeEmpty();
  await agreesWithTheShop(page);
  await page.getByLabel("Postcode").fill("");
  await page.getByLabel("Postcode").press("Tab");
  await expect(page.locator("#delivery-place")).toHaveText("United Kingdom");
  await page.getByLabel("Postcode").fill("sw1a1aa");
  await page.getByLabel("Postcode").press("Tab");
  await expect(page.locator("#delivery-place")).toHaveText("SW1A 1AA, United Kingdom");
  await page.getByLabel("Country").selectOption("FR");
  await expect(page.locator("#delivery-place")).toHaveText("France");
  await expect(page.locator("#no-rates")).toHaveText("We do not deliver to France yet.");
});

test("the address changes the totals offline as well", async ({ page, context }) => {
  await isOnline(page);
  await context.setOffline(true);
  await isOffline(page);
  await page.locator(".place summary").click();
  await page.getByLabel("Country").selectOption("DE");
  await expect(row(page, "tax")).toHaveText("$12.65");
  const computed = await total(page).textContent();
  await context.setOffline(false);
  await isOnline(page);
  await expect(total(page)).toHaveText(computed);
  await agreesWithTheShop(page);
});
