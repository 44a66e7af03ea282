// The store snapshot on its way into the module, in pieces: a catalogue of ten thousand products must not hold up a frame.
import { codes, failure } from "./errors.js";

/** What is read at once, in bytes; and how long the page may wait for its turn, in milliseconds. */
const PIECE = 16 * 1024;
const TURN = 6;
/** Entries of a list that become text at once. */
const ENTRIES = 100;

/** Begins to fetch the snapshot: an object as it is, anything else is an address. */
export async function openStore(store, ownFetch = globalThis.fetch) {
  if (store === undefined || store === null) return () => ["{}"];
  if (Array.isArray(store)) throw failure(codes.INVALID_OPTION, "The store snapshot must be an object.");
  if (typeof store === "object" && !(store instanceof URL)) return () => texts(store);
  const response = await ownFetch(String(store)).catch((cause) => unavailable(store, cause));
  if (!response.ok) unavailable(store, new Error(`${response.status} ${response.statusText}`));
  return Object.assign(() => bytes(response, store), { response });
}

/** Hands the snapshot over, and lets the page breathe in between. */
export async function readStore(Store, open, progress) {
  const reading = new Store();
  const encoder = new TextEncoder();
  let since = performance.now();
  try {
    for await (const piece of open()) {
      const whole = typeof piece === "string" ? encoder.encode(piece) : piece;
      progress?.(whole.length);
      for (let at = 0; at < whole.length; at += PIECE) {
        reading.feed(whole.subarray(at, at + PIECE));
        if (performance.now() - since < TURN) continue;
        await breathe();
        since = performance.now();
      }
    }
  } catch (error) {
    reading.free();
    throw error;
  }
  return reading;
}

/** Begins to read what comes, so that it is here by the time the module is. */
export function ahead(open) {
  if (!open.response) return open;
  const pieces = open();
  const first = pieces.next();
  first.catch(() => {});
  return Object.assign(async function* () {
    const { done, value } = await first;
    if (!done) yield value;
    yield* pieces;
  }, open);
}

async function* bytes(response, store) {
  try {
    const reader = response.body?.getReader();
    if (!reader) return yield await response.text();
    for (let part, first = true; !(part = await reader.read()).done; first = false) {
      // A page of HTML is not a snapshot with a mistake in it: the shop is not there.
      if (first && !/^\s*\{/.test(new TextDecoder().decode(part.value.subarray(0, 64)))) throw new Error("It is not JSON.");
      yield part.value;
    }
  } catch (cause) {
    unavailable(store, cause);
  }
}

/** An object's JSON with its long lists in parts. */
function* texts(store) {
  try {
    yield* fields(store, { products: list, catalogue: (catalogue) => fields(catalogue, { details: list }) });
  } catch (cause) {
    throw failure(codes.INVALID_OPTION, "The store snapshot is not plain data.", cause);
  }
}

function* fields(object, parted) {
  if (object === null || typeof object !== "object" || Array.isArray(object)) return yield JSON.stringify(object) ?? "null";
  let before = "{";
  for (const [name, value] of Object.entries(object)) {
    const part = Object.hasOwn(parted, name) && parted[name];
    const text = part ? "" : JSON.stringify(value);
    if (text === undefined) continue;
    yield `${before}${JSON.stringify(name)}:${text}`;
    if (part) yield* part(value);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

function* list(entries) {
  if (!Array.isArray(entries)) return yield JSON.stringify(entries) ?? "null";
  let before = "[";
  for (let at = 0; at < entries.length; at += ENTRIES) {
    yield before + JSON.stringify(entries.slice(at, at + ENTRIES)).slice(1, -1);
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
}

/** Lets everything that waits go first; `scheduler.yield` would come back before timers and messages. */
export function breathe() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(0);
  });
}

function unavailable(store, cause) {
  throw failure(codes.STORE_UNAVAILABLE, `The store snapshot could not be loaded from ${store}.`, cause);
}
