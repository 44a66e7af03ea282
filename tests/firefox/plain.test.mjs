// The package on a plain page in Firefox, driven over WebDriver: what Chromium's tests show holds in a second engine.
import assert from "node:assert/strict";
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { openFirefox, until } from "./driver.mjs";

const PKG = join(import.meta.dirname, "../../pkg");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
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

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const send = (type, body) => response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
  if (pathname === "/") return send(TYPES[".html"], PAGE);
  if (pathname === "/page.js") return send(TYPES[".js"], SCRIPT);
  const file = join(PKG, pathname.replace(/^\/pkg\//, ""));
  if (!pathname.startsWith("/pkg/") || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" });
  createReadStream(file).pipe(response);
});

let firefox;

before(async () => {
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  firefox = await openFirefox(4563);
});

after(async () => {
  await firefox?.close();
  server.closeAllConnections();
  server.close();
});

test("a plain page under a strict policy, its cart kept across a reload", async () => {
  const title = () => firefox.title().then((text) => text !== "…" && text);
  await firefox.goto(`http://127.0.0.1:${server.address().port}/`);
  assert.equal(await until(title), "200 2 25.00 local 1");
  await firefox.reload();
  assert.equal(await until(title), "200 4 50.00 local 2");
});
