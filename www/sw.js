// Opens the shop with the network off: the page, the package, the snapshot and its pictures.
import { packageFiles } from "./pkg/sw.js";

const CACHE = "storefront-1";
const SLOW_MS = 2500;
const SNAPSHOT = "store-snapshot.json";

const at = (path) => new URL(path, self.registration.scope).href;
const OWN = [
  "./",
  "app.js",
  "catalogue.js",
  "dom.js",
  "drawer.js",
  "money.js",
  "styles.css",
  "toasts.js",
  "manifest.webmanifest",
  "icons/icon.svg",
  "icons/icon-192.png",
  SNAPSHOT,
];
const SHELL = [...OWN.map(at), ...packageFiles(at("pkg/"))];
const shell = new Set(SHELL);

self.addEventListener("install", (event) => event.waitUntil(precache()));

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  url.hash = "";
  if (request.mode === "navigate" && url.href.split("?")[0] === at("./")) event.respondWith(freshOrKept(at("./"), event));
  else if (shell.has(url.href)) event.respondWith(freshOrKept(url.href, event));
  else if (request.destination === "image") event.respondWith(keptOrFresh(request));
  // All else, the shop's API before all, is none of this worker's business.
});

async function precache() {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.map((url) => new Request(url, { cache: "reload" })));
  const snapshot = await (await cache.match(at(SNAPSHOT))).json();
  const pictures = (snapshot.products ?? []).map(({ image }) => image && here(image)).filter(Boolean);
  // A missing picture must not cost the shopper the shop.
  await Promise.allSettled([...new Set(pictures)].map((url) => cache.add(url)));
  await self.skipWaiting();
}

/** This shop's own pictures, whatever host name the snapshot was made under. */
function here(address) {
  const url = new URL(address, self.registration.scope);
  const local = /^(localhost|127\.0\.0\.1)$/.test(url.hostname);
  if (!local && url.hostname !== self.location.hostname) return undefined;
  return self.location.origin + url.pathname + url.search;
}

/** The network's answer while it is quick, what was kept otherwise: always whole, never stale for long. */
async function freshOrKept(url, event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(url);
  const fresh = fetch(url, { cache: "no-cache" }).then(async (response) => {
    if (!response.ok) throw new Error(String(response.status));
    await cache.put(url, response.clone());
    return response;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  const patience = new Promise((done) => setTimeout(done, SLOW_MS, kept));
  return Promise.race([fresh.catch(() => kept), patience]).then((response) => response.clone());
}

async function keptOrFresh(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
}
