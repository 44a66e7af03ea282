// The README's five minutes, in a folder that has nothing but the tarball.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { chromium } from "@playwright/test";
import { blocks, ROOT } from "../node/support/blocks.mjs";
import { serve } from "../support/serve.mjs";
import { project } from "./project.mjs";

const [page, program] = ["html", "js"].map((wanted) => blocks({ file: "README.md", text: readFileSync(join(ROOT, "README.md"), "utf8") }).find(({ language }) => language === wanted).code);

test("the program runs", () => {
  const folder = project("readme");
  writeFileSync(join(folder, "cart.mjs"), program);
  assert.equal(execFileSync("node", ["cart.mjs"], { cwd: folder, encoding: "utf8" }), "25.00\n");
});

test("the page sells, and a reload keeps the cart", async () => {
  const folder = project("readme-page");
  writeFileSync(join(folder, "index.html"), page);
  const site = await serve(folder);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-dev-shm-usage"] });
  try {
    const tab = await browser.newPage();
    const says = (text) => tab.waitForFunction((text) => document.querySelector("#total").value === text, text, { timeout: 20_000 });
    await tab.goto(site.url);
    await says("0 for 0.00");
    for (let count = 0; count < 2; count += 1) await tab.click("#add");
    await says("2 for 25.00");
    await tab.reload();
    await says("2 for 25.00");
  } finally {
    await browser.close();
    site.close();
  }
});
