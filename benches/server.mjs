// Serves the bench's pages, the package and the bench's shops from loopback, isolated: that makes Chromium's clock finer.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { shop } from "./shop.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const HEADERS = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** A shop as JSON; with the keys its lines will have, so that nobody else needs an MD5. */
export function shopText(products) {
  const snapshot = shop(products);
  for (const product of snapshot.products) product.item_key = createHash("md5").update(String(product.id)).digest("hex");
  return JSON.stringify(snapshot);
}

/** `folders`: what is served below which path, the first that has the file; `routes`: what answers with JSON. Gives the server's address and its end. */
export async function serve(folders, routes = {}) {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    if (pathname === "/shop.json") {
      response.writeHead(200, { ...HEADERS, "content-type": TYPES[".json"], "cache-control": "max-age=3600" });
      return void response.end(shopText(Number(searchParams.get("products"))));
    }
    if (Object.hasOwn(routes, pathname)) {
      const answer = JSON.stringify(await routes[pathname](request));
      response.writeHead(200, { ...HEADERS, "content-type": TYPES[".json"] });
      return void response.end(answer);
    }
    for (const [prefix, folder] of folders) {
      if (!pathname.startsWith(prefix)) continue;
      const file = join(folder, normalize(`/${pathname.slice(prefix.length)}`));
      const bytes = await readFile(file).catch(() => undefined);
      if (!bytes) continue;
      const caching = searchParams.has("fresh") ? "no-store" : "max-age=3600";
      response.writeHead(200, { ...HEADERS, "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": caching });
      return void response.end(bytes);
    }
    response.writeHead(404, HEADERS).end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    close: () => (server.closeAllConnections(), server.close()),
  };
}
