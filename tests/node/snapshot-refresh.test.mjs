// `--since`: what a refresh makes is what a reading of everything makes, for less.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { run, snapshotOf } from "./support/command.mjs";
import { recordedShop, serve } from "./support/woocommerce.mjs";

const ARGS = ["--catalogue", "--coupon", "percent10"];
const withoutTime = ({ generated, ...snapshot }) => snapshot;
const edited = () => new Date(Date.now() + 1000).toISOString().slice(0, 19);

/** A shop, its snapshot in a file, and then both ways of a new one after `change`. */
async function refreshed(t, change, { args = ARGS, prepare = () => {}, before = (snapshot) => snapshot } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "cocart-refresh-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const shop = recordedShop();
  const product = (id) => shop.products.find((one) => one.id === id);
  prepare(shop, product);
  const server = await serve(shop);
  t.after(server.close);
  const file = join(folder, "snapshot.json");
  writeFileSync(file, JSON.stringify(before(await snapshotOf(server.url, args))));
  change(shop, product);
  server.asked.length = 0;
  const notes = [];
  const fresh = await snapshotOf(server.url, [...args, "--since", file], { notes });
  const asked = [...server.asked];
  const { coupon_salt: salt } = fresh;
  const whole = await snapshotOf(server.url, [...args, ...(salt ? ["--salt", salt] : [])]);
  return { fresh, whole, asked, notes, file, server };
}

/** The products that were read in full. */
function readInFull(asked) {
  return asked.filter(({ route, query }) => route === "wc/v3/products" && query._fields?.includes("slug")).map(({ query }) => query.include ?? (query.modified_after ? "edited" : "all"));
}

test("where nothing changed, no product is read again, and the file is the same but for its time", async (t) => {
  const { fresh, whole, asked, notes, file } = await refreshed(t, () => {});
  assert.deepEqual(withoutTime(fresh), withoutTime(whole));
  assert.deepEqual(withoutTime(fresh), withoutTime(JSON.parse(readFileSync(file, "utf8"))));
  // products whose variations manage their stock are read each time
  assert.deepEqual(readInFull(asked), ["edited", "111"]);
  assert.ok(notes.some((note) => /refreshed: 1 products read again, 0 gone, 39 in all/.test(note)), String(notes));
});

const changes = [
  ["an edited product", (shop, product) => Object.assign(product(101), { name: "Better Tee", regular_price: "26.00", price: "26.00", date_modified_gmt: edited() }), ["edited", "111"]],
  ["a sale of a product", (shop, product) => Object.assign(product(106), { stock_quantity: 1 }), ["edited", "106,111"]],
  ["a product sold out", (shop, product) => Object.assign(product(106), { stock_quantity: 0, stock_status: "outofstock" }), ["edited", "106,111"]],
  ["a sale of a variation", (shop) => Object.assign(shop.variations[111].find(({ id }) => id === 115), { stock_quantity: 1 }), ["edited", "111"]],
  ["a price that starts by itself", (shop, product) => Object.assign(product(144), { price: "1.00" }), ["edited", "111,144"]],
  ["a rating", (shop, product) => Object.assign(product(102), { average_rating: "5.00", rating_count: 1 }), ["edited", "102,111"]],
  // 125 recommends it
  ["a deleted product", (shop) => void shop.products.splice(shop.products.findIndex(({ id }) => id === 103), 1), ["edited", "111,125"]],
  ["a product taken back to draft", (shop, product) => Object.assign(product(111), { status: "draft" }), ["edited"]],
  ["a draft that is published", (shop, product) => Object.assign(product(123), { status: "publish", date_modified_gmt: edited() }), ["edited", "111"]],
  ["a published product that others had named before", (shop, product) => Object.assign(product(122), { status: "publish" }), ["edited", "101,102,111,122"], (shop, product) => {
    product(101).cross_sell_ids.push(122);
    product(102).upsell_ids.push(122);
  }],
  ["a new variation", (shop, product) => {
    shop.variations[118].push({ ...shop.variations[118][0], id: 991, menu_order: 2 });
    product(118).variations.push(991);
  }, ["edited", "111,118"]],
  ["a renamed term", (shop) => Object.assign(shop.terms[1].find(({ name }) => name === "Blue"), { slug: "deep-blue" }), ["edited", "111,118,146"]],
  ["new pictures", (shop, product) => {
    product(102).images = [{ id: 77, src: "{base}/wp-content/uploads/2026/11/talk.webp", name: "talk", alt: "Two people" }];
    product(102).date_modified_gmt = edited();
  }, ["edited", "111"]],
  ["settings, taxes, coupons", (shop) => {
    shop.options.woocommerce_calc_taxes = "no";
    shop.taxes[0].rate = "19.0000";
    shop.coupons[0].amount = "11.00";
  }, ["edited", "111"]],
];
for (const [what, change, expected, prepare = () => {}] of changes) {
  test(`a refresh sees ${what}`, async (t) => {
    const { fresh, whole, asked, file } = await refreshed(t, change, { prepare });
    assert.deepEqual(withoutTime(fresh), withoutTime(whole));
    assert.notDeepEqual(withoutTime(fresh), withoutTime(JSON.parse(readFileSync(file, "utf8"))));
    assert.deepEqual(readInFull(asked), expected);
  });
}

const others = [
  ["made for other stock rules", (shop) => (shop.options.woocommerce_stock_format = "no_amount"), {}],
  ["without a catalogue", () => {}, { before: ({ catalogue, ...snapshot }) => snapshot }],
  ["of another shop", () => {}, { before: (snapshot) => ({ ...snapshot, store: { ...snapshot.store, home_url: "https://other.example" } }) }],
  ["of unknown age", () => {}, { before: withoutTime }],
  ["of visitors' prices", () => {}, { before: (snapshot) => ({ ...snapshot, products: snapshot.products.map((product) => ({ ...product, price_is_estimate: true })) }) }],
];
for (const [what, change, options] of others) {
  test(`a snapshot ${what} is made anew`, async (t) => {
    const { fresh, whole, asked, notes } = await refreshed(t, change, options);
    assert.deepEqual(withoutTime(fresh), withoutTime(whole));
    assert.ok(readInFull(asked).includes("all"));
    assert.ok(notes.some((note) => /everything is read/.test(note)), String(notes));
  });
}

test("a refresh may write over the file it began with", async (t) => {
  const { file, server } = await refreshed(t, () => {});
  const before = JSON.parse(readFileSync(file, "utf8"));
  const { code, out, err } = await run(["snapshot", "--url", server.url, ...ARGS, "--since", file, "--out", file]);
  assert.deepEqual([code, out], [0, ""], err);
  const after = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual(withoutTime(after), withoutTime(before));
  assert.ok(after.generated >= before.generated);
});
