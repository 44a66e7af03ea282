// What runs in Chromium: all contestants on one page, taking turns on the same work.
import { contestant as decimal } from "./contestants/decimal.mjs";
import { contestant as ours } from "./contestants/package.mjs";
import { contestant as reducer } from "./contestants/reducer.mjs";
import { contestant as toolkit } from "./contestants/toolkit.mjs";
import { contestant as shoppingCart } from "./contestants/use-shopping-cart.mjs";
import { foldings } from "./folding.mjs";

const CONTESTANTS = [ours("reference"), ours("v4.3"), reducer, toolkit, shoppingCart, decimal("reference"), decimal("v4.3")];

/** A batch is short, so that most run without being interrupted, and long against the clock's 5 µs. */
const BATCH_MS = 1;
/** No more commands than are journalled before they are folded; a page is given time for that between batches. */
const LARGEST = 48;
/** Changes in one turn where they are saved: the first write of a turn costs the browser most, so all contestants make equally many. */
const SAVED = 8;
const OPERATIONS = ["change", "add", "remove"];

const pause = (milliseconds = 0) => new Promise((done) => setTimeout(done, milliseconds));

/** Microseconds that each operation takes in one batch of them. */
async function batch({ cart, size }, round, saved) {
  let quantity = round % 7;
  const started = performance.now();
  for (let at = 0; at < size; at += 1) {
    quantity = (quantity % 7) + 1;
    const answer = cart.change(quantity);
    if (answer instanceof Promise) await answer;
  }
  const change = (performance.now() - started) / size;
  if (saved) await pause();
  let [add, remove] = [0, 0];
  const pairs = Math.ceil(size / 2);
  for (let at = 0; at < pairs; at += 1) {
    const before = performance.now();
    const added = cart.add();
    if (added instanceof Promise) await added;
    const between = performance.now();
    const removed = cart.remove();
    if (removed instanceof Promise) await removed;
    add += between - before;
    remove += performance.now() - between;
  }
  if (saved) await pause();
  return { change: change * 1000, add: (add / pairs) * 1000, remove: (remove / pairs) * 1000 };
}

/** Warms a contestant up and finds its batch. */
async function prepare(contestant, work) {
  const turn = { ...contestant, cart: await contestant.open(work), size: 2, times: [], folded: 0, changes: 0 };
  let { change } = await batch(turn, 0, work.saved);
  for (const until = performance.now() + 400; performance.now() < until; ) ({ change } = await batch(turn, 1, work.saved));
  turn.size = work.saved ? SAVED : Math.min(LARGEST, Math.max(1, Math.round((BATCH_MS * 1000) / change)));
  return turn;
}

/** One row of the table for every contestant: `{ name, leavesOut, times, fold }`. */
async function compare({ lines, saved, seconds }) {
  localStorage.clear();
  const shop = await (await fetch(`/shop.json?products=${lines + 1}`)).json();
  const turns = [];
  for (const contestant of CONTESTANTS) turns.push(await prepare(contestant, { shop, lines, saved }));
  agree(turns);
  const until = performance.now() + seconds * 1000;
  for (let round = 0; round < 8 || performance.now() < until; round += 1) {
    for (let at = 0; at < turns.length; at += 1) {
      const turn = turns[(at + round) % turns.length];
      foldings.length = 0;
      turn.times.push(await batch(turn, round, saved));
      turn.folded += foldings.reduce((sum, time) => sum + time, 0);
      turn.changes += turn.size + 2 * Math.ceil(turn.size / 2);
    }
  }
  agree(turns);
  for (const { cart } of turns) cart.close();
  return turns.map(({ name, leavesOut, times, folded, changes }) => ({
    name,
    leavesOut,
    times: Object.fromEntries(OPERATIONS.map((operation) => [operation, times.map((batch) => batch[operation])])),
    fold: (folded / changes) * 1000,
  }));
}

/** The documents of the carts that give any are the same, profile by profile, but for what the rows say is left out. */
function agree(carts) {
  for (const profile of ["reference", "v4.3"]) {
    const own = carts.filter(({ name }) => name.endsWith(`, ${profile}`));
    const [first, ...others] = own.map(({ cart }) => {
      cart.change(3);
      cart.add();
      cart.remove();
      return comparable(cart.change(2));
    });
    for (const other of others) {
      if (other !== first) throw new Error(`the documents differ (${profile}):\n${difference(first, other)}`);
    }
  }
}

function comparable(document) {
  const { cart_hash, cart_key, ...rest } = document;
  return JSON.stringify(rest, null, 1);
}

function difference(a, b) {
  const [one, two] = [a.split("\n"), b.split("\n")];
  const at = one.findIndex((line, at) => line !== two[at]);
  return `${one.slice(at - 2, at + 3).join("\n")}\n--- against\n${two.slice(at - 2, at + 3).join("\n")}`;
}

globalThis.bench = { compare };
