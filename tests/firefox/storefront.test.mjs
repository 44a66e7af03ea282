// The storefront in Firefox: added, reloaded, added to with the shop switched off, reloaded again, and told once it is back.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openFirefox, until } from "./driver.mjs";

const ROOT = join(import.meta.dirname, "../..");
let endpoint;
let url;
let firefox;

before(async () => {
  const program = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/cocart-endpoint");
  endpoint = spawn(program, ["serve", "--port", "0", "--profile", "v4.9", "--www", "www", "--pkg", "pkg"], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const [address] = await once(endpoint.stdout, "data");
  url = String(address).trim();
  firefox = await openFirefox();
});

after(async () => {
  await firefox?.close();
  endpoint?.kill();
});

const control = (data) => fetch(`${url}/__control`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(data) });
const opened = () => until(() => firefox.run('return document.querySelector("#open-cart")?.disabled === false'));
const add = (name) => firefox.run('[...document.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === `Add ${arguments[0]} to the cart`).click()', name);
const page = () => firefox.run('return { count: document.querySelector("#cart-count").textContent, state: document.querySelector("#status").dataset.state, key: document.documentElement.dataset.cartKey }');
const shows = (count, state) => until(async () => ((now) => now.count === count && now.state === state)(await page()));

/** What the shop has in the cart of the page, by name. */
async function atTheShop() {
  const { key } = await page();
  const { items } = await (await fetch(`${url}/wp-json/cocart/v2/cart?cart_key=${key}`)).json();
  return Object.fromEntries(Object.values(items).map((item) => [item.name, item.quantity.value]));
}

test("online, switched off, reloaded, back: the shop has it all once", async () => {
  await firefox.goto(`${url}/`);
  await opened();
  await add("Stoneware Mug");
  await shows("1", "online");
  assert.deepEqual(await atTheShop(), { "Stoneware Mug": 1 });
  await firefox.reload();
  await opened();
  await shows("1", "online");

  await control({ outage: "drop" });
  await add("Canvas Tote Bag");
  await add("Stoneware Mug");
  await shows("3", "offline");
  await firefox.reload();
  await opened();
  await shows("3", "offline");
  await firefox.click("#open-cart");
  assert.equal(await firefox.run('return document.querySelector("#drawer").open && document.querySelectorAll("#lines > li").length'), 2);

  await control({ outage: "none" });
  await shows("3", "online");
  assert.deepEqual(await atTheShop(), { "Stoneware Mug": 2, "Canvas Tote Bag": 1 });
});
