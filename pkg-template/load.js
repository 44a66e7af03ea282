// The WebAssembly module, loaded once for all carts of a page.
import init, { Engine, Store } from "./cocart_wasm.js";
import { codes, failure } from "./errors.js";

let loading;

/** Loads the module once; a failed try may be repeated. @param {unknown} [source] */
export function load(source) {
  loading ??= start(source).catch((cause) => {
    loading = undefined;
    throw failure(codes.LOAD_FAILED, "The cart's WebAssembly module could not be loaded.", cause);
  });
  return loading;
}

async function start(source) {
  const url = new URL("cocart_wasm_bg.wasm", import.meta.url);
  // Node's fetch does not read files. Asked for this way, bundlers for browsers see no import.
  const file = url.protocol === "file:" && globalThis.process?.getBuiltinModule?.("node:fs");
  await init({ module_or_path: source ?? (file ? await file.promises.readFile(url) : url) });
  return { Engine, Store };
}
