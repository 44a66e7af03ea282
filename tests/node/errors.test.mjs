// docs/errors.md: what it says is what comes, and no code is missing from it.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PAGE, answer, details, elsewhere, own, refusals, render, unauthorized, v1, v2 } from "../../scripts/errors.mjs";
import { outcome } from "../../scripts/errors/own.mjs";
import { codes } from "../../pkg/index.js";

const ROOT = join(import.meta.dirname, "..", "..");
const read = (file) => readFileSync(join(ROOT, file), "utf8");
const listed = new Set([...own, ...v1, ...v2].map(({ code }) => code).concat([...refusals, ...unauthorized, ...elsewhere].map(([code]) => code), Object.keys(details)));

// First: it provokes what happens before the module is loaded.
test("the page is what the package does", async () => {
  assert.equal(readFileSync(PAGE, "utf8"), await render(), "run: node scripts/errors.mjs");
});

test("a wrong parameter's details say how it is wrong", async () => {
  for (const [code, ask] of Object.entries(details)) {
    const found = await answer({ ask });
    assert.equal(found.code, "rest_invalid_param");
    assert.deepEqual(Object.values(found.details).map((detail) => detail.code), [code]);
  }
});

test("a shop's refusals are conflicts in its own words, or ask for a sign-in", async () => {
  for (const [code, status] of refusals) assert.equal(await outcome(code, status), code);
  for (const [code, status] of unauthorized) assert.equal(await outcome(code, status), codes.UNAUTHORIZED, code);
});

test("what a page of tests is named for is in it", () => {
  for (const { code, meet, proof } of own) {
    if (meet) continue;
    const short = Object.entries(codes).find(([, value]) => value === code)?.[0];
    const text = read(proof);
    assert.ok(text.includes(code) || (short && text.includes(`codes.${short}`)), `${proof} does not speak of ${code}`);
  }
});

test("every code in the sources is on the page", () => {
  const under = (folder) => readdirSync(join(ROOT, folder), { recursive: true }).filter((name) => name.endsWith(".rs")).map((name) => join(folder, name));
  const files = ["src/cart/error.rs", "pkg-template/errors.js", ...under("src/api"), ...under("src/sync"), ...under("src/js")];
  const found = new Set();
  for (const file of files) {
    for (const [, code] of read(file).matchAll(/"((?:cocart|rest|jwt_auth|storage)_[a-z0-9_]+)"/g)) found.add(code);
  }
  // WordPress's names for a query parameter, and for a field of documents
  for (const name of ["rest_route", "rest_url"]) found.delete(name);
  assert.deepEqual([...found].filter((code) => !listed.has(code)).sort(), [], "add them to scripts/errors/, then run node scripts/errors.mjs");
  assert.ok(found.size > 60, `${found.size} codes were found`);
});
