// Names the functions of a module by the order in which they pack best, for wasm-opt's --reorder-functions-by-name:
// gzip finds again only what stood within its last 32 KB, and what is alike stands anywhere in what a linker makes.
// usage: node scripts/order.mjs <module> <named module>
import { readFileSync, writeFileSync } from "node:fs";
import { leb, section, sections } from "./module.mjs";

/** How many bytes in a row must be alike, and within how many they are looked for: both tried, gzip judged. */
const ALIKE = 6;
const WINDOW = 20 * 1024;
/** What half the functions have in common tells none of them apart. */
const COMMON = 400;

/** The place of each function: after the largest always the one that has most in common with the window before it. */
function ranks(bodies) {
  const window = new Window(bodies);
  const left = new Set(bodies.keys());
  const rank = [];
  let next = bodies.reduce((largest, body, at) => (body.length > bodies[largest].length ? at : largest), 0);
  for (let place = 0; next !== undefined; place += 1) {
    rank[next] = place;
    left.delete(next);
    window.push(next);
    let most = -1;
    next = undefined;
    for (const at of left) if (window.share(at) > most) [most, next] = [window.share(at), at];
  }
  return rank;
}

/** The functions placed last, and how much each function has in common with them. */
class Window {
  #bodies;
  /** Which runs of bytes a function has, and which functions have a run. */
  #runs;
  #owners = new Map();
  /** How often a run stands in the window, and how many of a function's runs do. */
  #seen = new Map();
  #alike;
  #held = [];
  #size = 0;

  constructor(bodies) {
    this.#bodies = bodies;
    this.#alike = new Float64Array(bodies.length);
    this.#runs = bodies.map((body) => {
      const own = new Set();
      for (let at = 0; at + ALIKE <= body.length; at += 1) own.add(body.toString("latin1", at, at + ALIKE));
      return own;
    });
    this.#runs.forEach((own, at) => own.forEach((run) => (this.#owners.has(run) ? this.#owners.get(run).push(at) : this.#owners.set(run, [at]))));
    for (const [run, all] of this.#owners) if (all.length < 2 || all.length > COMMON) this.#owners.delete(run);
  }

  /** Takes one more function in; the oldest go for whom there is no room. */
  push(at) {
    this.#held.push(at);
    this.#size += this.#bodies[at].length;
    this.#count(at, 1);
    while (this.#size > WINDOW && this.#held.length > 1) {
      const gone = this.#held.shift();
      this.#size -= this.#bodies[gone].length;
      this.#count(gone, -1);
    }
  }

  /** The share of a function that stands in the window; the shortest, which are alike by chance, have less of it. */
  share(at) {
    return this.#alike[at] / (this.#bodies[at].length + 20);
  }

  #count(at, step) {
    for (const run of this.#runs[at]) {
      const all = this.#owners.get(run);
      if (!all) continue;
      const before = this.#seen.get(run) ?? 0;
      this.#seen.set(run, before + step);
      if (before === 0 || before + step === 0) for (const one of all) this.#alike[one] += step;
    }
  }
}

/** The custom section that names functions. */
function names(imported, rank) {
  const text = (value) => [...leb(value.length), ...Buffer.from(value)];
  const name = (letter, place) => text(letter + String(place).padStart(6, "0"));
  const all = [...Array.from({ length: imported }, (_, at) => name("a", at)), ...rank.map((place) => name("f", place))];
  const map = [...leb(all.length), ...all.flatMap((one, at) => [...leb(at), ...one])];
  return section(0, [...text("name"), 1, ...leb(map.length), ...map]);
}

const [, , input, output] = process.argv;
const { header, sections: all, imported, bodies } = sections(readFileSync(input));
const kept = all.filter(({ id }) => id !== 0).map(({ whole }) => whole);
writeFileSync(output, Buffer.concat([header, ...kept, names(imported, ranks(bodies))]));
