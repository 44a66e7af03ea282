// For service workers. They have no localStorage: with no page open nothing is sent until the next visit.

const FILES = ["index.js", "account.js", "cart.js", "checkout.js", "errors.js", "batch.js", "fetch.js", "extended.js", "load.js", "options.js", "params.js", "products.js", "sessions.js", "shapes.js", "shop.js", "stock.js", "store.js", "v1.js", "moments.js", "hooks.js", "filters.js", "freeze.js", "hash.js", "messages.js", "templates.js", "cocart_wasm.js", "cocart_wasm_bg.wasm"];

/** The addresses of the package's own files, to be kept for opening offline. @param {string | URL} base */
export function packageFiles(base) {
  return FILES.map((file) => new URL(file, base).href);
}
