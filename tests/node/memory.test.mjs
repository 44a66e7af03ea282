// Memory: after ten thousand changes there is as much of it in use as after a hundred.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const pkg = (file) => JSON.stringify(new URL(`../../pkg/${file}`, import.meta.url).href);

/** Runs in a process of its own, where garbage can be collected at will; prints bytes in use after 100 and 10,000 changes. */
const measure = (change, leak = "") => `
  const { instantiate } = WebAssembly;
  let memory;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate(...given);
    ({ memory } = (made.instance ?? made).exports);
    return made;
  };
  const { createCart } = await import(${pkg("index.js")});
  const products = Array.from({ length: 40 }, (_, at) => ({ id: at + 1, name: "Product " + at, slug: "p" + at, price: "2.50" }));
  const kept = new Map();
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
  const cart = await createCart({ store: { format: 1, complete: true, settings: { calc_taxes: true }, products }, storage });
  cart.addItems(Array.from({ length: 20 }, (_, at) => ({ id: at + 1, quantity: 1 })));
  const keys = Object.keys(cart.getSnapshot().items);
  let seen;
  cart.subscribe(() => (seen = cart.getSnapshot()));
  const leaked = [];
  const change = (at) => { ${change}; ${leak} };
  const use = async () => {
    await new Promise((done) => setTimeout(done, 20));
    for (let i = 0; i < 4; i += 1) gc();
    return { heap: process.memoryUsage().heapUsed, module: memory.buffer.byteLength, kept: [...kept.values()].join("").length };
  };
  let at = 0;
  const reach = async (changes) => {
    for (; at < changes; at += 1) {
      change(at);
      if (at % 64 === 0) {
        await new Promise((done) => setTimeout(done));
        // documents that nobody holds keep the lines for their hashes until they are collected
        gc();
      }
    }
    return use();
  };
  // The first hundreds fill caches that stay, and V8's own tables of optimized code.
  const early = await reach(400);
  const late = await reach(10_400);
  console.log(JSON.stringify({ early, late }));
  process.exit();
`;

const run = (code) => JSON.parse(execFileSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", code], { encoding: "utf8", timeout: 500_000 }));

const QUANTITY = "cart.updateItem(keys[at % 20], (at % 9) + 1)";
const COMINGS = "const id = 21 + (at % 20); const { items } = cart.addItem({ id }); cart.removeItem(Object.keys(items).at(-1))";
const SLACK = 400_000;
// The module's memory comes in pages and is never given back: a few more at the highest tide are no leak.
const PAGES = 8 * 65_536;

for (const [name, change] of Object.entries({ "quantity changes": QUANTITY, "lines that come and go": COMINGS })) {
  test(`ten thousand ${name} leave no memory behind`, () => {
    const { early, late } = run(measure(change));
    assert.ok(late.heap - early.heap < SLACK, `the heap grew from ${early.heap} to ${late.heap}`);
    assert.ok(late.module - early.module <= PAGES, `the module grew from ${early.module} to ${late.module}`);
    assert.ok(late.kept < early.kept * 1.5 + 40_000, `what is kept grew from ${early.kept} to ${late.kept} characters`);
  });
}

test("the measurement notices a leak of a hundred bytes a change", () => {
  const { early, late } = run(measure(QUANTITY, "leaked.push({ seen, at, text: 'x'.repeat(8) + at })"));
  assert.ok(late.heap - early.heap > SLACK, `${late.heap - early.heap} bytes were noticed`);
});
