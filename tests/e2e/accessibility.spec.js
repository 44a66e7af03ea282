// axe-core on every view, in both colour schemes and on a phone; the keyboard, the focus and calm.
import AxeBuilder from "@axe-core/playwright";
import { add, drawer, expect, isOffline, isOnline, openCart, test, visit } from "./support.js";

async function signIn(page) {
  await page.locator("#open-account").click();
  await page.getByLabel("User name or e-mail").fill("customer1");
  await page.getByLabel("Password", { exact: true }).fill("password");
  await page.locator("#sign-in-now").click();
  await expect(page.locator("#account")).toBeHidden();
}

/** Each view, brought about the way a shopper gets there. */
const VIEWS = {
  home: async () => {},
  product: (page) => visit(page, "/?product=organic-t-shirt"),
  cart: async (page) => {
    await add(page, "Stoneware Mug");
    await add(page, "Merino Scarf");
    await openCart(page);
    await drawer(page).getByRole("button", { name: "Take Merino Scarf out" }).click();
    await page.locator(".place summary").click();
    await page.getByLabel("Coupon code").fill("WELCOME10");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByLabel("Postcode").fill("nonsense");
    await page.getByLabel("Postcode").press("Tab");
  },
  offline: async (page, shop) => {
    await shop({ outage: "drop" });
    await add(page, "Stoneware Mug");
    await isOffline(page);
  },
  conflict: async (page, shop) => {
    await shop({ outage: "drop" });
    await add(page, "Merino Scarf");
    await add(page, "Stoneware Mug");
    await isOffline(page);
    await shop({ outage: "none", product: { id: 158, stock_status: "outofstock" } });
    await isOnline(page);
    await openCart(page);
    await expect(page.locator(".conflict")).toBeVisible();
  },
  "signing in": async (page) => {
    await add(page, "Stoneware Mug");
    await page.locator("#open-account").click();
    await page.getByLabel("User name or e-mail").fill("customer1");
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Show the password" }).click();
    await page.locator("#sign-in-now").click();
    await expect(page.locator("#sign-in-note")).toContainText("incorrect");
  },
  customer: async (page) => {
    await signIn(page);
    await page.locator("#open-account").click();
  },
  "to sign in again": async (page) => {
    await signIn(page);
    await add(page, "Stoneware Mug");
    // What the shop has not been told before the page goes waits as well.
    await isOnline(page);
    await page.reload();
    await add(page, "Merino Scarf");
    await expect(page.locator('[data-bar="account"]')).toContainText("1 change");
    await openCart(page);
  },
  "to sign out": async (page) => {
    await signIn(page);
    await page.reload();
    await add(page, "Merino Scarf");
    await page.locator("#open-account").click();
    await page.getByRole("button", { name: "Sign out instead" }).click();
    await expect(page.locator("#leaving")).toBeVisible();
  },
  inspector: async (page, shop) => {
    await visit(page, "/?inspect");
    await shop({ outage: "drop" });
    await add(page, "Stoneware Mug");
    await isOffline(page);
  },
};

const SCREENS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { colorScheme: "light", viewport: { width: 360, height: 740 } },
};

/** Colours that are still changing are none to be judged. */
const settled = (page) => page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));

async function isClean(page, but) {
  await settled(page);
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  const { violations } = await (but ? axe.exclude(but) : axe).analyze();
  const said = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  expect(said).toEqual([]);
}

for (const [screen, use] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use(use);
    for (const [view, go] of Object.entries(VIEWS)) {
      test(`axe finds nothing: ${view}`, async ({ page, shop }) => {
        await go(page, shop);
        await isClean(page);
      });
    }
    test("axe finds nothing: two windows", async ({ page }) => {
      await page.goto("/beside.html");
      for (const frame of await page.locator("iframe").all()) await expect(frame.contentFrame().locator("#open-cart")).toBeEnabled();
      // The frames hold the same page twice, so their landmarks are alike; that page is looked at above.
      await isClean(page, "iframe");
    });
  });
}

test.describe("a phone's width", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  test("holds every view", async ({ page }) => {
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await add(page, "Stoneware Mug");
    await openCart(page);
    await expect(page.locator("#checkout")).toBeInViewport();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await visit(page, "/?product=organic-t-shirt&inspect");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.goto("/beside.html");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  for (const width of [320, 360]) {
    test(`holds the account at ${width} pixels, and the header says whose shop it is`, async ({ page }) => {
      await page.setViewportSize({ width, height: 640 });
      const brand = await page.evaluate(() => document.querySelector("#brand").scrollWidth - document.querySelector("#brand").clientWidth);
      expect(brand).toBeLessThanOrEqual(0);
      for (const view of ["signing in", "to sign out"]) {
        await visit(page);
        await VIEWS[view](page);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await page.evaluate(() => document.querySelector("#account").scrollWidth - document.querySelector("#account").clientWidth)).toBeLessThanOrEqual(0);
      }
    });
  }

  test("what is to be tapped is 24 by 24 at least", async ({ page }) => {
    const tooSmall = () => page.evaluate(() =>
      [...document.querySelectorAll("button, select, summary, input:not([type=radio])")]
        .map((element) => [element.id || element.textContent.trim() || element.ariaLabel, element.getBoundingClientRect()])
        .filter(([, { width, height }]) => width > 0 && (width < 24 || height < 24))
        .map(([name]) => name),
    );
    await add(page, "Stoneware Mug");
    await openCart(page);
    expect(await tooSmall()).toEqual([]);
    await page.keyboard.press("Escape");
    await signIn(page);
    await page.reload();
    await page.locator("#open-account").click();
    expect(await tooSmall()).toEqual([]);
  });
});

test("the keyboard alone: skip, add, open, change, close", async ({ page }) => {
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the products" })).toBeFocused();
  await page.keyboard.press("Enter");
  const focusIn = (selector) => page.evaluate((wanted) => Boolean(document.activeElement?.closest(wanted)), selector);
  for (let press = 0; press < 40 && !(await focusIn("#grid .add")); press += 1) await page.keyboard.press("Tab");
  expect(await focusIn("#grid .add")).toBe(true);
  await page.keyboard.press("Enter");
  await expect(page.locator("#cart-count")).toHaveText("1");
  await page.locator("#open-cart").focus();
  await page.keyboard.press("Enter");
  // The dialog keeps the focus, however often Tab is pressed.
  for (let press = 0; press < 25; press += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement === document.body || document.querySelector("#drawer").contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(page.locator("#open-cart")).toBeFocused();
});

test.describe("calm", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("who wants no motion sees none", async ({ page, shop }) => {
    await shop({ outage: "drop" });
    await add(page, "Stoneware Mug");
    await isOffline(page);
    await openCart(page);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});

test("what happens is read out: the toast and the status are live", async ({ page }) => {
  await expect(page.locator("#status")).toHaveRole("status");
  await add(page, "Stoneware Mug");
  await expect(page.locator("#announce")).toHaveText("Stoneware Mug is in your cart.");
  await expect(page.locator("#announce")).toHaveAttribute("aria-live", "polite");
});
