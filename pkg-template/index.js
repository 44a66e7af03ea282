// The entry `cocart-wasm`: opens a cart, with what its options ask for and nothing else.
import { Cart } from "./cart.js";
import { notLoaded } from "./errors.js";
import { load } from "./load.js";
import { openAuth, readFile, readOptions } from "./options.js";
import { ahead, openStore, readStore } from "./store.js";

export { CartError, codes } from "./errors.js";
export { Cart } from "./cart.js";

/** Opens the shopper's cart. Nothing is loaded or touched before this is called. */
export async function createCart(options) {
  const config = readOptions(options);
  const { store, wasm, checkoutUrl, hooks, messages, products } = options ?? {};
  // what is said of requests is read by those who say something
  const ofRequests = ["headers", "authHeader", "timeout", "etag"].some((name) => options?.[name] !== undefined);
  const [{ Engine, Store }, open, signedIn, account, language, extension, freshness, wire] = await Promise.all([
    load(wasm),
    openStore(store, config.fetch).then(ahead),
    openAuth(config),
    config.auth && import("./account.js").catch(notLoaded),
    // what few storefronts use is loaded by those alone
    messages && Promise.all([import("./translator.js").catch(notLoaded), readFile(messages, "message catalogue", config.fetch)]),
    hooks && import("./moments.js").catch(notLoaded),
    products && import("./freshness.js").catch(notLoaded),
    ofRequests && import("./wire.js").catch(notLoaded),
    // An adapter writes at once, but may have to fetch what it keeps before.
    config.storage.load?.(),
    config.storage === "local" && touchStorages(),
  ]);
  const requests = wire && { ...wire.readRequestOptions(options), Wire: wire.Wire };
  const translate = language && language[0].translator(language[1]);
  const reading = await readStore(Store, open);
  const cart = new Cart(Engine, reading, { ...config, ...requests, checkoutUrl, store, Store, open, signedIn, Account: account?.Account, translate, Moments: extension?.Moments });
  if (freshness) freshness.keepFresh(cart, config, open, products);
  // a page that has just opened has better things to load
  else if (open.response && config.sync === "auto" && globalThis.document) {
    setTimeout(() => import("./freshness.js").then(({ keepFresh }) => keepFresh(cart, config, open)).catch(() => {}), 2_000);
  }
  if (typeof hooks === "function") hooks(cart);
  return cart;
}

/** The first look at a page's storages waits for another process; here it does so while the module is on its way. */
function touchStorages() {
  try {
    // who listens for what other tabs write to the one opens the other
    void [globalThis.window?.localStorage.length, globalThis.window?.sessionStorage];
  } catch {
    // blocked: the cart is kept in memory
  }
}
