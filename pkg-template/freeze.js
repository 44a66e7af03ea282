// Frozen documents, and copies of them to be changed.
const HASH = "cart_hash";

/** Plain data, frozen all the way down; a branch that is frozen already was handed out before. */
export function freeze(value) {
  if (value === null || typeof value !== "object" || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const name of Object.keys(value)) if (name !== HASH) freeze(value[name]);
  return value;
}

/** Whether a document's hash works itself out when it is read (`hash.js`). */
export function hasOpenHash(document) {
  return Object.getOwnPropertyDescriptor(document, HASH)?.get !== undefined;
}

/** A copy to be changed; an open hash stays open. */
export function copy(document, changes) {
  if (!hasOpenHash(document)) return { ...document, ...changes };
  const own = Object.fromEntries(Object.keys(document).map((name) => [name, name === HASH ? "" : document[name]]));
  Object.defineProperty(own, HASH, { enumerable: true, configurable: true, get: () => document[HASH] });
  return Object.assign(own, changes);
}
