// Serves a folder under a strict content security policy and says what title its page ends with in Chromium.
import { chromium } from "@playwright/test";
import { serve } from "../support/serve.mjs";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'";

let browser;

export async function open() {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-quic", "--disable-dev-shm-usage"] });
}

export const close = () => browser.close();

/** Waits for the page to set its title; a policy violation or an uncaught error is a failure. */
export async function titleOf(url) {
  const page = await browser.newPage();
  const troubles = [];
  page.on("console", (message) => {
    // The icon is the browser's own wish.
    if (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  try {
    await page.goto(url);
    await page.waitForFunction(() => document.title !== "…", undefined, { timeout: 20_000 }).catch((error) => troubles.push(String(error)));
    if (troubles.length) throw new Error(troubles.join("\n"));
    return await page.title();
  } finally {
    await page.close();
  }
}

export async function titleOfFolder(folder) {
  const site = await serve(folder, { "content-security-policy": POLICY });
  try {
    return await titleOf(site.url);
  } finally {
    site.close();
  }
}
