// `cart.checkout` and `cart.ordered`, loaded when they are first called.
import { CartError, codes, failure } from "./errors.js";
import { pause } from "./params.js";

/** How often a cart is looked at while a lost request may still arrive. */
const SUSPECT_MS = 2_000;

/** Handing the cart over to the shop's own checkout, and what follows. */
export class Checkout {
  #cart;
  #open;
  #options;
  #handedOver;

  /** `open` gives the cart's engine, or throws where the cart was closed. */
  constructor(cart, open, options) {
    this.#cart = cart;
    this.#open = open;
    this.#options = options;
    this.#handedOver = new HandedOver(options);
  }

  async begin({ signal, ...options } = {}) {
    const cart = this.#cart;
    await cart.sync({ signal });
    // a request given up for lost could still change what is about to be paid for
    while (cart.status.suspect) {
      await pause(SUSPECT_MS, signal);
      await cart.sync({ signal });
    }
    if (cart.status.pending > 0) {
      throw failure(codes.OFFLINE, "The shop cannot be reached, so the cart cannot be paid for yet.");
    }
    const shown = cart.getSnapshot();
    const lines = quantities(shown);
    if (!lines.length) throw new CartError({ code: codes.NO_ITEMS, message: "No items in cart." }, 404);
    const address = checkoutAddress(this.#options, shown, options);
    this.#open().hand_over();
    this.#handedOver.remember(lines);
    return address;
  }

  async ordered({ signal } = {}) {
    const cart = this.#cart;
    const bought = this.#handedOver.recall();
    await cart.sync({ signal });
    // mostly the shop has emptied its cart, and that was adopted
    if (bought.length && cart.status.handedOver) {
      const left = new Map(quantities(cart.getSnapshot()));
      for (const [key, quantity] of bought) {
        if (left.has(key)) left.set(key, left.get(key) - quantity);
      }
      if ([...left.values()].every((quantity) => quantity <= 0)) {
        // with it go the removed lines, which nobody is to put back
        cart.clear();
      } else {
        for (const [key] of bought) {
          if (left.get(key) > 0) cart.updateItem(key, left.get(key));
          else if (left.has(key)) cart.removeItem(key);
        }
      }
      await cart.sync({ signal });
    }
    this.#handedOver.forget();
    return cart.getSnapshot();
  }
}

/** The address at which the shop takes this cart over; on any of its pages. */
function checkoutAddress({ storeUrl, checkoutUrl }, cart, options = {}) {
  const { path, notify, keepCart, queryName = "cocart-load-cart", query } = options;
  const page = path ?? checkoutUrl ?? "checkout/";
  const base = storeUrl ? `${storeUrl}/` : globalThis.location?.href;
  if (!base && !URL.canParse(page)) throw failure(codes.INVALID_OPTION, "There is no shop to pay at: storeUrl was left out.");
  const url = new URL(page, base);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  url.searchParams.set(queryName, cart.cart_key);
  // CoCart 5 wants to see that whoever comes knows the cart; before, it looks at the key alone
  if (/^[0-9a-f]{32}$/.test(cart.cart_hash)) url.searchParams.set("c_hash", cart.cart_hash);
  if (notify !== undefined) url.searchParams.set("notify", String(Boolean(notify)));
  if (keepCart !== undefined) url.searchParams.set("keep-cart", String(Boolean(keepCart)));
  return url.href;
}

/** `[item key, quantity]` of every line. */
function quantities(cart) {
  const lines = Object.values(cart.items);
  return lines.map((line) => [line.item_key, line.quantity.value]);
}

/** What was in the cart when it was handed over: kept over the visit to the shop's checkout. */
class HandedOver {
  #storage;
  #key;

  constructor({ storage, storageKey }) {
    this.#key = `${storageKey}:order`;
    this.#storage = storage === "local" ? localStorageOrNone() : storage;
    if (typeof this.#storage?.getItem !== "function") this.#storage = inMemory();
  }

  remember(lines) {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(lines));
    } catch {
      // No room: what the shop empties is seen all the same.
    }
  }

  recall() {
    try {
      const lines = JSON.parse(this.#storage.getItem(this.#key) ?? "[]");
      return lines.filter(([key, quantity]) => typeof key === "string" && quantity > 0);
    } catch {
      return [];
    }
  }

  forget() {
    this.#storage.removeItem(this.#key);
  }
}

function localStorageOrNone() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

function inMemory() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key),
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  };
}
