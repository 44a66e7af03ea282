// The snapshot command against a shop that answers as the recorded one did, on good days and bad ones.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createCart } from "../../pkg/index.js";
import { KEYS, run, snapshotOf } from "./support/command.mjs";
import { KEY, SECRET, recordedShop, serve } from "./support/woocommerce.mjs";

/** A shop for one test. */
async function open(t, shop = recordedShop(), faults) {
  const server = await serve(shop, faults);
  t.after(server.close);
  return server;
}

function folder(t) {
  const path = mkdtempSync(join(tmpdir(), "cocart-snapshot-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

const product = (snapshot, id) => snapshot.products.find((one) => one.id === id);
const withoutTime = ({ generated, ...snapshot }) => snapshot;

test("the snapshot goes to standard output, progress to standard error, and a cart computes with it", async (t) => {
  const shop = await open(t);
  const { code, out, err } = await run(["snapshot", "--url", shop.url]);
  assert.equal(code, 0, err);
  assert.match(err, /^products: 39$/m);
  assert.match(err, /snapshot: 39 products, 7 variations, 0 coupons, 15 tax rates, 4 shipping zones/);
  const store = JSON.parse(out);
  assert.match(store.generated, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const cart = await createCart({ store, storage: "memory", profile: "v4.3" });
  const { totals } = cart.addItem({ id: 101, quantity: 2 });
  // 2 × 25.00, 5.00 shipping, both with California's 7.25 %
  assert.deepEqual([totals.subtotal, totals.subtotal_tax, totals.shipping_total, totals.total], ["5000", "363", "500", "5899"]);
  assert.throws(() => cart.addItem({ id: 123 }), { code: "cocart_wasm_product_unknown" });
  cart.close();
});

test("pages are read to the end, few at a time, whatever tells their number", async (t) => {
  const whole = await snapshotOf((await open(t)).url);
  // the second page is not answered before the third is asked for
  let third;
  const asked = new Promise((done) => (third = done));
  const fault = ({ route, query: { page } }) => {
    if (route !== "wc/v3/products") return undefined;
    if (page === "3") third();
    return page === "2" ? asked : undefined;
  };
  const paged = await open(t, recordedShop(), { fault });
  assert.deepEqual(withoutTime(await snapshotOf(paged.url, ["--per-page", "4", "--concurrency", "3"])), withoutTime(whole));
  assert.equal(paged.asked.filter(({ route }) => route === "wc/v3/products").length, 10);
  assert.ok(paged.stats.most <= 3 && paged.stats.most > 1, `${paged.stats.most} at a time`);
  const silent = await open(t, recordedShop(), { withoutTotals: true });
  assert.deepEqual(withoutTime(await snapshotOf(silent.url, ["--per-page", "4"])), withoutTime(whole));
});

test("a product that is deleted while pages are read loses no other", async (t) => {
  const shop = recordedShop();
  let gone = false;
  const server = await open(t, shop, {
    fault({ route, query }) {
      if (route === "wc/v3/products" && query.page === "2" && !gone) {
        gone = true;
        shop.products.splice(0, 1);
      }
    },
  });
  const snapshot = await snapshotOf(server.url, ["--per-page", "5", "--concurrency", "1"]);
  assert.deepEqual(
    snapshot.products.filter((one) => !one.parent_id).map((one) => one.id),
    shop.products.filter(({ status }) => status === "publish").map(({ id }) => id),
  );
});

test("only what a snapshot needs is asked for", async (t) => {
  const shop = await open(t);
  await snapshotOf(shop.url, ["--coupon", "percent10"]);
  const routes = new Set(shop.asked.map(({ route }) => route));
  assert.deepEqual([...routes].filter((route) => /customers|orders|reviews|webhooks|reports/.test(route)), []);
  const fields = shop.asked.filter(({ route }) => /products$|variations$/.test(route) && route.startsWith("wc/")).map(({ query }) => query._fields);
  assert.ok(fields.length >= 3 && fields.every((list) => list && !/downloads|purchase_note|description|meta_data/.test(list)));
  assert.deepEqual(shop.asked.filter(({ route }) => route === "wc/v3/coupons").map(({ query }) => query.code), ["percent10"]);
  // visitors' routes are asked as a visitor
  const public_ = shop.asked.filter(({ route }) => route.startsWith("cocart/"));
  assert.ok(public_.length >= 2 && public_.every(({ authorization }) => authorization === undefined));
});

/** Until this process has read an answer of this kind, and done what it does then. */
function hearing(t, isMeant) {
  const { fetch } = globalThis;
  return new Promise((done) => {
    t.mock.method(globalThis, "fetch", async (...request) => {
      const response = await fetch(...request);
      if (!isMeant(response)) return response;
      const text = await response.text();
      response.text = async () => (setImmediate(done), text);
      return response;
    });
  });
}

test("a shop that is asked too often gets its pause, and the snapshot is the same", async (t) => {
  const whole = await snapshotOf((await open(t)).url);
  const arrivals = [];
  // what is under way while the shop refuses is answered when the refusal has been read
  const read = hearing(t, ({ status }) => status === 429);
  let refuses = false;
  const busy = await open(t, recordedShop(), {
    async fault({ route, times }) {
      arrivals.push([route, Date.now()]);
      if (refuses) await read;
      if (route === "wc/v3/taxes" && times === 1) {
        refuses = true;
        return { status: 429, headers: { "retry-after": "1" }, body: { code: "too_many" } };
      }
      if (route.endsWith("/variations") && times <= 2) return { status: 503, text: "<html>busy</html>" };
    },
  });
  assert.deepEqual(withoutTime(await snapshotOf(busy.url, ["--concurrency", "2"])), withoutTime(whole));
  const refused = arrivals.findIndex(([route]) => route === "wc/v3/taxes");
  const [, since] = arrivals[refused];
  // the pause holds for every request, not for the refused one alone; one may have been under way
  const meanwhile = arrivals.slice(refused + 1).filter(([, at]) => at < since + 950);
  assert.ok(meanwhile.length <= 1, String(meanwhile));
});

/** Time limits that end when the test says so, by their routes. */
function timeLimits(t) {
  const limits = new Map();
  const routes = new Map();
  const { fetch } = globalThis;
  t.mock.method(AbortSignal, "timeout", () => {
    const limit = new AbortController();
    limits.set(limit.signal, limit);
    return limit.signal;
  });
  t.mock.method(globalThis, "fetch", (url, init) => (routes.set(url.pathname.replace("/wp-json/", ""), limits.get(init.signal)), fetch(url, init)));
  return { end: (route) => routes.get(route).abort(new DOMException("The operation was aborted due to timeout", "TimeoutError")) };
}

test("cut answers, lost connections and answers that never come are asked for again", async (t) => {
  const whole = await snapshotOf((await open(t)).url);
  const limits = timeLimits(t);
  const rough = await open(t, recordedShop(), {
    fault({ route, times }) {
      if (times > 1) return undefined;
      if (route === "wc/v3/products") return { cut: true };
      if (route === "wc/v3/taxes") return { reset: true };
      if (route === "wc/v3/shipping/zones") return limits.end(route), { hang: true };
      if (route === "wc/v3/products/categories") return { text: '[{"id": 24, "na' };
      if (route === "cocart/v2/products") return { text: "<b>Warning</b>: in plugin.php[]" };
    },
  });
  assert.deepEqual(withoutTime(await snapshotOf(rough.url)), withoutTime(whole));
});

test("what does not pass is an error that says what is wrong, and nothing is written", async (t) => {
  const out = join(folder(t), "snapshot.json");
  writeFileSync(out, "the one before");
  const cases = [
    [{ status: 500, body: { code: "internal_server_error", message: "There has been a critical error on this website." } }, /\/settings\/general: the shop answered 500, internal_server_error: There has been a critical error/],
    [{ cut: true }, /\/wp-json\/wc\/v3\/settings\/general: .*(terminated|closed|aborted).*tried 2 times/],
    [{ hang: true }, /no whole answer within 0\.2 s \(tried 2 times\)/],
    [{ text: "<!doctype html>" }, /the answer is not JSON, or was cut \(it begins "<!doctype html>"\)/],
    [{ status: 301, headers: { location: "https://www.shop.example/wp-json" } }, /sends on to https:\/\/www\.shop\.example\/wp-json/],
    [{ status: 404, text: "<html>" }, /no REST API at this address \(404\)/],
  ];
  for (const [answer, message] of cases) {
    const timeout = answer.hang ? "0.2" : "60";
    const shop = await open(t, recordedShop(), { fault: ({ route }) => (route === "wc/v3/settings/general" ? answer : undefined) });
    const { code, err, out: text } = await run(["snapshot", "--url", shop.url, "--out", out, "--retries", "1", "--timeout", timeout]);
    assert.match(err, message);
    assert.deepEqual([code, text], [1, ""], err);
    assert.equal(readFileSync(out, "utf8"), "the one before");
  }
  const gone = await serve(recordedShop());
  await gone.close();
  const nobody = await run(["snapshot", "--url", gone.url, "--retries", "0"]);
  assert.equal(nobody.code, 1);
  assert.match(nobody.err, /ECONNREFUSED/);
});

test("refused keys are told apart, and never shown", async (t) => {
  const shop = await open(t);
  const wrong = await run(["snapshot", "--url", shop.url, "--key", "ck_wrong", "--secret", SECRET], {});
  assert.equal(wrong.code, 3);
  assert.match(wrong.err, /the shop refused the keys \(401, woocommerce_rest_authentication_error: Consumer key is invalid\.\)/);
  const strict = await open(t, recordedShop(), {
    fault: () => ({ status: 403, body: { code: "woocommerce_rest_cannot_view", message: `Key ${KEY} may not read; ${SECRET}`, data: {} } }),
  });
  const weak = await run(["snapshot", "--url", strict.url]);
  assert.equal(weak.code, 3);
  assert.match(weak.err, /must be allowed to read/);
  for (const { out, err } of [wrong, weak]) assert.ok(![KEY, SECRET, "ck_wrong"].some((word) => (out + err).includes(word)), err);
});

test("keys cross no network in the clear", async () => {
  for (const url of ["http://shop.example", "http://localhost.shop.example", "ftp://shop.example", "https://name:word@shop.example", "shop"]) {
    const { code, err } = await run(["snapshot", "--url", url]);
    assert.deepEqual([code, /--url/.test(err)], [2, true], `${url}: ${err}`);
  }
});

test("a wrong command line is explained", async (t) => {
  const empty = join(folder(t), "empty.json");
  writeFileSync(empty, "");
  const shop = "https://shop.example";
  const cases = [
    [["snapshot"], /--url https:\/\/shop\.example/],
    [["snapshot", "--url", shop, "--colour"], /--colour/],
    [["snap"], /there is no command "snap"/],
    [["snapshot", "--url", shop, "--per-page", "500"], /100 at most/],
    [["snapshot", "--url", shop, "--timeout", "soon"], /--timeout must be a number/],
    [["snapshot", "--url", shop, "--since", "nowhere.json"], /no such file/],
    [["snapshot", "--url", shop, "--since", empty], /use --out/],
    [["snapshot", "--url", shop, "--public", "--coupon", "x"], /--coupon needs keys/],
    [["snapshot", "--url", shop, "--option", "x"], /NAME=VALUE/],
  ];
  for (const [args, message] of cases) {
    const { code, out, err } = await run(args);
    assert.match(err, message);
    assert.deepEqual([code, out], [2, ""]);
  }
  const without = await run(["snapshot", "--url", shop], {});
  assert.match(without.err, /keys are missing/);
  const help = await run(["snapshot", "--help"], {});
  assert.equal(help.code, 0);
  assert.match(help.out, /Usage: cocart-wasm snapshot/);
  assert.deepEqual(help.out.split("\n").filter((line) => line.length > 100), []);
  const { version } = JSON.parse(readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8"));
  assert.equal((await run(["--version"], {})).out, `${version}\n`);
});

test("coupons come by allow-list, hashed, with their exact amount", async (t) => {
  const shop = await open(t);
  const list = join(folder(t), "coupons.txt");
  writeFileSync(list, "# what we print on flyers\npercent10\nPERCENT33 = 33.333  # cut by the REST API\n\nnosuch\n");
  const notes = [];
  const store = await snapshotOf(shop.url, ["--coupons", list, "--coupon", "fixedcart20"], { notes });
  assert.ok(notes.includes('there is no coupon "nosuch" in the shop'), String(notes));
  assert.equal(store.coupons.length, 3);
  assert.equal(store.coupons.find(({ id }) => id === 301).amount, "33.333");
  assert.ok(store.coupon_salt.length >= 16);
  assert.notEqual(store.coupon_salt, (await snapshotOf(shop.url, ["--coupon", "percent10"])).coupon_salt);
  const cart = await createCart({ store, storage: "memory", profile: "v4.3" });
  cart.addItem({ id: 101, quantity: 1 });
  assert.equal(cart.applyCoupon("Percent10").totals.discount_total, "250");
  cart.close();
});

test("the report counts and weighs, and a budget is kept", async (t) => {
  const shop = await open(t);
  const file = join(folder(t), "report.json");
  const within = await run(["snapshot", "--url", shop.url, "--report", file, "--budget", "200", "--quiet"]);
  assert.deepEqual([within.code, within.err], [0, ""]);
  const sizes = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual([sizes.products, sizes.variations, sizes.bytes.raw], [39, 7, Buffer.byteLength(within.out) - 1]);
  assert.ok(sizes.bytes.gzip < sizes.bytes.raw / 3 && sizes.perProduct.gzip === Math.ceil(sizes.bytes.gzip / 46));
  const above = await run(["snapshot", "--url", shop.url, "--budget", "5"]);
  assert.equal(above.code, 4);
  assert.match(above.err, /over budget: \d+ bytes gzip for each product, 5 allowed/);
  assert.ok(JSON.parse(above.out).products.length > 0);
});

test("a shop without CoCart, or of which it is not asked, names pictures as WordPress does", async (t) => {
  const notes = [];
  const bare = await snapshotOf((await open(t, recordedShop(), { withoutCocart: true })).url, [], { notes });
  assert.ok(notes.some((note) => /CoCart does not answer/.test(note)));
  assert.equal(bare.store.title, "Golden Shop");
  const quiet = await open(t);
  await snapshotOf(quiet.url, ["--no-cocart"]);
  assert.deepEqual(quiet.asked.filter(({ route }) => route === "cocart/v2/products"), []);
  assert.equal(product(bare, 101).image, "{base}/wp-content/uploads/2024/01/tee-front-300x300.png");
});

test("what the REST API does not tell can be given", async (t) => {
  const shop = recordedShop();
  const server = await open(t, shop, { fault: ({ route }) => (route === "wc/v3/system_status" ? { status: 500 } : undefined) });
  const notes = [];
  const fees = join(folder(t), "fees.json");
  writeFileSync(fees, JSON.stringify([{ name: "Handling", amount: 2.5, taxable: true, tax_class: "" }]));
  const args = ["--assume", "php=8.1.2", "--assume", "woocommerce=9.3.3", "--option", "woocommerce_checkout_company_field=hidden", "--fees", fees, "--retries", "0"];
  const store = await snapshotOf(server.url, args, { notes });
  assert.deepEqual([store.versions.php, store.versions.woocommerce, store.settings.checkout_company], ["8.1", "9.3.3", false]);
  assert.ok(notes.some((note) => /does not tell its versions/.test(note)));
  assert.equal(store.fees[0].name, "Handling");
});

test("countries that are excluded are known as well as those that are included", async (t) => {
  const options = { woocommerce_allowed_countries: "all_except", woocommerce_all_except_countries: ["FR", "DE"] };
  const { settings } = await snapshotOf((await open(t, recordedShop(undefined, options))).url);
  assert.equal(settings.allowed_countries.includes("FR"), false);
  assert.ok(settings.allowed_countries.includes("US") && settings.allowed_countries.length > 240);
});
