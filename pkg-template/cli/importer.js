// The importer is Rust (tools/snapshot), a module of its own: a storefront never loads it.
import { readFileSync } from "node:fs";
import { initSync, run } from "./snapshot_wasm.js";

let ready = false;

/** Gives the importer a task, `{ task, sources, release, previous?, generated? }`; its answer is JSON text. */
export function importer(input) {
  if (!ready) initSync({ module: readFileSync(new URL("snapshot_wasm_bg.wasm", import.meta.url)) });
  ready = true;
  return run(JSON.stringify(input));
}

export const version = () => JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
