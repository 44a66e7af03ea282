import { Cart } from "./cart.js";
import { load } from "./load.js";
import { readOptions, readStore } from "./options.js";

export { CartError, codes } from "./errors.js";
export { Cart } from "./cart.js";

/** Opens the shopper's cart. Nothing is loaded or touched before this is called. */
export async function createCart(options) {
  const config = readOptions(options);
  const { store, wasm, checkoutUrl } = options ?? {};
  const [Engine, snapshot] = await Promise.all([
    load(wasm),
    readStore(store, config.fetch),
    // An adapter writes at once, but may have to fetch what it keeps before.
    config.storage.load?.(),
  ]);
  return new Cart(Engine, { ...config, snapshot, checkoutUrl });
}
