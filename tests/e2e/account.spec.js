// Customers: signing in and out, and what becomes of the cart, with the network and without it.
import { add, drawer, expect, inspector, isOffline, isOnline, openCart, test, total, visit } from "./support.js";

const CASEY = { username: "customer1", password: "password" };
const GILL = { username: "customer2@example.com", password: "password" };
const CART = "/wp-json/cocart/v2/cart";

const account = (page) => page.getByRole("dialog", { name: /^(Sign in|Sign out\?|Please sign in again|Hello, \w+)$/ });
const place = (page) => page.locator("#open-account");
const bar = (page) => page.locator('[data-bar="account"]');
const toast = (page, text) => expect(page.locator(".toast", { hasText: text })).toBeVisible();
const basic = ({ username, password }) => ({ authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` });

async function fill(page, { username, password }) {
  await page.getByLabel("User name or e-mail").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password", { exact: true }).press("Enter");
}

async function signIn(page, who = CASEY) {
  await place(page).click();
  await fill(page, who);
  await expect(account(page)).toBeHidden();
}

async function signOut(page) {
  await place(page).click();
  await account(page).getByRole("button", { name: "Sign out" }).click();
}

/** What the shop has in a customer's cart, by name. */
async function accountCart(page, who = CASEY) {
  const { items } = await (await page.request.get(CART, { headers: basic(who) })).json();
  return Object.fromEntries(Object.values(items).map((item) => [item.name, item.quantity.value]));
}

const has = (page, wanted, who) => expect.poll(() => accountCart(page, who)).toEqual(wanted);

/** Another device of the customer's puts something into the cart. */
const elsewhere = (page, id, quantity, who = CASEY) => page.request.post(`${CART}/add-item`, { headers: basic(who), data: { id: String(id), quantity: String(quantity) } });

const MUG = 152;
const TOTE = 151;

/** Everything that is kept on the device, in one text. */
const kept = (page) =>
  page.evaluate(async () => {
    const texts = [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage).flat());
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) texts.push(url);
    return [...texts, document.cookie, JSON.stringify(await indexedDB.databases())].join("\n");
  });

test("a guest's cart joins the account's: the guest's number counts, the rest stays, and nothing of the sign-in is kept", async ({ page, shop }) => {
  await elsewhere(page, MUG, 5);
  await elsewhere(page, TOTE, 1);
  await add(page, "Stoneware Mug");
  await add(page, "Stoneware Mug");
  await add(page, "Merino Scarf");
  await isOnline(page);
  const tokens = [];
  page.on("response", async (response) => response.url().endsWith("/login") && tokens.push(...Object.values((await response.json()).extras)));
  await place(page).click();
  await expect(account(page)).toContainText("The 3 things in your cart come with you. Where your account’s cart holds the same, the number from here counts");
  await expect(page.getByLabel("User name or e-mail")).toBeFocused();
  await fill(page, CASEY);
  await toast(page, "Hello, Casey. Your cart is in your account now, beside what was there: Canvas Tote Bag.");
  await expect(place(page)).toHaveText(/Casey\s*: signed in/);
  await expect(place(page)).toBeFocused();
  await expect(page.locator("#cart-count")).toHaveText("4");
  expect(await accountCart(page)).toEqual({ "Stoneware Mug": 2, "Merino Scarf": 1, "Canvas Tote Bag": 1 });
  expect((await shop()).carts).toEqual(["2"]);
  await expect.poll(() => tokens.length).toBe(2);
  const resting = await kept(page);
  for (const secret of [...tokens, CASEY.password, "Basic ", "Bearer ", "eyJ"]) expect(resting).not.toContain(secret);
  await expect(page.getByLabel("Password", { exact: true, includeHidden: true })).toHaveValue("");
});

test("what the shop refuses is said in its words, beside the field that is wrong", async ({ page, shop }) => {
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await place(page).click();
  const [name, password, note] = [page.getByLabel("User name or e-mail"), page.getByLabel("Password", { exact: true }), page.locator("#sign-in-note")];
  const asked = (await shop()).counters.routes["POST /cocart/v2/login"] ?? 0;
  await name.press("Enter");
  await expect(note).toHaveText("Enter your user name or e-mail.");
  await expect(name).toBeFocused();
  await name.fill("customer1");
  await name.press("Enter");
  await expect(note).toHaveText("Enter your password.");
  await expect(password).toBeFocused();
  expect((await shop()).counters.routes["POST /cocart/v2/login"] ?? 0).toBe(asked);
  await fill(page, { username: "customer1", password: "not this" });
  await expect(note).toHaveText('The password you entered for the username "customer1" is incorrect.');
  await expect(password).toHaveAttribute("aria-invalid", "true");
  await expect(password).toHaveAccessibleDescription(/incorrect/);
  await expect(password).toBeFocused();
  await expect(name).toHaveValue("customer1");
  await fill(page, { username: "nobody", password: "password" });
  await expect(note).toContainText("Authentication is invalid.");
  await expect(name).toBeFocused();
  await account(page).getByRole("button", { name: "Close" }).click();
  await expect(place(page)).toHaveText(/^\s*Sign in\s*$/);
  await expect(page.locator("#cart-count")).toHaveText("1");
  expect(await accountCart(page)).toEqual({});
});

test("a shop that breaks down over a name it does not know", async ({ page }) => {
  await page.route("**/cocart/v2/login", (route) => route.fulfill({ status: 500, contentType: "text/html", body: "" }));
  await place(page).click();
  await fill(page, { username: "nobody", password: "password" });
  await expect(page.locator("#sign-in-note")).toHaveText("The shop could not do this. Is the user name right? If it is, please try again in a while.");
});

for (const changes of [true, false]) {
  test(`signing in while the shop is out of reach, ${changes ? "with changes waiting" : "with an empty cart"}: it happens when the shop is back`, async ({ page, shop }) => {
    await elsewhere(page, MUG, 5);
    await shop({ outage: "drop" });
    if (changes) {
      await add(page, "Stoneware Mug");
      await add(page, "Merino Scarf");
      await isOffline(page);
    }
    await place(page).click();
    await fill(page, CASEY);
    await expect(page.locator("#sign-in-note")).toContainText("The shop cannot be reached just now. Leave this open");
    await expect(account(page)).toBeVisible();
    await shop({ outage: "none" });
    await toast(page, "Hello, Casey.");
    await expect(account(page)).toBeHidden();
    await has(page, changes ? { "Stoneware Mug": 1, "Merino Scarf": 1 } : { "Stoneware Mug": 5 });
    await expect(page.locator("#cart-count")).toHaveText(changes ? "2" : "5");
    await isOnline(page);
  });
}

test("who closes the form while the shop is out of reach is not signed in behind their back", async ({ page, shop }) => {
  await page.clock.install();
  await shop({ outage: "drop" });
  await place(page).click();
  await fill(page, CASEY);
  await expect(page.locator("#sign-in-note")).toContainText("cannot be reached");
  await page.keyboard.press("Escape");
  await shop({ outage: "none" });
  // Longer than the pause after which it would have been tried, and then a request that goes out after it.
  await page.clock.runFor(10_000);
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await expect(place(page)).toHaveText(/^\s*Sign in\s*$/);
  expect((await shop()).tokens).toBe(0);
});

test("signed in, and the network gone before the cart could follow: it follows", async ({ page, shop }) => {
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await page.route("**/cocart/v2/cart**", (route) => route.abort());
  await signIn(page);
  await toast(page, "Hello, Casey. Your cart goes to your account as soon as the shop can be reached.");
  await isOffline(page);
  await add(page, "Merino Scarf");
  await page.unroute("**/cocart/v2/cart**");
  await has(page, { "Stoneware Mug": 1, "Merino Scarf": 1 });
  expect((await shop()).carts).toEqual(["2"]);
});

test("signing out in one tab while another shows the cart: the other is a guest's at once", async ({ page, context, shop }) => {
  await add(page, "Stoneware Mug");
  await signIn(page);
  const other = await context.newPage();
  await visit(other);
  await expect(place(other)).toHaveText(/Casey/);
  await openCart(other);
  await expect(drawer(other).getByLabel("Quantity of Stoneware Mug")).toHaveValue("1");
  await signOut(page);
  await toast(page, "You are signed out. Your cart stays with your account.");
  await expect(drawer(other).getByText("Nothing here yet.")).toBeVisible();
  await expect(place(other)).toHaveText(/^\s*Sign in\s*$/);
  await expect(bar(other)).toHaveCount(0);
  await other.keyboard.press("Escape");
  await add(other, "Canvas Tote Bag");
  await isOnline(other);
  await expect(page.locator("#cart-count")).toHaveText("1");
  expect(await accountCart(page)).toEqual({ "Stoneware Mug": 1 });
  const { carts } = await shop();
  expect(carts).toHaveLength(2);
  // What is added after that goes without credentials: the guest's cart has it.
  const key = await other.evaluate(() => document.documentElement.dataset.cartKey);
  expect(carts).toContain(key);
});

test("a tab that was frozen while another signed out shows nothing of the customer's once it wakes", async ({ page, context }) => {
  await add(page, "Stoneware Mug");
  await signIn(page);
  const other = await context.newPage();
  await visit(other);
  await openCart(other);
  await expect(drawer(other).getByLabel("Quantity of Stoneware Mug")).toHaveValue("1");
  const browser = await context.newCDPSession(other);
  await browser.send("Page.setWebLifecycleState", { state: "frozen" });
  await signOut(page);
  await toast(page, "You are signed out. Your cart stays with your account.");
  await add(page, "Canvas Tote Bag");
  await isOnline(page);
  await browser.send("Page.setWebLifecycleState", { state: "active" });
  await expect(drawer(other).getByLabel("Quantity of Canvas Tote Bag")).toHaveValue("1");
  await expect(drawer(other).getByLabel("Quantity of Stoneware Mug")).toHaveCount(0);
  await expect(place(other)).toHaveText(/^\s*Sign in\s*$/);
});

test("signing in in one tab signs the other in, and it goes on when the first is closed or loaded anew", async ({ page, context }) => {
  const other = await context.newPage();
  await visit(other);
  await add(page, "Stoneware Mug");
  await signIn(page);
  await expect(place(other)).toHaveText(/Casey/);
  await page.reload();
  await expect(place(page)).toHaveText(/Casey/);
  await page.goto("about:blank");
  await add(other, "Merino Scarf");
  await has(other, { "Stoneware Mug": 1, "Merino Scarf": 1 });
  expect(await kept(other)).not.toContain("eyJ");
});

test("the only page loaded anew: the cart is there, and who it is of is asked before the shop is told", async ({ page }) => {
  await add(page, "Stoneware Mug");
  await signIn(page);
  await isOnline(page);
  await page.reload();
  await expect(bar(page)).toHaveText(/Please sign in again, Casey. Your cart is kept here meanwhile./);
  await expect(place(page)).toHaveText(/Sign in again/);
  await add(page, "Merino Scarf");
  await expect(bar(page)).toContainText("1 change is kept here until then.");
  await expect(page.locator("#status")).toHaveAttribute("data-state", "paused");
  expect(await accountCart(page)).toEqual({ "Stoneware Mug": 1 });
  await openCart(page);
  await drawer(page).getByRole("button", { name: "Check out" }).click();
  await expect(account(page)).toContainText("This cart is Casey’s, and stays here as it is until you sign in; then the shop is told 1 change.");
  await fill(page, CASEY);
  await toast(page, "Hello, Casey. The shop knows everything again.");
  await expect(page.locator("#close-cart, #checkout").and(page.locator(":focus"))).toHaveCount(1);
  await has(page, { "Stoneware Mug": 1, "Merino Scarf": 1 });
  await expect(bar(page)).toHaveCount(0);
  await isOnline(page);
});

test("a sign-in that the shop has ended: asked again, and nothing is lost or told twice", async ({ page, shop }) => {
  await signIn(page);
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await shop({ revoke_tokens: true });
  await add(page, "Stoneware Mug");
  await add(page, "Merino Scarf");
  await expect(bar(page)).toContainText("Please sign in again, Casey. 2 changes are kept here until then.");
  await expect(page.locator("#cart-count")).toHaveText("3");
  await bar(page).getByRole("button", { name: "Sign in" }).click();
  await fill(page, CASEY);
  await toast(page, "The shop knows everything again.");
  await has(page, { "Stoneware Mug": 2, "Merino Scarf": 1 });
  await expect(bar(page)).toHaveCount(0);
  await expect(place(page)).toBeFocused();
});

test("a token that has run out is renewed without a word", async ({ page, shop }) => {
  await signIn(page);
  await shop({ expire_tokens: true });
  await add(page, "Stoneware Mug");
  await has(page, { "Stoneware Mug": 1 });
  expect((await shop()).counters.routes["POST /cocart/jwt/refresh-token"]).toBe(1);
  await isOnline(page);
  await expect(bar(page)).toHaveCount(0);
  await expect(place(page)).toHaveText(/Casey/);
});

test("signing out with changes that the shop does not know: asked first, and lost only when wanted", async ({ page, shop }) => {
  await signIn(page);
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await shop({ outage: "drop" });
  await add(page, "Merino Scarf");
  await isOffline(page);
  await signOut(page);
  await expect(account(page)).toHaveAccessibleName("Sign out?");
  await expect(account(page)).toContainText("The shop has not been told 1 change. If you sign out now, it is lost.");
  await expect(page.getByRole("button", { name: "Do not sign out" })).toBeFocused();
  await page.getByRole("button", { name: "Do not sign out" }).click();
  await expect(account(page)).toHaveAccessibleName("Hello, Casey");
  await expect(page.locator("#cart-count")).toHaveText("2");
  await account(page).getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign out all the same" }).click();
  await expect(account(page)).toBeHidden();
  await expect(page.locator("#cart-count")).toHaveText("0");
  await shop({ outage: "none" });
  await add(page, "Canvas Tote Bag");
  await isOnline(page);
  expect(await accountCart(page)).toEqual({ "Stoneware Mug": 1 });
});

test("another customer signs in: each has their own cart, and what went unsaved is said", async ({ page }) => {
  await elsewhere(page, TOTE, 2, GILL);
  await signIn(page);
  await add(page, "Stoneware Mug");
  await isOnline(page);
  await page.reload();
  await expect(bar(page)).toBeVisible();
  await add(page, "Merino Scarf");
  await bar(page).getByRole("button", { name: "Sign in" }).click();
  await fill(page, GILL);
  await toast(page, "1 change of the account before went unsaved.");
  await expect(place(page)).toHaveText(/Gill/);
  await expect(page.locator("#cart-count")).toHaveText("2");
  expect(await accountCart(page, GILL)).toEqual({ "Canvas Tote Bag": 2 });
  expect(await accountCart(page)).toEqual({ "Stoneware Mug": 1 });
});

test("a customer checks out, comes back, and sees the cart that was bought once signed in", async ({ page }) => {
  await signIn(page);
  await add(page, "Stoneware Mug");
  await openCart(page);
  await expect(total(page)).not.toHaveText("$0.00");
  await drawer(page).getByRole("button", { name: "Check out" }).click();
  await page.getByRole("button", { name: "Place order" }).click();
  await expect(page.getByText("Thank you.")).toBeVisible();
  await page.getByRole("link", { name: "Back to the shop" }).click();
  await expect(bar(page)).toContainText("Then you see whether your order has gone through.");
  await bar(page).getByRole("button", { name: "Sign in" }).click();
  await fill(page, CASEY);
  await expect(page.locator("#cart-count")).toHaveText("0");
  await expect(bar(page)).toHaveCount(0);
});

test("the inspector shows neither tokens nor names", async ({ page, shop }) => {
  await visit(page, "/?inspect");
  await signIn(page);
  await shop({ expire_tokens: true });
  await add(page, "Stoneware Mug");
  await has(page, { "Stoneware Mug": 1 });
  const rows = page.locator(".exchange-row");
  for (const route of ["login", "refresh-token", "add-item"]) {
    await rows.filter({ hasText: route }).first().click();
    await expect(page.locator("#request-text")).toContainText(route);
    const shown = await inspector(page).textContent();
    for (const secret of ["eyJ", "Basic ", "Bearer ", "Casey", "customer1@"]) expect(shown, route).not.toContain(secret);
  }
});

test("the keyboard alone: open, show what is typed, sign in, look, close", async ({ page }) => {
  await place(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("User name or e-mail")).toBeFocused();
  await page.keyboard.type("customer1");
  await page.keyboard.press("Tab");
  await page.keyboard.type("password");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  const password = page.getByLabel("Password", { exact: true });
  await expect(password).toHaveAttribute("type", "text");
  await expect(page.getByRole("button", { name: "Show the password" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(place(page)).toBeFocused();
  await expect(page.locator("#announce")).toHaveText("Hello, Casey.");
  await page.keyboard.press("Enter");
  await expect(account(page)).toHaveAccessibleName("Hello, Casey");
  await expect(account(page)).toContainText("customer1@example.com");
  await page.keyboard.press("Escape");
  await expect(place(page)).toBeFocused();
});

test("what password managers go by", async ({ page }) => {
  await place(page).click();
  const form = page.locator("form#sign-in");
  await expect(form.locator('input[autocomplete="username"][name="username"]')).toHaveCount(1);
  await expect(form.locator('input[type="password"][autocomplete="current-password"][name="password"]')).toHaveCount(1);
  await expect(form.locator('button[type="submit"]')).toHaveCount(1);
  // Without the script nothing may end up in an address.
  await expect(form).toHaveAttribute("method", "post");
});
