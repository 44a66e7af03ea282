// Builds an app of this folder on the package and opens it in Chromium.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { compile } from "svelte/compiler";
import { serve as serveFolder } from "../support/serve.mjs";

const ROOT = join(import.meta.dirname, "../..");
const PKG = join(ROOT, "pkg");
// Vue's runtime-only build and React's development build both do without `eval`.
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; base-uri 'none'";

const svelte = {
  name: "svelte",
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, ({ path }) => ({ contents: compile(readFileSync(path, "utf8"), { filename: path, generate: "client", dev: true }).js.code, loader: "js" }));
  },
};

/** Bundles entries of an app; gives the folder. */
export async function bundle(app, entries, more = {}) {
  const folder = join(ROOT, "target/apps", app);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { warnings } = await build({
    absWorkingDir: join(import.meta.dirname, app),
    entryPoints: entries,
    outdir: folder,
    bundle: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxDev: false,
    mainFields: ["browser", "module", "main"],
    conditions: ["browser"],
    alias: { "cocart-wasm": PKG, ...more.alias },
    define: { "process.env.NODE_ENV": '"development"', __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "true", ...more.define },
    plugins: [svelte],
    logLevel: "silent",
    ...more.options,
  });
  if (warnings.length) throw new Error(warnings.map(({ text }) => text).join("\n"));
  copyFileSync(join(PKG, "cocart_wasm_bg.wasm"), join(folder, "cocart_wasm_bg.wasm"));
  return folder;
}

/** Serves a folder; `inside` is what the page's root holds. */
export function serve(folder, script, inside = "") {
  writeFileSync(join(folder, "index.html"), `<!doctype html><meta charset="utf-8"><title>…</title><div id="root">${inside}</div><script type="module" src="/${script}"></script>\n`);
  return serveFolder(folder, { "content-security-policy": POLICY });
}

let browser;
export async function open() {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-quic", "--disable-dev-shm-usage"] });
}
export const close = () => browser.close();

/** Opens a page; `said` is every warning and error it makes. */
export async function visit(url, act) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => {
    const isIcon = message.location().url.endsWith("/favicon.ico");
    if (["error", "warning"].includes(message.type()) && !isIcon) said.push(message.text());
  });
  page.on("pageerror", (error) => said.push(String(error)));
  try {
    await page.goto(url);
    await act(page, context, said);
    if (said.length) throw new Error(said.join("\n"));
  } catch (error) {
    throw new Error([error.message, ...said].join("\n"));
  } finally {
    await context.close();
  }
}
