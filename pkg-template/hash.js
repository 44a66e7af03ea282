// A cart's `cart_hash` costs more than all the rest of an answer, and seldom anyone reads it: it is
// a property that works itself out. To everyone who looks it is an own, enumerable text.

const HASH = "cart_hash";
const readers = new WeakMap();

const cartHash = {
  enumerable: true,
  get() {
    for (let cart = this; cart; cart = Object.getPrototypeOf(cart)) {
      const hash = readers.get(cart);
      if (typeof hash === "string") return hash;
      const text = hash?.text();
      if (text !== undefined) {
        hash.free();
        readers.set(cart, text);
        return text;
      }
    }
    return undefined;
  },
};

/** Gives a cart document in the making its `cart_hash`, which `reader` knows, and what else the one before had. */
export function putHash(cart, reader, before = { [HASH]: "" }) {
  readers.set(cart, reader);
  for (const name in before) {
    if (name === HASH) Object.defineProperty(cart, HASH, cartHash);
    else cart[name] = before[name];
  }
}
