// Opens the shop with the network off: the page, the package, the snapshot and the pictures.
//
// The shop's files are kept as whole versions: a page is served from one version only, however long the
// network takes. A new version is fetched beside it, and used when the shopper says so or when no page is open.
import { packageFiles } from "./pkg/sw.js";
import { FILES } from "./files.js";

const VERSION = "shop-version-";
const DATA = "shop-data";
const SLOW_MS = 2500;
const SNAPSHOT = "store-snapshot.json";

const at = (path) => new URL(path, self.registration.scope).href;
const SHELL = [...FILES.map(at), ...packageFiles(at("pkg/"), ["auth", "money"])];
const shell = new Set(SHELL);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  url.hash = "";
  const bare = url.href.split("?")[0];
  if (request.mode === "navigate" && (bare === at("./") || bare === at("beside.html"))) event.respondWith(page(bare, event));
  else if (shell.has(url.href)) event.respondWith(fromVersion(url.href));
  else if (url.href === at(SNAPSHOT)) event.respondWith(freshOrKept(url.href, event));
  else if (request.destination === "image") event.respondWith(keptOrFresh(request));
  // All else, the shop's API before all, is none of this worker's business.
});

self.addEventListener("message", (event) => {
  const { kind } = event.data ?? {};
  if (kind === "look-for-version") event.waitUntil(lookForVersion());
  if (kind === "use-version") event.waitUntil(useNewest().then(() => tell("version-used")));
});

async function install() {
  await keepVersion(await fetchAll());
  await useNewest();
  await keepPictures();
  await self.skipWaiting();
}

// Versions: caches named by when they were fetched

/** The versions kept, oldest first: the first is the one in use. */
const versions = async () => (await caches.keys()).filter((name) => name.startsWith(VERSION)).sort();

/** All files of the shop as they are now; refused as a whole when one is missing. */
async function fetchAll() {
  return Promise.all(
    SHELL.map(async (url) => {
      const response = await fetch(url, { cache: "no-cache" });
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return [url, response];
    }),
  );
}

async function keepVersion(files) {
  const name = VERSION + Date.now();
  const cache = await caches.open(name);
  await Promise.all(files.map(([url, response]) => cache.put(url, response)));
  // Two that wait make no sense: only the one in use and the newest stay.
  const [, ...waiting] = await versions();
  for (const other of waiting) if (other !== name) await caches.delete(other);
}

async function useNewest() {
  const all = await versions();
  for (const name of all.slice(0, -1)) await caches.delete(name);
}

async function lookForVersion() {
  let files;
  try {
    files = await fetchAll();
  } catch {
    return;
  }
  const cache = await caches.open((await versions()).at(-1));
  const same = await Promise.all(files.map(async ([url, response]) => equal(await cache.match(url), response.clone())));
  if (!same.every(Boolean)) await keepVersion(files);
  if ((await versions()).length > 1) await tell("version-ready");
}

async function equal(kept, fresh) {
  if (!kept) return false;
  const [one, other] = await Promise.all([kept, fresh].map(async (response) => new Uint8Array(await response.arrayBuffer())));
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

async function tell(kind) {
  for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage({ kind });
}

// Answers

async function page(url, event) {
  // Nobody is using the version before: this page begins with the newest.
  const others = (await self.clients.matchAll({ type: "window" })).filter(({ id }) => id !== event.clientId);
  if (others.length === 0) await useNewest();
  return fromVersion(url);
}

async function fromVersion(url) {
  const [name] = await versions();
  const kept = name && (await (await caches.open(name)).match(url));
  return kept ?? fetch(url);
}

/** The network's answer while it is quick, what was kept otherwise: never stale for long. */
async function freshOrKept(url, event) {
  const cache = await caches.open(DATA);
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
  const cache = await caches.open(DATA);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
}

async function keepPictures() {
  const cache = await caches.open(DATA);
  await cache.add(at(SNAPSHOT));
  const snapshot = await (await cache.match(at(SNAPSHOT))).json();
  const pictures = (snapshot.products ?? []).map(({ image }) => image && here(image)).filter(Boolean);
  // A missing picture must not cost the shopper the shop.
  await Promise.allSettled([...new Set(pictures)].map((url) => cache.add(url)));
}

/** This shop's own pictures, whatever host name the snapshot was made under. */
function here(address) {
  const url = new URL(address, self.registration.scope);
  const local = /^(localhost|127\.0\.0\.1)$/.test(url.hostname);
  if (!local && url.hostname !== self.location.hostname) return undefined;
  return self.location.origin + url.pathname + url.search;
}
