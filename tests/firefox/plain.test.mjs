// The package on a plain page in Firefox, driven over WebDriver: what Chromium's tests show holds in a second engine.
import assert from "node:assert/strict";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "../support/serve.mjs";
import { openFirefox, until } from "./driver.mjs";

const ROOT = join(import.meta.dirname, "../..");
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const PAGE = '<!doctype html><meta charset="utf-8"><title>…</title><script type="module" src="/page.js"></script>';
const SCRIPT = `
import { createCart } from "/pkg/index.js";
try {
  const store = { format: 1, products: [{ id: 1, name: "Mug", slug: "mug", price: "12.50", regular_price: "12.50" }] };
  const cart = await createCart({ store, storeUrl: location.origin, sync: "manual" });
  const undo = cart.install();
  const headers = { "content-type": "application/json" };
  const response = await fetch("/wp-json/cocart/v2/cart/add-item", { method: "POST", headers, body: '{"id":"1","quantity":"2"}' });
  undo();
  const { item_count: count, totals } = await response.json();
  document.title = [response.status, count, totals.total, cart.status.storage, cart.status.pending].join(" ");
} catch (error) {
  document.title = String(error);
}`;

let site;
let firefox;

before(async () => {
  const folder = join(ROOT, "target/firefox");
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(ROOT, "pkg"), join(folder, "pkg"), { recursive: true });
  writeFileSync(join(folder, "index.html"), PAGE);
  writeFileSync(join(folder, "page.js"), SCRIPT);
  site = await serve(folder, { "content-security-policy": POLICY });
  firefox = await openFirefox();
});

after(async () => {
  await firefox?.close();
  site?.close();
});

test("a plain page under a strict policy, its cart kept across a reload", async () => {
  const title = () => firefox.title().then((text) => text !== "…" && text);
  await firefox.goto(site.url);
  assert.equal(await until(title), "200 2 25.00 local 1");
  await firefox.reload();
  assert.equal(await until(title), "200 4 50.00 local 2");
});
