// What a storefront downloads for `import "cocart-wasm"`, and for each further entry on top of that.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { closure, onDemand } from "./imports.mjs";

const pkg = join(import.meta.dirname, "..", "pkg");
const ceiling = JSON.parse(readFileSync(join(import.meta.dirname, "size-ceiling.json"), "utf8")).gzip;
const manifest = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));

// gzip itself: Node's zlib packs one per cent worse.
const gzip = (bytes) => execFileSync("gzip", ["-9", "-c", "-n"], { input: bytes, maxBuffer: 1 << 26 });

const weigh = (files) =>
  files
    .map((file) => readFileSync(file))
    .map((bytes) => [
      bytes.length,
      gzip(bytes).length,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length,
    ])
    .reduce((sum, one) => sum.map((value, i) => value + one[i]), [0, 0, 0]);

/** The browser's file of an entry of "exports". */
function target(entry) {
  if (typeof entry === "string") return entry;
  return target(entry.browser ?? entry.import ?? entry.default);
}

const row = (name, columns) => console.log(name.padEnd(34) + columns.map((column) => String(column).padStart(10)).join(""));

const main = [...closure([join(pkg, target(manifest.exports["."]))])];
const parts = { wasm: [join(pkg, "cocart_wasm_bg.wasm")], "JavaScript, glue and wrapper": main };
row("bytes", ["raw", "gzip -9", "brotli 11"]);
for (const [name, files] of Object.entries(parts)) row(name, weigh(files));
const total = weigh(Object.values(parts).flat());
row(`${manifest.name} in all`, total);

for (const [name, entry] of Object.entries(manifest.exports)) {
  const file = target(entry);
  if (name === "." || name.includes("*") || !/\.m?js$/.test(file)) continue;
  const own = [...closure([join(pkg, file)])].filter((one) => !main.includes(one));
  row(`+ ${join(manifest.name, name)}`, weigh(own));
}

for (const file of new Set(main.flatMap(onDemand))) {
  row(`+ when asked for: ${relative(pkg, file)}`, weigh([...closure([file])].filter((one) => !main.includes(one))));
}

console.log(`ceiling: ${total[1]} of ${ceiling} bytes gzip (${relative(process.cwd(), join(import.meta.dirname, "size-ceiling.json"))})`);
if (total[1] > ceiling) {
  console.error("the package is above its ceiling");
  process.exit(1);
}
