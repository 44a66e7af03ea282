// The framework bindings, an old client and a service worker, each in a small app of its own in Chromium.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { bundle, close, open, serve, visit } from "./build.mjs";

const PKG = join(import.meta.dirname, "../../pkg");

before(open);
after(close);

test("React: rendered on a server, hydrated without a warning, in StrictMode", async () => {
  const rendered = await bundle("react-server", ["../react/server.jsx"], {
    options: { absWorkingDir: join(import.meta.dirname, "react"), entryPoints: ["server.jsx"], platform: "node", conditions: [], mainFields: undefined, external: ["react", "react/*", "react-dom/*"] },
  });
  const { render } = await import(pathToFileURL(join(rendered, "server.js")));
  const html = await render();
  assert.match(html, /<h1>0 for 0(\.00)?<\/h1>/);
  const folder = await bundle("react", ["client.jsx"]);
  const site = await serve(folder, "client.js", html);
  try {
    await visit(site.url, async (page) => {
      await page.waitForFunction(() => document.querySelector("h1").textContent.startsWith("2 for"));
      assert.equal(await page.locator("li").allTextContents().then((texts) => texts.join()), "2 × Mug");
      await page.evaluate(() => drawn.clear());
      await page.getByRole("button").click();
      await page.waitForFunction(() => document.querySelectorAll("li").length === 2);
      // The line that did not change is the same object: React has no reason to draw it again.
      assert.deepEqual(await page.evaluate(() => [...drawn.keys()]), [2]);
      // Another visit begins with the server's page, too, and ends with this browser's cart.
      await page.reload();
      await page.waitForFunction(() => document.querySelector("h1").textContent.startsWith("3 for"));
      await page.evaluate(() => (root.unmount(), cart.addItem({ id: 1 })));
    });
  } finally {
    site.close();
  }
});

test("Vue: a shallow ref of frozen documents, none of them a proxy", async () => {
  const site = await serve(await bundle("vue", ["main.js"], { alias: { vue: "vue/dist/vue.runtime.esm-bundler.js" } }), "main.js");
  try {
    await visit(site.url, async (page) => {
      await page.waitForFunction(() => document.querySelector("h1")?.textContent === "0");
      await page.getByRole("button").click();
      await page.waitForFunction(() => document.querySelector("h1").textContent === "1");
      assert.deepEqual(await page.locator("li").allTextContents(), ["Plate"]);
      assert.equal(await page.evaluate(() => proxies()), 0);
      // The store is left with the component.
      await page.evaluate(() => (app.unmount(), cart.addItem({ id: 1 })));
    });
  } finally {
    site.close();
  }
});

test("Svelte: a store in Svelte's own sense", async () => {
  const site = await serve(await bundle("svelte", ["main.js"]), "main.js");
  try {
    await visit(site.url, async (page) => {
      await page.waitForFunction(() => document.querySelector("h1")?.textContent === "0");
      await page.getByRole("button").click();
      await page.getByRole("button").click();
      await page.waitForFunction(() => document.querySelector("h1").textContent === "2");
      assert.deepEqual(await page.locator("li").allTextContents(), ["Plate"]);
      await page.evaluate(() => (leave(), cart.addItem({ id: 1 })));
    });
  } finally {
    site.close();
  }
});

test("the client of the years before, @cocart/cocart-rest-api with axios, offline", async () => {
  // It signs with Node's crypto, which a bundler for browsers has to be told to leave out; the signature is OAuth's alone.
  const none = "data:text/javascript,export default () => { throw new Error('OAuth needs create-hmac') }";
  const stub = { name: "no-hmac", setup: ({ onResolve, onLoad }) => (onResolve({ filter: /^create-hmac$/ }, () => ({ path: none, namespace: "none" })), onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: decodeURIComponent(none.slice(21)) }))) };
  const site = await serve(await bundle("old-client", ["main.js"], { options: { plugins: [stub] } }), "main.js");
  try {
    await visit(site.url, async (page, _, said) => {
      await page.waitForFunction(() => document.title !== "…");
      assert.deepEqual(JSON.parse(await page.title()), [200, 3, { item_count: 3 }, "400 cocart_invalid_product", '"Mug" has been removed from cart.', 3, "Network Error"]);
      // The policy lets the page connect to itself alone: what is not the cart's was asked of the network, in vain.
      assert.ok(said.length > 0 && said.every((text) => text.includes("/cocart/v2/sessions")), said.join("\n"));
      said.length = 0;
    });
  } finally {
    site.close();
  }
});

