// Serves a folder from loopback, as any web server would.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };

/** `headers` go with every answer, a content security policy say. Gives the address of the folder's `index.html`, and the end. */
export async function serve(folder, headers = {}) {
  const server = createServer((request, response) => {
    // what leads out of the folder the URL itself has taken away
    const { pathname } = new URL(request.url, "http://localhost");
    const file = join(folder, pathname.replace(/\/$/, "/index.html"));
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return void response.writeHead(404).end();
    response.writeHead(200, { ...headers, "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => (server.closeAllConnections(), server.close()),
  };
}
