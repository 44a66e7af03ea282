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

const [, , input, output] = process.argv;
const { header, sections: all, imported, bodies } = sections(readFileSync(input));
const kept = all.filter(({ id }) => id !== 0).map(({ whole }) => whole);
writeFileSync(output, Buffer.concat([header, ...kept, names(imported, ranks(bodies))]));

/** The place of each function: after the largest always the one that has most in common with the window before it. */
function ranks(bodies) {
  const runs = bodies.map((body) => {
    const own = new Set();
    for (let at = 0; at + ALIKE <= body.length; at += 1) own.add(body.toString("latin1", at, at + ALIKE));
    return own;
  });
  const owners = new Map();
  runs.forEach((own, at) => own.forEach((run) => owners.has(run) ? owners.get(run).push(at) : owners.set(run, [at])));
  for (const [run, all] of owners) if (all.length < 2 || all.length > COMMON) owners.delete(run);

  const seen = new Map();
  const alike = new Float64Array(bodies.length);
  const count = (at, step) => {
    for (const run of runs[at]) {
      const all = owners.get(run);
      if (!all) continue;
      const before = seen.get(run) ?? 0;
      seen.set(run, before + step);
      if (before === 0 || before + step === 0) for (const one of all) alike[one] += step;
    }
  };
  const left = new Set(bodies.keys());
  const rank = [];
  const window = [];
  let size = 0;
  let next = bodies.reduce((largest, body, at) => (body.length > bodies[largest].length ? at : largest), 0);
  for (let place = 0; next !== undefined; place += 1) {
    rank[next] = place;
    left.delete(next);
    window.push(next);
    count(next, 1);
    size += bodies[next].length;
    while (size > WINDOW && window.length > 1) {
      const gone = window.shift();
      size -= bodies[gone].length;
      count(gone, -1);
    }
    let most = -1;
    next = undefined;
    for (const at of left) {
      const share = alike[at] / (bodies[at].length + 20);
      if (share > most) [most, next] = [share, at];
    }
  }
  return rank;
}

/** The custom section that names functions. */
function names(imported, rank) {
  const text = (value) => [...leb(value.length), ...Buffer.from(value)];
  const name = (letter, place) => text(letter + String(place).padStart(6, "0"));
  const all = [...Array.from({ length: imported }, (_, at) => name("a", at)), ...rank.map((place) => name("f", place))];
  const map = [...leb(all.length), ...all.flatMap((one, at) => [...leb(at), ...one])];
  return section(0, [...text("name"), 1, ...leb(map.length), ...map]);
}
