// The importer is Rust (tools/snapshot), a module of its own: a storefront never loads it.
import { readFileSync } from "node:fs";
import { initSync, run } from "./snapshot_wasm.js";

/** What the importer needs in memory for each byte of its input, measured; it takes more where that is not enough. */
const ROOM = 9;

let wasm;

/** Gives the importer a task, `{ task, sources, release, previous?, generated? }`; its answer is JSON text. */
export function importer(input) {
  wasm ??= initSync({ module: readFileSync(new URL("snapshot_wasm_bg.wasm", import.meta.url)) });
  const text = JSON.stringify(input);
  // Memory that grows bit by bit makes Node collect garbage at every bit: minutes in a shop of 10,000 products. So it grows once.
  const room = Math.min(text.length * ROOM, 2 ** 30);
  wasm.__wbindgen_free(wasm.__wbindgen_malloc(room, 1) >>> 0, room, 1);
  return run(text);
}

export const version = () => JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
