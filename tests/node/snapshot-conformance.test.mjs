// The command's snapshot is the conformance run's: read over HTTP, page by page, by the module that ships, it is equal to what
// the native importer makes of the recorded files, and the recordings replay with it to the same bytes.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { snapshotOf } from "./support/command.mjs";
import { GOLDEN, GOLDEN_11, read, snapshotsOf } from "./support/recordings.mjs";
import { replay, sendsOrder } from "./support/replay.mjs";
import { recordedShop, serve } from "./support/woocommerce.mjs";

/** The versions a snapshot does not write, because a reader assumes them (src/store/snapshot.rs). */
const NEWEST = { php: "8.4", wordpress: "7.0" };

/** What of the conformance run's snapshot may be public: everything but what only the shop's staff sees. */
function publicPart(snapshot) {
  const products = snapshot.products.filter(({ status }) => status === undefined);
  const details = snapshot.catalogue.details.filter(({ id }) => products.some((product) => product.id === id));
  const short = { php: /^\d+\.\d+/, wordpress: /^\d+\.\d+/ };
  const told = Object.entries(snapshot.versions).map(([name, text]) => [name, short[name]?.exec(text)[0] ?? text]);
  const versions = Object.fromEntries(told.filter(([name, text]) => text !== NEWEST[name]));
  const coupons = snapshot.coupons.map(({ usage_limit: limit, usage_count: used = 0, ...coupon }) => (limit && used >= limit ? { ...coupon, usage_limit: 1, usage_count: 1 } : coupon));
  return { ...snapshot, versions, products, coupons, catalogue: { ...snapshot.catalogue, details } };
}

/** Whether a request names a product that is not published: the server knows it, a public file must not. */
function naming(ids) {
  const names = (value) => (value !== null && typeof value === "object" ? Object.entries(value).some(([key, inner]) => ids.has(key) || names(inner)) : ids.has(String(value)));
  return (request) => (names([request.query, request.body]) ? "the request names a product that is not published" : undefined);
}

for (const [folder, ...options] of [[GOLDEN, "--part", "cart"], [GOLDEN_11]]) {
  test(`the command's snapshots of ${basename(folder)} are the conformance run's`, { timeout: 600_000 }, async (t) => {
    const temporary = mkdtempSync(join(tmpdir(), "cocart-snapshots-"));
    t.after(() => rmSync(temporary, { recursive: true }));
    const { files, store, excused, remove } = snapshotsOf(folder, ...options);
    t.after(remove);

    const shop = recordedShop(`tests/${basename(folder)}`);
    const { options: baseline } = shop;
    const server = await serve(shop);
    t.after(server.close);
    const fees = join(temporary, "fees.json");
    const coupons = shop.coupons.flatMap(({ code }) => ["--coupon", code === "percent33" ? "percent33=33.333" : code]);
    const limits = ["--min-quantity", "_oracle_min_qty", "--max-quantity", "_oracle_max_qty"];
    const callbacks = ["apply-coupon", "remove-coupon", "set-address"].flatMap((name) => ["--callback", `oracle-${name}=${name}`]);
    callbacks.push("--callback", "oracle-choose-shipping=choose-shipping-rate");
    const args = ["--catalogue", "--complete", "--salt", "conformance", "--fees", fees, "--meta", "_oracle_min_qty", "--meta", "_oracle_max_qty", ...limits, ...callbacks, ...coupons];
    args.push(...Object.entries(shop.checkoutFields).flatMap(([name, value]) => ["--option", `${name}=${value}`]));
    const unpublished = new Set(shop.products.filter(({ status }) => status !== "publish").map(({ id }) => String(id)));

    const made = new Map();
    const count = { steps: 0, equal: 0, recordings: 0, whole: 0, cut: 0 };
    const [defects, left] = [new Map(), new Map()];
    const differences = [];
    const clock = { now: Date.now() };
    const index = Object.entries(files);
    for (const [name, file] of index) {
      if (made.has(file)) continue;
      const expected = publicPart(store(name));
      shop.options = { ...baseline, ...read(folder, `${name}.json`).settings };
      shop.versions = { ...shop.versions, cocart: expected.versions.cocart };
      writeFileSync(fees, JSON.stringify(shop.options.oracle_fees ?? []));
      const { generated, ...snapshot } = await snapshotOf(server.url, args);
      assert.deepEqual(snapshot, expected, `the snapshot of ${name}`);
      made.set(file, snapshot);
    }
    t.mock.method(Date, "now", () => clock.now);
    // one recording of each snapshot: they are equal, so the others were replayed by the conformance run
    for (const [file, snapshot] of made) {
      const [name] = index.find(([, own]) => own === file);
      const text = readFileSync(join(folder, `${name}.json`), "utf8");
      const found = await replay(JSON.parse(text), snapshot, { clock, count, defects, left, unordered: sendsOrder(text), excused, passed: naming(unpublished) });
      differences.push(...found);
      count.recordings += 1;
      if (found.length === 0) count.whole += 1;
    }
    for (const [why, times] of left) console.log(`steps left out: ${times} × ${why}`);
    console.log(`with the command's snapshots: ${made.size} equal to the importer's; ${count.equal} of ${count.steps} steps equal, ${count.whole} of ${count.recordings} replayed recordings of ${basename(folder)}`);
    assert.ok(count.steps > 400, "nearly nothing was replayed");
    assert.deepEqual(differences, []);
  });
}
