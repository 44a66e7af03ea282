// What a catalogue costs in storage and time: 100, 1,000 and 10,000 products from a snapshot, from CoCart's product routes, and
// as it was kept. `node benches/products.mjs` prints the tables of docs/products.md; with CHROMIUM set (scripts/browser.sh), for
// the browser too. COUNTS=100,1000 and TIMES=2 for fewer.
import { chromium } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { loadavg } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { importer } from "../pkg/cli/importer.js";
import { createCart } from "../pkg/index.js";
import { fakeCaches } from "../tests/node/support/catalogues.mjs";
import { largeShop } from "../tests/node/support/large-shop.mjs";
import { low, median, table } from "./report.mjs";

const COUNTS = (process.env.COUNTS ?? "100,1000,10000").split(",").map(Number);
const TIMES = Number(process.env.TIMES ?? 5);
const PER_PAGE = 100;
const SHOP = "https://shop.example";
const pkg = join(import.meta.dirname, "..", "pkg");

/** The texts that a shop with so many products sends: its snapshot, and the pages of `GET products` as CoCart 4.3 words them. */
async function textsOf(count) {
  const sources = largeShop(count);
  const snapshot = importer({ task: "snapshot", sources, release: { catalogue: false } });
  const store = JSON.parse(importer({ task: "snapshot", sources, release: { catalogue: true } }));
  const shop = await createCart({ store, storage: "memory", profile: "v4.3", storageKey: `shop ${count}` });
  const pages = [];
  for (let page = 1; pages.length * PER_PAGE < count; page += 1) {
    pages.push(JSON.stringify(shop.request("GET", `products?per_page=${PER_PAGE}&page=${page}&orderby=id&order=asc`).body));
  }
  shop.close();
  return { snapshot, pages };
}

/** Runs in Node and in a page: milliseconds of each way, and what is kept. */
async function measure({ createCart, shop, count, caches }) {
  const last = 1000 + (count - 1) * 8;
  const timed = async (act) => {
    const begun = performance.now();
    await act();
    return performance.now() - begun;
  };
  const cartOf = (more) => createCart({ ...shop, storage: "memory", sync: "manual", products: { refresh: "manual" }, storageKey: "bench", ...more });
  let cart;
  const opened = await timed(async () => (cart = await cartOf()));
  cart.close();
  const snapshot = await timed(async () => (cart = await cartOf({ store: shop.snapshot })));
  cart.close();
  cart = await cartOf();
  await cart.products.forget();
  let kept;
  const refresh = await timed(async () => (kept = await cart.products.refresh()));
  if (kept.loaded !== count) throw new Error(`${kept.loaded} products were learned`);
  cart.close();
  cart = await cartOf();
  const restore = await timed(() => cart.products.restore());
  cart.addItem({ id: last - (last % 40 === 32 ? 8 : 0) });
  cart.close();
  const cache = await caches.open("bench:products");
  const texts = [];
  for (let page = 0; ; page += 1) {
    const one = await cache.match(`https://cocart-wasm.invalid/products/${page}`);
    if (!one) break;
    texts.push(await one.text());
  }
  return { opened, snapshot, refresh, restore, texts };
}

/** So many turns of it, and their fastest. */
async function often(turn) {
  const turns = [];
  for (let at = 0; at < TIMES; at += 1) turns.push(await turn());
  const of = (part) => `${low(turns.map((one) => one[part])).toFixed(0)} (${median(turns.map((one) => one[part])).toFixed(0)})`;
  return { texts: turns[0].texts, times: ["snapshot", "refresh", "restore"].map(of) };
}

async function inNode(count, { snapshot, pages }) {
  globalThis.caches = fakeCaches();
  const fetch = async (address) => {
    const { pathname, searchParams } = new URL(address);
    const text = pathname.endsWith(".json") ? snapshot : pages[Number(searchParams.get("page")) - 1];
    return new Response(text, { headers: { "x-wp-total": String(count) } });
  };
  const shop = { storeUrl: SHOP, snapshot: `${SHOP}/snapshot.json`, fetch };
  return often(() => measure({ createCart, shop, count, caches: globalThis.caches }));
}

/** The same in Chromium, over loopback, in the browser's own Cache API. */
async function inChromium(browser, shops) {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const [, name, count, rest] = /^\/(pkg|shop)\/([^/]+)\/?(.*)$/.exec(pathname) ?? [];
    const type = { js: "text/javascript", wasm: "application/wasm" }[pathname.split(".").at(-1)] ?? (name === "shop" ? "application/json" : "text/html");
    let body = "<!doctype html><title>Products</title>";
    if (name === "pkg") body = await readFile(join(pkg, count));
    if (name === "shop") body = rest.endsWith(".json") ? shops.get(count).snapshot : shops.get(count).pages[Number(searchParams.get("page")) - 1];
    response.writeHead(200, { "content-type": type, "cache-control": "no-store", "x-wp-total": count ?? "" }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${server.address().port}`;
  const rows = [];
  for (const count of COUNTS) {
    const { times, texts } = await often(async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(address);
      const result = await page.evaluate(async ([source, count]) => {
        const measure = new Function(`return ${source}`)();
        const { createCart } = await import("/pkg/index.js");
        const home = `${location.origin}/shop/${count}`;
        const before = (await navigator.storage.estimate()).usage;
        const result = await measure({ createCart, shop: { storeUrl: home, snapshot: `${home}/snapshot.json` }, count, caches });
        return { ...result, disk: (await navigator.storage.estimate()).usage - before };
      }, [measure.toString(), count]);
      await context.close();
      return { ...result, texts: result.disk };
    });
    rows.push([count.toLocaleString("en-US"), ...times, size(texts)]);
  }
  server.close();
  return rows;
}

const size = (bytes) => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} KB` : `${(bytes / 1e6).toFixed(1)} MB`);
const weigh = (texts, count) => {
  const raw = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const gzip = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
  return [`${size(raw)} / ${size(gzip)}`, `${Math.round(raw / count)} / ${Math.round(gzip / count)}`];
};

const shops = new Map();
const [sizes, node] = [[], []];
for (const count of COUNTS) {
  const texts = await textsOf(count);
  shops.set(String(count), texts);
  const { texts: kept, times } = await inNode(count, texts);
  const name = count.toLocaleString("en-US");
  sizes.push([name, ...weigh([texts.snapshot], count), ...weigh(texts.pages, count), ...weigh(kept, count)]);
  node.push([name, ...times]);
}
const TIME = ["snapshot", "refresh", "restore"];
console.log(`\nBytes raw / gzip, in all and for each product\n\n${table(["products", "snapshot", "each", "refresh: sent by the shop", "each", "kept", "each"], sizes)}`);
console.log(`\nMilliseconds in Node ${process.versions.node}, fastest of ${TIMES} (median)\n\n${table(["products", ...TIME], node)}`);
if (process.env.CHROMIUM) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-dev-shm-usage"] });
  const rows = await inChromium(browser, shops);
  console.log(`\nMilliseconds in Chromium ${browser.version()}, fastest of ${TIMES} (median), over loopback; what the origin's storage grew by\n\n${table(["products", ...TIME, "storage"], rows)}`);
  await browser.close();
}
console.log(`\nLoad ${loadavg()[0].toFixed(1)} on two cores.`);
