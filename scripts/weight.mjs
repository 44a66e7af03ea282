// What every kilobyte of the module buys: the code of each function, before wasm-opt, summed by whose it is.
// usage: node scripts/weight.mjs <module with its name section> [pattern of functions to list one by one]
import { readFileSync } from "node:fs";

const [path, pattern] = process.argv.slice(2);
const bytes = readFileSync(path);
let at = 8;

const byte = () => bytes[at++];
function number() {
  for (let value = 0, shift = 0; ; shift += 7) {
    const next = byte();
    value += (next & 127) * 2 ** shift;
    if (next < 128) return value;
  }
}
function text() {
  const length = number();
  return bytes.toString("utf8", at, (at += length));
}
const limits = () => {
  const flags = number();
  number();
  if (flags & 1) number();
};
/** What an import says of itself, by kind: function, table, memory, global. */
const imported = [() => (number(), 1), () => (byte(), limits(), 0), () => (limits(), 0), () => (byte(), byte(), 0)];

let imports = 0;
const sizes = [];
const names = [];
while (at < bytes.length) {
  const section = byte();
  const length = number();
  const end = at + length;
  if (section === 2) for (let n = number(); n > 0; n--) (text(), text(), (imports += imported[byte()]()));
  if (section === 10)
    for (let n = number(); n > 0; n--) {
      const size = number();
      sizes.push(size);
      at += size;
    }
  if (section === 0 && text() === "name")
    while (at < end) {
      const kind = byte();
      const rest = number();
      const done = at + rest;
      if (kind === 1) for (let n = number(); n > 0; n--) names[number()] = text();
      at = done;
    }
  at = end;
}

/** Code that serde's derives make is counted as serde's, whatever type it is for: it is the price of serializing. */
function owner(name) {
  if (/serde|[sS]erialize|[dD]eserialize|::de::/.test(name)) return "serialization (serde, derives)";
  if (/dlmalloc|rlsf/.test(name)) return "allocator";
  const own = /cocart_wasm::\w+/.exec(name);
  if (own) return own[0];
  const crate = /([a-z_][a-z0-9_]*)(\[[0-9a-f]+\])?::/.exec(name)?.[1] ?? "other";
  return ["core", "alloc", "std", "compiler_builtins", "hashbrown"].includes(crate) ? "Rust's own library" : crate;
}

const functions = sizes.map((size, i) => ({ size, name: (names[i + imports] ?? "other").replace(/::h[0-9a-f]{16}$/, "").replace(/\[[0-9a-f]{16}\]/g, "") }));
if (pattern) {
  const wanted = functions.filter(({ name }) => new RegExp(pattern).test(name)).sort((a, b) => b.size - a.size);
  for (const { size, name } of wanted) console.log(`${String(size).padStart(8)}  ${name}`);
} else {
  const sums = new Map();
  for (const { size, name } of functions) {
    const [sum, count] = sums.get(owner(name)) ?? [0, 0];
    sums.set(owner(name), [sum + size, count + 1]);
  }
  const all = functions.reduce((sum, { size }) => sum + size, 0);
  console.log("   bytes   share  functions");
  for (const [name, [sum, count]] of [...sums].sort((a, b) => b[1][0] - a[1][0]).slice(0, 30)) {
    console.log(`${String(sum).padStart(8)}  ${((100 * sum) / all).toFixed(1).padStart(5)}%  ${String(count).padStart(5)}  ${name}`);
  }
  console.log(`${String(all).padStart(8)}  of code in ${functions.length} functions`);
}
