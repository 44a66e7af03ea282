// A cart that is changed all day is no larger in the evening: what JavaScript gave back is used again.
import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { shop } from "../../benches/shop.mjs";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

test("memory after 10,000 changes is what it was after 200, once garbage is collected", async () => {
  const { instantiate } = WebAssembly;
  let memory;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate(...given);
    // not what Node loads for itself
    memory ??= made.instance?.exports.memory;
    return made;
  };
  const { createCart } = await import("../../pkg/index.js");
  const cart = await createCart({ store: shop(20), storage: "memory", sync: "off" });
  WebAssembly.instantiate = instantiate;
  const { items } = cart.addItems(Array.from({ length: 20 }, (_, at) => ({ id: at + 1, quantity: 1 })));
  const keys = Object.values(items).map((item) => item.item_key);
  cart.subscribe(() => cart.getSnapshot());
  let changes = 0;
  const changeUntil = async (count) => {
    for (; changes < count; changes += 1) {
      cart.updateItem(keys[changes % 20], (changes % 9) + 1);
      // handles are given back in a turn of their own, after the garbage was found
      if (changes % 64 === 0) collectGarbage(), await turn();
    }
    collectGarbage();
    await turn();
    collectGarbage();
    return { module: memory.buffer.byteLength, javascript: process.memoryUsage().heapUsed };
  };
  // by then the journal was at its longest, and folded once
  const before = await changeUntil(200);
  const after = await changeUntil(10_000);
  assert.equal(after.module, before.module, "the module's memory grew");
  assert.ok(after.javascript < before.javascript * 1.1, `JavaScript's heap grew from ${before.javascript} to ${after.javascript}`);
  cart.close();
});
