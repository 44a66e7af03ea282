// The drawer under a shopper's hands: refused quantities, where the focus goes, what waits in words, and what it shows when little fits.
import { add, drawer, expect, isOffline, isOnline, openCart, test, visit } from "./support.js";

const quantity = (page, name) => drawer(page).getByLabel(`Quantity of ${name}`);
const button = (page, name) => drawer(page).getByRole("button", { name });

test("a quantity that is refused goes back to what is in the cart", async ({ page }) => {
  await add(page, "Letterpress Notebook");
  await openCart(page);
  await quantity(page, "Letterpress Notebook").fill("99");
  await quantity(page, "Letterpress Notebook").press("Enter");
  await expect(drawer(page).locator('.toast[data-kind="error"]')).toContainText("3 or lower");
  await expect(quantity(page, "Letterpress Notebook")).toHaveValue("1");
  await expect(quantity(page, "Letterpress Notebook")).toBeFocused();
  // What was refused twice is said once.
  await quantity(page, "Letterpress Notebook").fill("98");
  await quantity(page, "Letterpress Notebook").press("Enter");
  await expect(quantity(page, "Letterpress Notebook")).toHaveValue("1");
  await expect(drawer(page).locator(".toast")).toHaveCount(1);
});

test("an emptied quantity goes back to what is in the cart, and nobody speaks of parameters", async ({ page }) => {
  await add(page, "Letterpress Notebook");
  await openCart(page);
  await quantity(page, "Letterpress Notebook").fill("");
  await quantity(page, "Letterpress Notebook").press("Enter");
  await expect(quantity(page, "Letterpress Notebook")).toHaveValue("1");
  await expect(page.getByText("Invalid parameter")).toHaveCount(0);
});

test("at the most there is, the focus goes to the quantity and never to what would take one away", async ({ page }) => {
  await add(page, "Letterpress Notebook");
  await openCart(page);
  for (let time = 0; time < 2; time += 1) await button(page, "One Letterpress Notebook more").press("Enter");
  await expect(quantity(page, "Letterpress Notebook")).toHaveValue("3");
  await expect(button(page, "One Letterpress Notebook more")).toBeDisabled();
  await expect(quantity(page, "Letterpress Notebook")).toBeFocused();
});

test("what is taken out hands the focus on", async ({ page }) => {
  await add(page, "Stoneware Mug");
  await add(page, "Canvas Tote Bag");
  await openCart(page);
  await button(page, "Take Stoneware Mug out").press("Enter");
  await expect(button(page, "Take Canvas Tote Bag out")).toBeFocused();
  await button(page, "Take Canvas Tote Bag out").press("Enter");
  await expect(button(page, "Keep shopping")).toBeFocused();
  await button(page, "Put Stoneware Mug back").press("Enter");
  await expect(button(page, "Put Canvas Tote Bag back")).toBeFocused();
});

test("what waits is listed in words, and the drawer's head says how the shop stands", async ({ page, shop }) => {
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await openCart(page);
  const head = drawer(page).locator(".drawer-top .status");
  await expect(head).toHaveText("Saved");
  await shop({ outage: "drop" });
  await button(page, "One Stoneware Mug more").click();
  await isOffline(page);
  await expect(head).toHaveText("Shop out of reach");
  await drawer(page).getByRole("radio", { name: "Local pickup" }).check();
  await drawer(page).getByText("What waits").click();
  await expect(drawer(page).locator("#waiting-list li")).toHaveText(["Set Stoneware Mug to 2", "Delivery: Local pickup"]);
  await shop({ outage: "none" });
  await isOnline(page);
  await expect(drawer(page).locator("#waiting")).toBeHidden();
});

test("a conflict's buttons keep the focus while the page is drawn again, and pass it on", async ({ page, shop }) => {
  await visit(page, "/?product=letterpress-notebook");
  await page.getByRole("button", { name: "One Letterpress Notebook more" }).click();
  await shop({ outage: "drop" });
  await add(page, "Letterpress Notebook");
  await isOffline(page);
  await shop({ outage: "none", product: { id: 154, stock_quantity: 1 } });
  await expect(page.locator("#bars")).toContainText("about one thing");
  await openCart(page);
  const retry = drawer(page).getByRole("button", { name: "Try again" });
  await retry.focus();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(retry).toBeFocused();
  await drawer(page).getByRole("button", { name: "Add just one" }).press("Enter");
  await expect(page.locator(".conflict")).toHaveCount(0);
  await expect(quantity(page, "Letterpress Notebook")).toHaveValue("1");
  await expect(button(page, "Close the cart")).toBeFocused();
});

test("a total without delivery says so", async ({ page }) => {
  await add(page, "Stoneware Mug");
  await openCart(page);
  await page.locator(".place summary").click();
  await page.getByLabel("Country").selectOption("FR");
  await expect(page.locator("#undelivered")).toContainText("without delivery");
  await page.getByLabel("Country").selectOption("DE");
  await expect(page.locator("#undelivered")).toBeEmpty();
});

test.describe("a page at 200 %", () => {
  test.use({ viewport: { width: 640, height: 400 } });

  test("the drawer scrolls as a whole and stays where its head is", async ({ page }) => {
    for (const name of ["Stoneware Mug", "Canvas Tote Bag", "Soy Candle"]) await add(page, name);
    await openCart(page);
    await expect(drawer(page).getByRole("heading", { name: "Your cart" })).toBeInViewport();
    await page.locator("#checkout").scrollIntoViewIfNeeded();
    await expect(page.locator("#checkout")).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});

test("nothing that is hidden lengthens the drawer", async ({ page }) => {
  for (const name of ["Stoneware Mug", "Canvas Tote Bag", "Soy Candle", "Merino Scarf", "Gooseneck Kettle", "Terracotta Planter"]) await add(page, name);
  await openCart(page);
  expect(await drawer(page).evaluate((element) => element.scrollHeight - element.clientHeight)).toBeLessThanOrEqual(0);
});

test("a line that changes keeps its picture; only an answer that takes its time is talked about", async ({ page }) => {
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await openCart(page);
  await page.evaluate(() => (document.querySelector(".line img").marked = true));
  let answer;
  const answered = new Promise((done) => (answer = done));
  await page.route("**/cocart/v2/cart**", (route) => answered.then(() => route.continue()));
  await button(page, "One Stoneware Mug more").click();
  const { state, said } = await page.evaluate(() => ({ state: document.querySelector("#status").dataset.state, said: document.querySelector("#status").textContent.trim() }));
  await expect(drawer(page).locator(".line-total")).toHaveText("$19.00");
  expect(await page.evaluate(() => document.querySelector(".line img").marked)).toBe(true);
  // A busy machine may be slower than a blink.
  expect(["saving Saved", "saving Saving"]).toContain(`${state} ${said}`);
  await expect(page.locator("#status")).toHaveText("Saving");
  answer();
  await isOnline(page);
  await expect(page.locator("#status")).toHaveText("Saved");
});
