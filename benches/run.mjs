// `make bench`: this package beside what a storefront would use instead, in Chromium; prints tables and writes docs/bench.md.
// ONLY=contest,sdk,start,catalogue,written,memory runs parts and writes nothing; SECONDS= is given to each work of the contest.
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { contest, figure, low, machine, median, table } from "./report.mjs";
import { serve, shopText } from "./server.mjs";
import { undisturbed } from "./undisturbed.mjs";

const here = import.meta.dirname;
const root = join(here, "..");
const out = join(root, "target", "bench");
const only = process.env.ONLY?.split(",");
const seconds = Number(process.env.SECONDS ?? 9);
const LINES = [1, 10, 100, 1000];
const parts = [];

await bundle();
const folders = [["/pkg/", join(root, "pkg")], ["/", out], ["/", here]];
const site = await serve(folders);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking", "--js-flags=--expose-gc"] });
const loadBefore = loadavg()[0];
try {
  if (wanted("contest") || wanted("sdk")) await contests();
  if (wanted("start")) await starts();
  if (wanted("catalogue")) await catalogues();
  if (wanted("written")) await writes();
  if (wanted("memory")) await memories();
} finally {
  await browser.close();
  site.close();
}
if (!only) writeFileSync(join(root, "docs", "bench.md"), document());

function wanted(part) {
  return !only || only.includes(part);
}

function say(title, ...blocks) {
  parts.push(`## ${title}`, ...blocks);
  console.log(["", `## ${title}`, ...blocks].join("\n\n"));
}

async function bundle() {
  mkdirSync(out, { recursive: true });
  await build({
    entryPoints: [join(here, "page.mjs")],
    outfile: join(out, "page.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    external: ["/pkg/*"],
    // use-shopping-cart would load a script from Stripe on import.
    alias: { "@stripe/stripe-js": join(here, "nothing.mjs") },
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  for (const file of ["sdk.html", "sdk.mjs", "nothing.mjs"]) copyFileSync(join(here, file), join(out, file));
  writeFileSync(join(out, "shop.json"), shopText(Math.max(...LINES) + 1));
}

async function open(address) {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  await page.goto(address);
  await page.waitForFunction(() => globalThis.bench);
  return page;
}

/** The development endpoint on loopback, selling the bench's shop. */
async function endpoint() {
  const program = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", "cocart-endpoint");
  const child = spawn(program, ["serve", "--port", "0", "--shop", join(out, "shop.json"), "--www", out, "--pkg", join(root, "pkg")], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  return { address: String(line).match(/http:\/\/[^\s/]+/)[0], close: () => child.kill() };
}

async function contests() {
  const page = wanted("contest") ? await open(`${site.address}/page.html`) : undefined;
  const shop = wanted("sdk") ? await endpoint() : undefined;
  const remote = shop && (await open(`${shop.address}/sdk.html`));
  let known;
  for (const saved of [false, true]) {
    for (const lines of LINES) {
      const rows = page ? await page.evaluate((work) => bench.compare(work), { lines, saved, seconds }) : [];
      known ??= rows;
      if (remote && !saved) {
        const { nothing, ...times } = await remote.evaluate((work) => bench.measure(work), { lines, times: 15 });
        rows.push({ name: "a client in the official SDK's manner, loopback", leavesOut: "nothing: the shop computes; works online alone; the development endpoint is a debug build", times });
        rows.push({ name: "… of which a round trip that computes nothing", leavesOut: "everything", times: { change: nothing, add: nothing, remove: nothing } });
      }
      if (known.length < rows.length) known = rows;
      say(`${lines} ${lines === 1 ? "line" : "lines"}, ${saved ? "saved in localStorage" : "not saved"}`, contest(rows));
    }
  }
  say("What they leave out", table(["contestant", "does not compute"], known.map(({ name, leavesOut }) => [name, leavesOut])));
  await page?.close();
  await remote?.close();
  shop?.close();
}

async function starts() {
  const LOADS = 25;
  const rows = [];
  for (const [what, page] of [["", "/alone.html"], [", preloaded", "/preloaded.html"]]) {
    const loads = Array.from({ length: LOADS }, () => ({ name: "start" }));
    const [, ...times] = await undisturbed(folders, page, [{ name: "fill" }, ...loads]);
    const row = (name, part) => rows.push([name + what, figure(low(times.map((time) => time[part]))), figure(median(times.map((time) => time[part])))]);
    row("import", "import");
    row("createCart: module, snapshot, journal", "open");
    row("first document", "document");
    row("all", "all");
  }
  say(
    "Start: 100 lines restored from localStorage, files and snapshot in the browser's cache",
    `${LOADS} loads each, of a page that knows nothing and of one whose HTML names \`core.js\`, the module and the snapshot, as docs/bundlers.md has it; nobody inspects them.`,
    table(["ms", "min", "median"], rows),
  );
}

async function catalogues() {
  const TIMES = 5;
  const rows = [];
  for (const as of ["address", "object"]) {
    for (const products of [100, 1000, 10_000]) {
      const times = await undisturbed(folders, "/alone.html", Array(TIMES).fill({ name: "catalogue", work: { products, as } }));
      const took = times.map((time) => time.took);
      const longest = times.map((time) => time.longest);
      rows.push([`${products} products, ${as}`, figure(times[0].bytes / 1024), figure(low(took)), figure(median(took)), figure(low(longest)), figure(median(longest))]);
    }
  }
  say(
    "A catalogue: createCart with a snapshot, and the longest that the main thread stood still meanwhile",
    table([`ms, ${TIMES} loads each`, "KB", "all, min", "median", "longest, min", "median"], rows),
  );
}

async function writes() {
  const page = await open(`${site.address}/start.html`);
  const rows = [];
  for (const lines of LINES) {
    const { change, folds, fold } = await page.evaluate((work) => bench.written(work), { lines });
    rows.push([`${lines}`, change, folds, fold]);
  }
  say("Characters written to localStorage, key and text", table(["lines", "one quantity change", "foldings in 128 changes", "one folding"], rows));
  await page.close();
}

async function memories() {
  const rows = [100, 1000, 10_000].map((changes) => [`${changes}`]);
  for (const tidied of [false, true]) {
    const page = await open(`${site.address}/start.html`);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("HeapProfiler.enable");
    let before = 0;
    for (const row of rows) {
      const changes = Number(row[0]);
      const module = await page.evaluate((work) => bench.memory(work), { changes: changes - before, tidied });
      before = changes;
      for (let at = 0; at < 3; at += 1) await devtools.send("HeapProfiler.collectGarbage");
      const { usedSize } = await devtools.send("Runtime.getHeapUsage");
      row.push(figure(usedSize / 1024), figure(module / 1024));
    }
    await page.close();
  }
  say(
    "Memory: a watched cart of 20 lines in localStorage, without a pause and with garbage collected every 64 changes",
    table(["KB after so many changes", "JavaScript", "module", "JavaScript, pauses", "module, pauses"], rows),
  );
}

function document() {
  return `${[
    "# The bench",
    "What \`make bench\` wrote. Chromium's clock is coarse and the machine is not quiet, so contestants take turns in batches of about a millisecond, or of eight changes each where they save: the minimum is the figure to read, the ratio is against the first row, paired round by round.",
    `${machine(browser)}; load ${loadBefore.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after; ${new Date().toISOString().slice(0, 10)}.`,
    ...parts,
  ].join("\n\n")}\n`;
}
