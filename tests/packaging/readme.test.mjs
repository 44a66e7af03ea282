// The README's five minutes, in a folder that has nothing but the tarball.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { test } from "node:test";
import { chromium } from "@playwright/test";
import { blocks, ROOT } from "../node/support/blocks.mjs";
import { project } from "./project.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const [page, program] = ["html", "js"].map((wanted) => blocks({ file: "README.md", text: readFileSync(join(ROOT, "README.md"), "utf8") }).find(({ language }) => language === wanted).code);

/** Serves a folder as any web server would. */
async function serve(folder) {
  const server = createServer((request, response) => {
    const file = join(folder, new URL(request.url, "http://localhost").pathname.replace(/\/$/, "/index.html"));
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

test("the program runs", () => {
  const folder = project("readme");
  writeFileSync(join(folder, "cart.mjs"), program);
  assert.equal(execFileSync("node", ["cart.mjs"], { cwd: folder, encoding: "utf8" }), "25.00\n");
});

test("the page sells, and a reload keeps the cart", async () => {
  const folder = project("readme-page");
  writeFileSync(join(folder, "index.html"), page);
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-dev-shm-usage"] });
  try {
    const tab = await browser.newPage();
    const says = (text) => tab.waitForFunction((text) => document.querySelector("#total").value === text, text, { timeout: 20_000 });
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await says("0 for 0.00");
    for (let count = 0; count < 2; count += 1) await tab.click("#add");
    await says("2 for 25.00");
    await tab.reload();
    await says("2 for 25.00");
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
});
