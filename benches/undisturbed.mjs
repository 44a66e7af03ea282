// Chromium without DevTools. Whoever attaches them, as Playwright does, has the page decode every answer once more for the network panel: a
// catalogue of three megabytes then holds the page for eight milliseconds that no shopper waits.
import { chromium } from "@playwright/test";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { serve } from "./server.mjs";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Loads `page` once for each of `jobs`, `{ name, work }` of `globalThis.bench`, and gives their results. */
export async function undisturbed(folders, page, jobs) {
  const waiting = [...jobs];
  const results = [];
  const { promise: done, resolve, reject } = deferred();
  const site = await serve(folders, {
    "/next": () => waiting.shift(),
    "/told": async (request) => {
      const { result, error } = JSON.parse(await text(request));
      if (error) reject(new Error(error));
      results.push(result);
      if (results.length === jobs.length) resolve(results);
      return { more: waiting.length > 0 };
    },
  });
  const profile = await mkdtemp(join(tmpdir(), "cocart-bench-"));
  const child = spawn(process.env.CHROMIUM ?? chromium.executablePath(), [...FLAGS, `--user-data-dir=${profile}`, site.address + page], { stdio: "ignore" });
  const gone = once(child, "exit").then(() => reject(new Error("Chromium ended before its work was done.")));
  try {
    return await done;
  } finally {
    child.kill();
    await gone;
    site.close();
    // its children write on for a moment
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function deferred() {
  let both;
  const promise = new Promise((resolve, reject) => (both = { resolve, reject }));
  return { promise, ...both };
}
