let step;

/**
 * A cart of twenty lines that somebody watches: changes it on, and tells how large the module's memory is, in bytes. `tidied` collects garbage
 * on the way, as a browser does in the pauses that a shopper makes: what JavaScript holds of the module goes with its garbage.
 */
export async function memory({ changes, tidied }) {
  step ??= await open();
  for (let at = 0; at < changes; at += 1) {
    step(at);
    if (at % 64) continue;
    if (tidied) gc();
    await new Promise((done) => setTimeout(done));
  }
  return step.memory.buffer.byteLength;
}

async function open() {
  const { instantiateStreaming } = WebAssembly;
  let exports;
  WebAssembly.instantiateStreaming = async (...given) => {
    const made = await instantiateStreaming(...given);
    exports = made.instance.exports;
    return made;
  };
  const { createCart } = await import("/pkg/index.js");
  const store = await (await fetch("/shop.json?products=20")).json();
  const cart = await createCart({ store, storageKey: "memory" });
  const { items } = cart.addItems(Array.from({ length: 20 }, (_, at) => ({ id: at + 1, quantity: 1 })));
  const keys = Object.keys(items);
  let seen;
  cart.subscribe(() => (seen = cart.getSnapshot()));
  return Object.assign((at) => cart.updateItem(keys[at % 20], (at % 9) + 1) && seen, { memory: exports.memory });
}
