// What every kilobyte of the module buys: the code of each function, before wasm-opt, summed by whose it is.
// usage: node scripts/weight.mjs <module with its name section> [pattern of functions to list one by one]
import { readFileSync } from "node:fs";
import { sections } from "./module.mjs";

const [path, pattern] = process.argv.slice(2);
const { bodies, imported, names } = sections(readFileSync(path));

/** Code that serde's derives make is counted as serde's, whatever type it is for: it is the price of serializing. */
function owner(name) {
  if (/serde|[sS]erialize|[dD]eserialize|::de::/.test(name)) return "serialization (serde, derives)";
  if (/dlmalloc|rlsf/.test(name)) return "allocator";
  const own = /cocart_wasm::\w+/.exec(name);
  if (own) return own[0];
  const crate = /([a-z_][a-z0-9_]*)(\[[0-9a-f]+\])?::/.exec(name)?.[1] ?? "other";
  return ["core", "alloc", "std", "compiler_builtins", "hashbrown"].includes(crate) ? "Rust's own library" : crate;
}

const functions = bodies.map(({ length: size }, i) => ({ size, name: (names[i + imported] ?? "other").replace(/::h[0-9a-f]{16}$/, "").replace(/\[[0-9a-f]{16}\]/g, "") }));
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
