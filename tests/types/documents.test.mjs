// Recorded documents against the types: every form that the recordings hold, in the recorded profile as the server sent it and
// in the others as the engine answers the same requests. What a type does not name, or names otherwise, is an error of tsc.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createCart } from "../../pkg/index.js";
import { GOLDEN, GOLDEN_11, namesOf, read, snapshotsOf } from "../node/support/recordings.mjs";

const ROOT = join(import.meta.dirname, "../..");
const OUT = join(ROOT, "target/types");

const ofV2 = (folder) => namesOf(folder).filter((name) => name.startsWith("v2_"));
const V2 = ofV2(GOLDEN);
/** What the engine is asked in the other profiles: the whole of the recordings would take minutes. */
const SOME = V2.filter((_, at) => at % 12 === 0);

let snapshots;
before(() => {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  snapshots = snapshotsOf(GOLDEN, "--only", `^(${SOME.join("|")})$`);
});
after(() => snapshots.remove());

/** Which type describes an answer; undefined for what is a plugin's, filtered or raw. */
function typeOf({ method, path, query = {}, body }, status, answer) {
  if (status >= 400) return answer?.code ? "ErrorDocument" : undefined;
  const below = path.replace(/^\/wp-json\/cocart\/v2\//, "").replace(/\/$/, "");
  const filters = ["fields", "_fields", "_envelope", "default", "raw", "_jsonp"];
  if (filters.some((name) => name in query || (body && name in body))) return undefined;
  if (answer?.cart_hash !== undefined && answer?.totals !== undefined) return "CartDocument<P>";
  if (method !== "GET") return undefined;
  if (below === "cart/items") return "OrEmpty<Named<CartItem<P>>>";
  if (/^cart\/item\/\w+$/.test(below)) return "CartItem<P>";
  if (below === "cart/totals") return "RawTotals<P>";
  if (below === "store") return "StoreDocument";
  if (below === "products") return "ProductList";
  if (/^products\/[\w-]+$/.test(below) && answer?.id !== undefined) return "ProductDocument";
  return undefined;
}

/** A document's form: two of the same form need to be looked at once. */
function form(value) {
  if (Array.isArray(value)) return `[${[...new Set(value.map(form))].toSorted()}]`;
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  const named = Object.entries(value).map(([name, inner]) => `${/^[0-9a-f]{32}$/.test(name) ? "*" : name}:${form(inner)}`);
  return `{${[...new Set(named)]}}`;
}

function collect(found, type, answer, where) {
  const key = `${type} ${form(answer)}`;
  if (type && !found.has(key)) found.set(key, { type, answer, where });
}

function check(profile, found) {
  const lines = [...found.values()].map(({ type, answer, where }) => `// ${where}\n(${JSON.stringify(answer)}) satisfies ${type};`);
  const head = `import type { CartDocument, CartItem, ErrorDocument, Named, OrEmpty, ProductDocument, ProductList, StoreDocument, RawTotals } from "cocart-wasm";\ntype P = "${profile}";\n`;
  const folder = join(OUT, profile);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "documents.mts"), head + lines.join("\n"));
  const options = { strict: true, noEmit: true, target: "es2022", module: "nodenext", lib: ["es2023", "dom", "dom.iterable"], types: [], paths: { "cocart-wasm": [join(ROOT, "pkg/index.d.ts")] } };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.mts"] }));
  const tsc = createRequire(import.meta.url).resolve("typescript/package.json").replace("package.json", "bin/tsc");
  try {
    execFileSync("node", [tsc, "-p", folder, "--pretty", "false"], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error(`${lines.length} forms\n${error.stdout.slice(0, 6000)}`);
  }
  return lines.length;
}

const recordings = (names, folder = GOLDEN) => names.map((name) => read(folder, `${name}.json`));

test("v4.3, as recorded", { timeout: 300_000 }, () => {
  const found = new Map();
  for (const { name, steps } of [...recordings(V2), ...recordings(ofV2(GOLDEN_11), GOLDEN_11)]) {
    for (const { request, response } of steps) if (request) collect(found, typeOf(request, response.status, response.body), response.body, name);
  }
  const forms = check("v4.3", found);
  console.log(`${forms} forms of v4.3`);
  assert.ok(forms > 100);
});

for (const profile of ["reference", "v4.9", "v5", "v5-formatted"]) {
  test(`${profile}, as the engine answers the recorded requests`, { timeout: 300_000 }, async () => {
    const found = new Map();
    for (const { name, steps } of recordings(SOME)) {
      const cart = await createCart({ store: snapshots.store(name), storage: "memory", storageKey: name, profile });
      for (const { request } of steps) {
        if (!request || !request.path.startsWith("/wp-json/") || request.headers?.Authorization) continue;
        const { method, path, query, body, raw_body: raw, headers } = request;
        const answer = cart.request(method, path.replace("/wp-json", ""), { query: Array.isArray(query) ? new URLSearchParams(query) : query, body: raw ?? body, headers });
        collect(found, typeOf(request, answer.status, answer.body), answer.body, name);
      }
      cart.close();
    }
    const forms = check(profile, found);
    console.log(`${forms} forms of ${profile}`);
    assert.ok(forms > 40);
  });
}
