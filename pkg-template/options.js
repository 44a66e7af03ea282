// The options of `createCart`: read, checked, and the sign-in among them made ready.
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
    signedIn,
    cartKey,
    hooks,
  } = options;
  const shape = profile === "v5" && formatted ? "v5-formatted" : profile;
  if (!PROFILES.includes(shape)) invalid(`There is no profile "${profile}".`);
  if (!["auto", "manual", "off"].includes(sync)) invalid(`sync is "auto", "manual" or "off".`);
  if (typeof storageKey !== "string" || !storageKey) invalid("storageKey must be a text.");
  if (ownFetch !== undefined && typeof ownFetch !== "function") invalid("fetch must be a function.");
  if (signedIn !== undefined && typeof signedIn !== "boolean") invalid("signedIn must be true or false.");
  const auth = readAuth(authorization);
  if (![undefined, true, false].includes(hooks) && typeof hooks !== "function") invalid("hooks is true or a function.");
  return {
    profile: shape,
    storage: readStorage(storage),
    storageKey,
    sync: storeUrl === undefined ? "off" : sync,
    storeUrl: storeUrl === undefined ? "" : address(storeUrl),
    restPrefix,
    namespace,
    cartKey: readKey(cartKey),
    fetch: ownFetch,
    auth,
    authorization: auth && (() => auth.authorization()),
    signedIn,
    // how the cart's requests go, once it is open
    transport: {},
  };
}

/** Binds the sign-in to the shop and fetches what it keeps; whether somebody is signed in. */
export async function openAuth({ auth, signedIn, storeUrl, restPrefix, namespace, fetch, transport }) {
  if (!auth) return false;
  auth.bind?.({
    storeUrl,
    restPrefix,
    namespace,
    fetch: (...request) => (transport.fetch ?? fetch ?? globalThis.fetch)(...request),
    refreshed: (success) => transport.refreshed?.(success),
  });
  await auth.load?.();
  return signedIn ?? auth.signedIn ?? true;
}

/** A callback, or a sign-in of `cocart-wasm/auth`. */
function readAuth(authorization) {
  if (authorization === undefined) return undefined;
  if (typeof authorization === "function") return { authorization };
  if (typeof authorization?.authorization === "function") return authorization;
  return invalid("authorization must be a function, or an object with one of that name.");
}

/** Shows the sign-in what the shop answers to requests that were signed. */
export function watched(fetch, auth) {
  return async (input, init) => {
    const response = await fetch(input, init);
    const sent = init?.headers && new Headers(init.headers).get("authorization");
    if (sent) auth.observe(response, sent);
    return response;
  };
}

const LONGEST_KEY = 42;

/** A guest's key as the shop would make it of this one. */
function readKey(cartKey) {
  if (cartKey === undefined || cartKey === null) return undefined;
  if (typeof cartKey !== "string") invalid("cartKey must be a text.");
  const key = cartKey.toLowerCase().replace(/[^a-z0-9_-]/g, "");
  if (!key || key.length > LONGEST_KEY) {
    invalid(`cartKey must have 1 to ${LONGEST_KEY} letters, digits, "_" or "-".`);
  }
  // the shop would say so too, but only once there is a change to tell
  if (/^\d+$/.test(key)) invalid("A cartKey of digits alone is a customer's; sign in instead.");
  return key;
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
export async function readFile(file, what, ownFetch = globalThis.fetch) {
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
