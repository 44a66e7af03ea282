import { chromium } from "playwright"; import { writeFileSync } from "node:fs";
import { serve } from "./server.mjs";
const here = new URL(".", import.meta.url).pathname;
const site = await serve([["/pkg/", process.argv[2]], ["/", here]]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox","--disable-dev-shm-usage", ...(process.env.JSF ? ["--js-flags=" + process.env.JSF] : [])] });
const ctx = await browser.newContext(); const page = await ctx.newPage();
await page.goto(site.address + "/start.html"); await page.waitForFunction(() => globalThis.bench);
await page.evaluate(() => bench.fill());
const cdp = await ctx.newCDPSession(page); const times = [];
for (let i = 0; i < 12; i++) {
  await page.reload(); await page.waitForFunction(() => globalThis.bench);
  if (i === 11) { await cdp.send("Profiler.enable"); await cdp.send("Profiler.setSamplingInterval", { interval: 100 }); await cdp.send("Profiler.start"); }
  times.push(await page.evaluate(() => bench.start()));
}
const { profile } = await cdp.send("Profiler.stop"); writeFileSync("/tmp/start.cpuprofile", JSON.stringify(profile));
const f = k => { const v = times.slice(0, 11).map(t => t[k]).sort((a, b) => a - b); return `${k} ${v[0].toFixed(1)} ${v[5].toFixed(1)}`; }; console.log(["all", "import", "open", "document"].map(f).join("  ")); console.log("profiled", times[11]);
await browser.close(); site.close();
