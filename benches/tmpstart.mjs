import { chromium } from "playwright";
import { serve } from "./server.mjs";
const here = new URL(".", import.meta.url).pathname;
const site = await serve([["/pkg/", process.argv[2] ?? "/tmp/w/lead/pkg/"], ["/", here]]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox","--disable-dev-shm-usage"] });
const ctx = await browser.newContext(); const page = await ctx.newPage();
page.on("pageerror", e => console.log(String(e)));
await page.goto(site.address + "/start.html"); await page.waitForFunction(() => globalThis.bench);
await page.evaluate(() => bench.fill());
const rows = [];
for (let i = 0; i < 20; i++) {
  await page.reload(); await page.waitForFunction(() => globalThis.bench);
  rows.push(await page.evaluate(async () => {
    const t = {}; const o = performance.now(); const at = () => performance.now() - o;
    const is = WebAssembly.instantiateStreaming; WebAssembly.instantiateStreaming = async (...a) => { t.wasm0 = at(); const r = await is.apply(WebAssembly, a); t.wasm1 = at(); return r; };
    const f = globalThis.fetch; globalThis.fetch = async (...a) => { const n = String(a[0]).includes("shop") ? "shop" : "wasmf"; t[n + "0"] = at(); const r = await f(...a); t[n + "1"] = at(); return r; };
    const { createCart } = await import("/pkg/index.js"); t.imported = at();
    const cart = await createCart({ store: `/shop.json?products=100`, storageKey: "start" }); t.opened = at();
    cart.getSnapshot(); t.shown = at(); return t;
  }));
}
const keys = Object.keys(rows[0]); for (const k of keys) { const v = rows.map(r => r[k]).sort((a, b) => a - b); console.log(k.padEnd(10), v[0].toFixed(1), v[10].toFixed(1)); }
await browser.close(); site.close();
