// What a page of its own measures: starting with a cart that was kept, and a large catalogue.
import { memory } from "/memory.mjs";
import { written } from "/written.mjs";
const LINES = 100;

/** Fills the kept cart that `start` opens. */
async function fill() {
  const { createCart } = await import("/pkg/index.js");
  const store = await (await fetch(`/shop.json?products=${LINES}`)).json();
  const cart = await createCart({ store, storageKey: "start" });
  cart.addItems(Array.from({ length: LINES }, (_, at) => ({ id: at + 1, quantity: 1 })));
  // Until the journal is folded, as it is for a shopper who comes back.
  for (let at = 0; at < 70; at += 1) cart.updateItem(Object.values(cart.getSnapshot().items)[at].item_key, 2);
  await new Promise((done) => setTimeout(done, 200));
  cart.close();
}

/** Milliseconds from `import` to the first document, files from the browser's cache. */
async function start() {
  const started = performance.now();
  const { createCart } = await import("/pkg/index.js");
  const imported = performance.now();
  const cart = await createCart({ store: `/shop.json?products=${LINES}`, storageKey: "start" });
  const opened = performance.now();
  const lines = Object.keys(cart.getSnapshot().items).length;
  const shown = performance.now();
  if (lines !== LINES) throw new Error(`${lines} lines were restored`);
  return { all: shown - started, import: imported - started, open: opened - imported, document: shown - opened };
}

/** The longest time that the main thread stands still while a catalogue is read, and how long that takes, in milliseconds. */
async function catalogue({ products, as }) {
  const { createCart } = await import("/pkg/index.js");
  const address = `/shop.json?products=${products}`;
  // In the browser's cache, and the module compiled.
  const text = await (await fetch(address)).text();
  (await createCart({ store: { format: 1 }, storage: "memory" })).close();
  const store = as === "object" ? JSON.parse(text) : address;
  let [last, longest, going] = [performance.now(), 0, true];
  // A task of its own comes as often as it can: the longest gap is the longest that anything else had to wait.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (going) port2.postMessage(0);
  };
  port2.postMessage(0);
  await new Promise((done) => setTimeout(done, 50));
  [last, longest] = [performance.now(), 0];
  const started = performance.now();
  const cart = await createCart({ store, storage: "memory", storageKey: "catalogue" });
  const took = performance.now() - started;
  longest = Math.max(longest, performance.now() - last);
  going = false;
  cart.addItem({ id: products, quantity: 1 });
  cart.close();
  return { took, longest, bytes: text.length };
}

globalThis.bench = { fill, start, catalogue, memory, written };
