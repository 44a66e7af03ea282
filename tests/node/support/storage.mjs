// What `createCart` and the sign-ins take as their storage.

/** A storage adapter in memory, whose content can be looked through: given to a second cart, it is what a reload finds. */
export function makeStorage() {
  const kept = new Map();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
    keys: () => kept.keys(),
  };
}
