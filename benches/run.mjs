// `make bench`: this package beside what a storefront would use instead, in Chromium; prints tables and writes docs/bench.md.
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./server.mjs";

const root = join(import.meta.dirname, "..");
const out = join(root, "target", "bench");
const only = process.env.ONLY?.split(",");

mkdirSync(out, { recursive: true });
await build({
  entryPoints: [join(import.meta.dirname, "page.mjs")],
  outfile: join(out, "page.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  external: ["/pkg/*"],
  // use-shopping-cart would load a script from Stripe on import.
  alias: { "@stripe/stripe-js": join(import.meta.dirname, "nothing.mjs") },
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
const site = await serve([["/pkg/", join(root, "pkg")], ["/", out], ["/", import.meta.dirname]]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking"] });
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  page.on("console", (message) => console.log(message.text()));
  await page.goto(`${site.address}/page.html`);
  await page.waitForFunction(() => globalThis.bench);
  for (const saved of [false, true]) {
    for (const lines of [1, 10, 100, 1000]) {
      const rows = await page.evaluate((work) => bench.compare(work), { lines, saved, seconds: Number(process.env.SECONDS ?? 8) });
      const ours = rows[0];
      console.log(`\n${lines} lines, ${saved ? "saved" : "not saved"}`);
      for (const { name, times, fold } of rows) {
        const cells = Object.entries(times).map(([what, list]) => {
          const ratio = median(list.map((time, at) => time / ours.times[what][at]));
          return `${what} ${low(list)} ${round(median(list))} ×${ratio.toFixed(2)}`;
        });
        console.log(`  ${name.padEnd(42)} ${cells.join("   ")}  fold ${round(fold)}`);
      }
    }
  }
} finally {
  await browser.close();
  site.close();
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
function low(list) {
  return round(Math.min(...list));
}
function round(microseconds) {
  return microseconds >= 100 ? microseconds.toFixed(0) : microseconds.toFixed(1);
}
