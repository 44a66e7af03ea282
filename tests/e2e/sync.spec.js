// Sync in a real browser: real tabs, real storage, processes that are really killed. The rows of docs/sync-tests.md that no native test can show.
import { expect, test } from "@playwright/test";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CONTROL = "/__control";
/** A page of the shop's origin that does nothing by itself. */
const PLAIN = "/pkg/package.json";
const MUG = "Stoneware Mug";
const TOTE = "Canvas Tote Bag";

test.beforeEach(({ request }) => request.post(CONTROL, { data: { reset: true } }));

const trouble = (request, data) => request.post(CONTROL, { data });

/** Opens the cart in a page of its own, and keeps what it tells. */
async function openCart(page) {
  await page.goto(PLAIN);
  await page.evaluate(async () => {
    const { createCart } = await import("/pkg/index.js");
    const store = await (await fetch("/store-snapshot.json")).json();
    const told = [];
    const cart = await createCart({ storeUrl: location.origin, store, profile: "v4.3", storageKey: "e2e" });
    for (const kind of ["offline", "online", "conflict", "error"]) {
      cart.addEventListener(kind, ({ detail }) => told.push(detail?.code ?? kind));
    }
    const id = (name) => store.products.find((product) => product.name === name).id;
    Object.assign(globalThis, { cart, told, add: (name, quantity = 1) => cart.addItem({ id: id(name), quantity }) });
  });
}

const add = (page, name, quantity) => page.evaluate(([...item]) => void globalThis.add(...item), [name, quantity]);
const sync = (page) => page.evaluate(() => globalThis.cart.sync().then(() => undefined));
const status = (page) => page.evaluate(() => globalThis.cart.status);
const told = (page) => page.evaluate(() => globalThis.told);
const shows = (page) =>
  page.evaluate(() => Object.fromEntries(globalThis.cart.getSnapshot().items.map((item) => [item.name, item.quantity.value])));

/** What the shop has in the cart that the page shows. */
async function atTheShop(page, request) {
  const key = await page.evaluate(() => globalThis.cart.getSnapshot().cart_key);
  const answer = await request.get("/wp-json/cocart/v2/cart", { params: { cart_key: key } });
  return Object.fromEntries(Object.values((await answer.json()).items).map((item) => [item.name, item.quantity.value]));
}

/** Page and shop agree, nothing waits. */
async function settles(page, request, cart) {
  const state = async () => ({ pending: (await status(page)).pending, page: await shows(page), shop: await atTheShop(page, request) });
  await expect.poll(state).toEqual({ pending: 0, page: cart, shop: cart });
}

/** The processes that were started with this argument, by the rest of their command line. */
function processes(argument, filter) {
  const line = (pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    } catch {
      return [];
    }
  };
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => line(pid).includes(argument) && filter(line(pid))).map(Number);
}

/** Whether the browser has written a text of its localStorage into the profile, as Latin-1 or as UTF-16. */
function isOnDisk(profile, text) {
  const folder = join(profile, "Default", "Local Storage", "leveldb");
  return readdirSync(folder).some((name) => ["latin1", "utf16le"].some((encoding) => readFileSync(join(folder, name)).includes(Buffer.from(text, encoding))));
}

