// A cart's `cart_hash` costs more than all the rest of an answer, and seldom anyone reads it: it is
// a property that works itself out. To everyone who looks it is an own, enumerable text.

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

/** Gives a cart document in the making its `cart_hash`, which `reader` knows. */
export function putHash(cart, reader) {
  readers.set(cart, reader);
  Object.defineProperty(cart, "cart_hash", cartHash);
}
