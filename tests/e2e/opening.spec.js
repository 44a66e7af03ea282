// When the shop cannot be opened, the page says so in words that help.
import { add, expect, test, visit } from "./support.js";

test.describe("without a service worker", () => {
  test.use({ serviceWorkers: "block" });

  const ways = {
    "the module is missing": ["**/*.wasm", { status: 404, body: "" }, "WebAssembly module could not be loaded"],
    "the package is missing": ["**/pkg/core.js", { status: 404, body: "" }, ""],
    "the store's snapshot is out of order": ["**/store-snapshot.json", { status: 503, body: "" }, "503"],
    "something else answers for the shop": ["**/store-snapshot.json", { status: 200, contentType: "text/html", body: "<h1>Sign in</h1>" }, "wants a sign-in first"],
  };
  for (const [what, [address, answer, cause]] of Object.entries(ways)) {
    test(what, async ({ browser, baseURL, shop }) => {
      void shop;
      const context = await browser.newContext({ serviceWorkers: "block" });
      const page = await context.newPage();
      await page.route(address, (route) => route.fulfill(answer));
      await page.goto(baseURL);
      const problem = page.getByRole("alert");
      await expect(problem.getByRole("heading")).toHaveText("The shop did not open");
      await expect(problem).toContainText(cause);
      await expect(page.locator("#status")).toHaveText("Not open");
      await expect(page.locator("#products")).toHaveAttribute("aria-busy", "false");
      await page.unroute(address);
      await problem.getByRole("button", { name: "Try again" }).click();
      await expect(page.locator("#open-cart")).toBeEnabled();
      await expect(problem).toBeHidden();
      await context.close();
    });
  }

  test("a browser that keeps nothing says so below the header, once there is something to lose", async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } }));
    await visit(page);
    await expect(page.locator('[data-bar="kept"]')).toHaveCount(0);
    await add(page, "Stoneware Mug");
    await expect(page.locator('[data-bar="kept"]')).toContainText("your cart lasts as long as this page");
  });
});

test("an old link to a product leads to all the others, and says why", async ({ page }) => {
  await visit(page, "/?product=no-such-thing");
  await expect(page.locator('[data-bar="missing"]')).toContainText("not here any more");
  await page.getByRole("link", { name: "Stoneware Mug" }).click();
  await expect(page.getByRole("heading", { name: "Stoneware Mug", level: 1 })).toBeVisible();
  await expect(page.locator('[data-bar="missing"]')).toHaveCount(0);
});

test("a part of the package that is loaded on demand is out of reach as the shop is, and loaded once there is a network", async ({ browser, baseURL }) => {
  // The storefront's worker would have kept every part.
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await visit(page, baseURL);
  const ask = (what) =>
    page.evaluate(async (what) => {
      const { codes, createCart } = await import("/pkg/index.js");
      globalThis.opened ??= await createCart({ storeUrl: location.origin, storage: "memory", sync: "manual" });
      const ways = {
        restore: (cart) => cart.products.restore(),
        pages: (cart) => cart.products.pages().next(),
        hooks: () => createCart({ storage: "memory", hooks: true }),
      };
      return ways[what](globalThis.opened).then((heard) => (what === "hear" ? heard : "done"), ({ code }) => (code === codes.OFFLINE ? "offline" : `another error: ${code}`));
    }, what);
  const parts = "**/pkg/{stock,pages,moments}.js";
  const whats = ["restore", "pages", "hooks"];
  await page.route(parts, (route) => route.abort());
  for (const what of whats) expect(await ask(what), what).toBe("offline");
  await page.unroute(parts);
  for (const what of whats) expect(await ask(what), what).toBe("done");
  await context.close();
});

test("products are there before the module is, and what is added meanwhile comes into the cart", async ({ browser, baseURL, shop }) => {
  void shop;
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  let bring;
  const wanted = new Promise((done) => (bring = done));
  await page.route("**/*.wasm", async (route) => (await wanted, route.continue()));
  await page.goto(baseURL);
  await add(page, "Stoneware Mug");
  await expect(page.locator(".toast")).toContainText("still opening");
  await expect(page.locator("#status")).toHaveText("Opening");
  // as the cart itself writes it afterwards
  const price = page.locator(".card", { hasText: "Organic T-Shirt" }).locator(".price");
  await expect(price).toHaveText("From $24.00");
  bring();
  await expect(page.locator("#cart-count")).toHaveText("1");
  await context.close();
});
