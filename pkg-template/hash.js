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

/**
 * Gives a document in the making what the one before had, but for some names, and a cart its `cart_hash`, which `reader` knows.
 * A loop: of a hundred properties `Object.assign` copies a third in that time, though it is faster for a dozen.
 */
export function copy(document, before = { [HASH]: "" }, without = [], reader) {
  if (reader) readers.set(document, reader);
  for (const name of Object.keys(before)) {
    if (reader && name === HASH) Object.defineProperty(document, HASH, cartHash);
    else if (!without.includes(name)) document[name] = before[name];
  }
}
