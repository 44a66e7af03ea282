// `npx cocart-wasm snapshot` from the tarball: as a dependency, and in a folder that knows nothing of it.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { KEY, SECRET, recordedShop, serve } from "../node/support/woocommerce.mjs";
import { project, tarball } from "./project.mjs";

const start = promisify(execFile);
const manifest = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

test("npx in a project that has the package: a snapshot, and a cart that computes with it", async (t) => {
  const folder = project("npx");
  const shop = await serve(recordedShop());
  t.after(shop.close);
  const env = { ...process.env, COCART_SNAPSHOT_KEY: KEY, COCART_SNAPSHOT_SECRET: SECRET };
  const { stdout, stderr } = await start("npx", ["--no-install", "cocart-wasm", "snapshot", "--url", shop.url], { cwd: folder, env, maxBuffer: 1 << 24 });
  assert.match(stderr, /snapshot: 39 products/);
  writeFileSync(join(folder, "store-snapshot.json"), stdout);
  writeFileSync(
    join(folder, "total.js"),
    `import { readFileSync } from "node:fs";
import { createCart } from "cocart-wasm";
const store = JSON.parse(readFileSync("store-snapshot.json", "utf8"));
const cart = await createCart({ store, storage: "memory", profile: "v4.3" });
console.log(cart.addItem({ id: 101, quantity: 2 }).totals.total);
cart.close();
`,
  );
  assert.equal(execFileSync("node", ["total.js"], { cwd: folder, encoding: "utf8" }).trim(), "5899");
});

test("npx in a fresh folder", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "cocart-npx-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const npx = (...args) => start("npx", ["--offline", "--yes", "--package", tarball, "cocart-wasm", ...args], { cwd: folder });
  assert.match((await npx("--help")).stdout, /^Usage: cocart-wasm snapshot/);
  const wrong = await npx("snapshot", "--url", "http://shop.example").catch((error) => error);
  assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
});

test("what storefronts load knows nothing of the command", () => {
  const own = join(project("without-command"), "node_modules", "cocart-wasm");
  const { bin, exports, dependencies } = manifest(own);
  assert.deepEqual([bin, dependencies], [{ "cocart-wasm": "cli/main.js" }, undefined]);
  assert.ok(!JSON.stringify(exports).includes("cli/"));
  const loaded = readdirSync(own).filter((name) => name.endsWith(".js"));
  assert.ok(loaded.length > 5);
  for (const name of loaded) assert.ok(!readFileSync(join(own, name), "utf8").includes("cli/"), name);
});
