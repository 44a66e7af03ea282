import { packageFiles } from "cocart-wasm/sw";
import { createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { StaleWhileRevalidate } from "workbox-strategies";

// The package's files have no hash in their names here: the package's version is their revision.
const files = packageFiles(new URL("/pkg/", self.location.origin));
precacheAndRoute([
  ...files.map((url) => ({ url, revision: "0.1.0" })),
  { url: "/index.html", revision: "1" },
  { url: "/page.js", revision: "1" },
]);
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html")));

// The catalogue may be read from yesterday; the cart's own requests are the page's business and never cached.
registerRoute(({ url, request }) => request.method === "GET" && /\/cocart\/v[12]\/products(\/|$)/.test(url.pathname), new StaleWhileRevalidate({ cacheName: "products" }));

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
