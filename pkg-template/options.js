import { codes, failure } from "./errors.js";

const PROFILES = ["reference", "v4.3", "v4.9", "v5", "v5-formatted"];

/** Reads the options of `createCart` into what the engine takes. */
export function readOptions(options = {}) {
  if (options === null || typeof options !== "object") invalid("The options must be an object.");
  const {
    profile = "reference",
    formatted = false,
    storage = "local",
    storageKey = "cocart",
    sync = "auto",
    storeUrl,
    restPrefix = "wp-json",
    namespace = "cocart",
    fetch: ownFetch,
    authorization,
    cartKey,
    hooks,
  } = options;
  const shape = profile === "v5" && formatted ? "v5-formatted" : profile;
  if (!PROFILES.includes(shape)) invalid(`There is no profile "${profile}".`);
  if (!["auto", "manual", "off"].includes(sync)) invalid(`sync is "auto", "manual" or "off".`);
  if (typeof storageKey !== "string" || !storageKey) invalid("storageKey must be a text.");
  if (cartKey !== undefined && typeof cartKey !== "string") invalid("cartKey must be a text.");
  for (const [name, value] of Object.entries({ fetch: ownFetch, authorization })) {
    if (value !== undefined && typeof value !== "function") invalid(`${name} must be a function.`);
  }
  if (![undefined, true, false].includes(hooks) && typeof hooks !== "function") invalid("hooks is true or a function.");
  return {
    profile: shape,
    storage: readStorage(storage),
    storageKey,
    sync: storeUrl === undefined ? "off" : sync,
    storeUrl: storeUrl === undefined ? "" : address(storeUrl),
    restPrefix,
    namespace,
    cartKey,
    fetch: ownFetch,
    authorization,
  };
}

function readStorage(storage) {
  if (storage === "local" || storage === "memory") return storage;
  const complete = ["getItem", "setItem", "removeItem", "keys"].every(
    (name) => typeof storage?.[name] === "function",
  );
  return complete
    ? storage
    : invalid('storage is "local", "memory" or an object with getItem, setItem, removeItem and keys.');
}

function address(url) {
  try {
    const { href } = new URL(url, globalThis.location?.href);
    return href.replace(/\/+$/, "");
  } catch (cause) {
    return invalid(`storeUrl is not an address: ${url}`, cause);
  }
}

function invalid(message, cause) {
  throw failure(codes.INVALID_OPTION, message, cause);
}

/** A file of the app's: an object as it is, anything else is fetched. */
export async function readFile(file, ownFetch = globalThis.fetch, what) {
  if (Array.isArray(file)) invalid(`The ${what} must be an object.`);
  if (typeof file === "object" && !(file instanceof URL)) return file;
  try {
    const response = await ownFetch(String(file));
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return await response.json();
  } catch (cause) {
    throw failure(codes.STORE_UNAVAILABLE, `The ${what} could not be loaded from ${file}.`, cause);
  }
}