/** A browser with a profile of its own, which outlives it. */
async function withProfile(playwright, use, run) {
  const folder = mkdtempSync(join(tmpdir(), "cocart-profile-"));
  const { launchOptions, baseURL } = use;
  const open = () => playwright.chromium.launchPersistentContext(folder, { ...launchOptions, baseURL });
  const kill = () => processes(`--user-data-dir=${folder}`, (line) => !line.some((part) => part.startsWith("--type="))).forEach((pid) => process.kill(pid, "SIGKILL"));
  try {
    await run({ folder, open, kill });
  } finally {
    kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

test("two tabs show each other's changes at once, and both count, online and offline", async ({ context, request }) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await openCart(one);
  await openCart(two);
  await add(one, MUG);
  await expect.poll(() => shows(two)).toEqual({ [MUG]: 1 });
  await settles(one, request, { [MUG]: 1 });

  await context.setOffline(true);
  await add(one, MUG, 2);
  await add(two, MUG, 3);
  await add(two, TOTE);
  await expect.poll(() => shows(one)).toEqual({ [MUG]: 6, [TOTE]: 1 });
  expect(await atTheShop(one, request)).toEqual({ [MUG]: 1 });
  await context.setOffline(false);
  await settles(one, request, { [MUG]: 6, [TOTE]: 1 });

  await trouble(request, { latency_ms: 300 });
  await Promise.all([add(one, MUG), add(two, MUG), add(one, TOTE), add(two, TOTE)]);
  await trouble(request, { latency_ms: 0 });
  await settles(one, request, { [MUG]: 8, [TOTE]: 3 });
  await settles(two, request, { [MUG]: 8, [TOTE]: 3 });
});

test("a renderer killed with a request in flight loses nothing and doubles nothing", async ({ browser, context, page, request }) => {
  await openCart(page);
  await trouble(request, { latency_ms: 1_500 });
  const sent = page.waitForRequest((request) => request.url().includes("/add-item"));
  await add(page, MUG, 2);
  await sent;
  await add(page, TOTE);
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const crashed = page.waitForEvent("crash");
  processInfo.filter(({ type }) => type === "renderer").forEach(({ id }) => process.kill(id, "SIGKILL"));
  await crashed;

  await trouble(request, { latency_ms: 0 });
  const next = await context.newPage();
  await openCart(next);
  expect(await shows(next)).toEqual({ [MUG]: 2, [TOTE]: 1 });
  await settles(next, request, { [MUG]: 2, [TOTE]: 1 });
  // an add that is only now carried out: the shop held it back for so long
  await next.waitForTimeout(2_000);
  await sync(next);
  await settles(next, request, { [MUG]: 2, [TOTE]: 1 });
});

test("a browser killed as a whole comes back with an older whole state at worst, and never with a double", async ({ playwright, request }, { project }) => {
  await withProfile(playwright, project.use, async ({ folder, open, kill }) => {
    let context = await open();
    let page = context.pages()[0];
    await openCart(page);
    await add(page, MUG);
    await settles(page, request, { [MUG]: 1 });
    // the browser writes localStorage to the disk some seconds later
    await expect.poll(() => isOnDisk(folder, MUG)).toBe(true);
    const latency = 1_000;
    await trouble(request, { latency_ms: latency });
    const sent = page.waitForRequest((request) => request.url().includes("/add-item"));
    await add(page, TOTE, 2);
    await sent;
    const isOver = new Promise((done) => setTimeout(done, 2 * latency));
    await add(page, MUG);
    const gone = new Promise((done) => context.on("close", done));
    kill();
    await gone;
    await trouble(request, { latency_ms: 0 });

    context = await open();
    page = context.pages()[0];
    await openCart(page);
    const before = await shows(page);
    expect([1, 2]).toContain(before[MUG]);
    expect([undefined, 2]).toContain(before[TOTE]);
    // What was sent is carried out by then, or never; the browser that is back has forgotten it, and does not look again for a minute.
    await isOver;
    await sync(page);
    const after = await shows(page);
    expect([1, 2]).toContain(after[MUG]);
    expect([undefined, 2]).toContain(after[TOTE]);
    await settles(page, request, after);
    expect(await told(page)).not.toContain("storage_corrupt");
    await context.close();
  });
});

test("a storage that is really full keeps the cart in memory, sends nothing unwritten, and catches up", async ({ page, request }) => {
  await openCart(page);
  await add(page, MUG);
  await settles(page, request, { [MUG]: 1 });
  const filled = await page.evaluate(() => {
    for (let size = 1 << 22; size >= 1; ) {
      try {
        localStorage.setItem("filler", (localStorage.getItem("filler") ?? "") + "x".repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
    return localStorage.getItem("filler").length;
  });
  expect(filled).toBeGreaterThan(4_000_000);
  await add(page, TOTE, 3);
  expect(await shows(page)).toEqual({ [MUG]: 1, [TOTE]: 3 });
  expect(await told(page)).toContain("storage_quota");
  expect((await status(page)).unsaved).toBe(1);
  await page.waitForTimeout(1_000);
  expect(await atTheShop(page, request)).toEqual({ [MUG]: 1 });

  await page.evaluate(() => localStorage.removeItem("filler"));
  await expect.poll(async () => (await status(page)).unsaved).toBe(0);
  await settles(page, request, { [MUG]: 1, [TOTE]: 3 });
  await openCart(page);
  expect(await shows(page)).toEqual({ [MUG]: 1, [TOTE]: 3 });
});

test("where the browser blocks storage the cart is kept in memory and told all the same", async ({ playwright, request }, { project }) => {
  await withProfile(playwright, project.use, async ({ folder, open }) => {
    mkdirSync(join(folder, "Default"), { recursive: true });
    const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(join(folder, "Default", "Preferences"), JSON.stringify(blocked));
    const context = await open();
    const page = context.pages()[0];
    await page.goto(PLAIN);
    expect(await page.evaluate(() => { try { return typeof localStorage; } catch (error) { return error.name; } })).toBe("SecurityError");
    await openCart(page);
    expect((await status(page)).storage).toBe("memory");
    await add(page, MUG, 2);
    await settles(page, request, { [MUG]: 2 });
    await context.close();
  });
});

test("a captive portal's page is offline, and the cart is told once it is gone", async ({ page, request }) => {
  await openCart(page);
  await trouble(request, { captive_portal: true });
  await add(page, MUG);
  await expect.poll(() => told(page)).toContain("offline");
  expect([await shows(page), (await status(page)).pending]).toEqual([{ [MUG]: 1 }, 1]);
  await trouble(request, { captive_portal: false });
  await settles(page, request, { [MUG]: 1 });
  expect(await told(page)).toContain("online");
});

test("an answer cut in half is in doubt, and the shop is asked what became of it", async ({ page, request }) => {
  await openCart(page);
  let cut = 0;
  await page.route("**/add-item*", async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    cut += 1;
    await route.fulfill({ response, body: body.slice(0, body.length / 2) });
  });
  await add(page, MUG, 2);
  await settles(page, request, { [MUG]: 2 });
  expect(cut).toBe(1);
  expect(await told(page)).toContain("offline");
  const key = await page.evaluate(() => globalThis.cart.getSnapshot().cart_key);
  const { counters } = await (await request.get(CONTROL)).json();
  const writes = (counters.log ?? []).filter(({ method, cart_key }) => method !== "GET" && cart_key === key);
  expect(writes.length).toBe(1);
});

test("a reload with the answer lost is settled by looking", async ({ page, request }) => {
  await openCart(page);
  await trouble(request, { lose_answers: 1, latency_ms: 300 });
  const sent = page.waitForRequest((request) => request.url().includes("/add-item"));
  await add(page, MUG, 2);
  await sent;
  await openCart(page);
  await trouble(request, { latency_ms: 0 });
  expect(await shows(page)).toEqual({ [MUG]: 2 });
  await settles(page, request, { [MUG]: 2 });
});
