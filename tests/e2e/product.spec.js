// The product's own view, and choosing a variation.
import { add, atTheShop, expect, readyForOffline, test, visit } from "./support.js";

const heading = (page, name) => page.getByRole("heading", { level: 1, name });

test("a product has an address of its own, and back leads to the grid", async ({ page }) => {
  await page.getByRole("link", { name: "Gooseneck Kettle" }).click();
  await expect(page).toHaveURL(/\?product=gooseneck-kettle$/);
  await expect(heading(page, "Gooseneck Kettle")).toBeFocused();
  await expect(page).toHaveTitle(/^Gooseneck Kettle – /);
  await expect(page.locator("#product")).toContainText("28 × 16 × 20 cm");
  await page.goBack();
  await expect(page.locator("#grid")).toBeVisible();
  await expect(page.locator("#product")).toBeHidden();
  await page.goForward();
  await expect(heading(page, "Gooseneck Kettle")).toBeVisible();
  await page.getByRole("link", { name: "All products" }).click();
  await expect(page.locator("#grid")).toBeVisible();
});

test("a product's address opens offline", async ({ page, context }) => {
  await readyForOffline(page);
  await context.setOffline(true);
  await visit(page, "/?product=merino-scarf");
  await expect(heading(page, "Merino Scarf")).toBeVisible();
  await add(page, "Merino Scarf");
  await expect(page.locator("#cart-count")).toHaveText("1");
});

test("a variation is chosen and sold; price, picture and stock follow the choice", async ({ page }) => {
  await page.getByRole("link", { name: "Choose a Organic T-Shirt" }).click();
  const price = page.locator(".price-slot");
  const picture = page.locator(".product-picture img");
  await expect(price).toHaveText("$24.00");
  await page.getByRole("radio", { name: "L", exact: true }).check();
  await expect(price).toHaveText("$26.00");
  await expect(page.locator(".availability")).toHaveText("Only 2 left");
  await page.getByRole("radio", { name: "Sand" }).check();
  await expect(picture).toHaveAttribute("src", /tshirt-sand/);
  await page.getByRole("radio", { name: "S (sold out)" }).check();
  await expect(page.getByRole("button", { name: "Organic T-Shirt - Sand, S is sold out" })).toBeDisabled();
  await page.getByRole("radio", { name: "M", exact: true }).check();
  await page.getByLabel("Quantity of Organic T-Shirt").fill("2");
  await page.getByLabel("Quantity of Organic T-Shirt").press("Enter");
  await add(page, "Organic T-Shirt - Sand, M");
  await expect.poll(() => atTheShop(page)).toEqual({ "Organic T-Shirt - Sand, M": 2 });
});

test("the arrow keys choose, as in any group of radio buttons", async ({ page }) => {
  await visit(page, "/?product=organic-t-shirt");
  await page.getByRole("radio", { name: "Forest" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "Sand" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "Sand" })).toBeFocused();
});

test("what should be known before buying is said", async ({ page }) => {
  await visit(page, "/?product=soy-candle");
  await expect(page.locator(".availability")).toContainText("On its way to us");
  await visit(page, "/?product=signed-print-harbour-at-dawn");
  await expect(page.locator("#product")).toContainText("One to an order");
  await expect(page.locator("#product .stepper")).toHaveCount(0);
  await visit(page, "/?product=letterpress-notebook");
  await expect(page.locator(".availability")).toHaveText("Only 3 left");
  const more = page.getByRole("button", { name: "One Letterpress Notebook more" });
  await more.click();
  await more.click();
  await expect(more).toBeDisabled();
});

test("a group is sold by its members, each in its own quantity", async ({ page }) => {
  await page.getByRole("link", { name: "Choose from Pour-Over Coffee Set" }).click();
  await expect(heading(page, "Pour-Over Coffee Set")).toBeFocused();
  await expect(page.locator(".price-slot")).toHaveText("From $11.20");
  const set = page.getByRole("button", { name: "Add Pour-Over Coffee Set to the cart" });
  await page.getByRole("button", { name: "One Gooseneck Kettle less" }).click();
  await page.getByRole("button", { name: "One Coffee Beans, 250 g less" }).click();
  await expect(set).toBeDisabled();
  await page.getByRole("button", { name: "One Coffee Beans, 250 g more" }).press("Enter");
  await page.getByRole("button", { name: "One Coffee Beans, 250 g more" }).press("Enter");
  await set.click();
  await expect.poll(() => atTheShop(page)).toEqual({ "Coffee Beans, 250 g": 2 });
  await page.getByRole("button", { name: "One Gooseneck Kettle more" }).click();
  await set.click();
  await expect.poll(() => atTheShop(page)).toEqual({ "Coffee Beans, 250 g": 4, "Gooseneck Kettle": 1 });
});
