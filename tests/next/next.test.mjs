// A Next.js app on the tarball: its page is rendered on the server, hydrated in Chromium without a warning, and sells.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { close, open, visit } from "../apps/build.mjs";
import { tarball } from "../packaging/project.mjs";
import { freePort } from "../support/port.mjs";

const folder = join(import.meta.dirname, "../../target/next");
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
let server;
let url;

before(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(import.meta.dirname, "app"), join(folder, "app"), { recursive: true });
  // Named exactly: what a new release breaks is found by raising these, not by a push on that day.
  const dependencies = { next: "16.4.6", react: "19.3.1", "react-dom": "19.3.1", "cocart-wasm": `file:${tarball}` };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "next-app", private: true, type: "module", dependencies }));
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock", "--fetch-retries=5"], { cwd: folder, stdio: "pipe" });
  execFileSync("npx", ["next", "build"], { cwd: folder, env, stdio: "pipe" });
  const port = await freePort();
  url = `http://127.0.0.1:${port}/`;
  server = spawn("node", ["node_modules/next/dist/bin/next", "start", "--port", String(port), "--hostname", "127.0.0.1"], { cwd: folder, env, stdio: "pipe" });
  await new Promise((done, fail) => {
    server.stdout.on("data", (text) => /Ready/.test(text) && done());
    server.on("exit", () => fail(new Error("next start ended")));
  });
  await open();
});

after(async () => {
  server?.removeAllListeners("exit").kill();
  await close();
});

test("rendered, hydrated, added to, reloaded", async () => {
  assert.match(await (await fetch(url)).text(), /<h1>Shop<\/h1>.*<button id="add" disabled=""/);
  await visit(url, async (page) => {
    const holds = (count) => page.waitForFunction((text) => document.querySelector("#add").textContent === text, `${count} in the cart`);
    await holds(0);
    await page.locator("#add").click();
    await holds(1);
    await page.reload();
    await holds(1);
  });
});