test("Workbox: a page opens offline, with its cart and yesterday's products", async () => {
  const folder = await bundle("workbox", ["sw.js"], { define: { "process.env.NODE_ENV": '"production"' } });
  cpSync(PKG, join(folder, "pkg"), { recursive: true });
  cpSync(join(import.meta.dirname, "workbox/page.js"), join(folder, "page.js"));
  cpSync(join(import.meta.dirname, "workbox/products.json"), join(folder, "wp-json/cocart/v2/products"), { recursive: true });
  const site = await serve(folder, "page.js");
  try {
    await visit(site.url, async (page, context, said) => {
      await page.waitForFunction(() => document.title === "ready" && navigator.serviceWorker.controller !== null);
      await page.reload();
      await page.waitForFunction(() => document.title === "ready");
      assert.equal(await page.evaluate(() => products.products.length), 1);
      await context.setOffline(true);
      await page.goto(`${site.url}any/other/page`);
      await page.waitForFunction(() => document.title === "ready");
      assert.equal(await page.evaluate(() => products.products[0].name), "Mug");
      assert.equal(await page.evaluate(() => cart.getSnapshot().item_count), 1);
      assert.equal(await page.evaluate(() => cart.status.pending), 1);
      // The browser says so itself when it looks for products anew behind the page's back.
      assert.ok(said.every((text) => /ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(text)), said.join("\n"));
      said.length = 0;
    });
  } finally {
    site.close();
  }
});

for (const name of ["react", "vue", "svelte"]) {
  test(`cocart-wasm/${name} weighs less than 1 KB`, async () => {
    const { outputFiles } = await build({ entryPoints: [join(PKG, `${name}.js`)], bundle: true, minify: true, format: "esm", write: false, external: ["react", "vue"] });
    const bytes = gzipSync(outputFiles[0].contents, { level: 9 }).length;
    console.log(`cocart-wasm/${name}: ${bytes} bytes gzip`);
    assert.ok(bytes < 1024);
  });
}

test("the service worker's list is the package's own files, and those of the entries that it is told", async () => {
  const { packageFiles } = await import(pathToFileURL(join(PKG, "sw.js")));
  const { exports } = JSON.parse(readFileSync(join(PKG, "package.json"), "utf8"));
  const reachedFrom = (...files) => {
    const reached = new Set();
    const follow = (file) => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const [, path] of readFileSync(join(PKG, file), "utf8").matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)["']\.\/([^"']+)["']/g)) follow(path);
    };
    for (const file of files) follow(file.replace("./", ""));
    return [...reached, "cocart_wasm_bg.wasm"].toSorted();
  };
  const listed = (entries) => packageFiles("https://shop.example/pkg/", entries).map((url) => url.split("/").at(-1)).toSorted();
  assert.deepEqual(listed(), reachedFrom("index.js"));
  const further = Object.keys(exports).filter((name) => exports[name].default && ![".", "./sw"].includes(name));
  assert.ok(further.length > 5);
  for (const name of further) assert.deepEqual(listed([name.slice(2)]), reachedFrom("index.js", exports[name].default), name);
  assert.deepEqual(listed(["auth", "money", "auth"]), reachedFrom("index.js", "auth.js", "money.js"));
  const types = /type Entry = ([^;]+);/.exec(readFileSync(join(PKG, "sw.d.ts"), "utf8"))[1];
  assert.deepEqual(types.split(" | ").map((name) => JSON.parse(name)), further.map((name) => name.slice(2)).toSorted());
  for (const entry of ["admin", "sw", "constructor"]) assert.throws(() => packageFiles("https://shop.example/pkg/", [entry]), /no entry/);
});
