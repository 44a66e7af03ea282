// Makes a panic a trap at once: this target has no place to print a panic's message, so what makes the message is dead weight.
// Before wasm-opt, which then drops what was only called from there, and what was handed over at every call.
// usage: node scripts/trap.mjs <module with its name section> <module>
import { readFileSync, writeFileSync } from "node:fs";
import { leb, section, sections } from "./module.mjs";

/** Where every panic comes by; `{:?}` is said nowhere but in their messages (scripts/check-architecture.sh). */
const PANICS = [
  /core::panicking::/,
  /std::panicking::/,
  /slice_index_fail|slice_error_fail|len_mismatch_fail|assert_failed/,
  /(option|result)::(unwrap|expect)_failed/,
  /core::cell::panic_already|panic_poisoned/,
  /handle_alloc_error|raw_vec::(handle_error|capacity_overflow)|rust_oom/,
  / as core::fmt::Debug>::fmt/,
];

const [, , input, output] = process.argv;
const { header, sections: all, bodies, imported, names } = sections(readFileSync(input));

/** No locals, `unreachable`, `end`. */
const TRAP = Buffer.from([0, 0x00, 0x0b]);
let trapped = 0;
const code = bodies.flatMap((body, place) => {
  const name = (names[place + imported] ?? "").replace(/\[[0-9a-f]{16}\]/g, "");
  const panics = PANICS.some((pattern) => pattern.test(name));
  trapped += Number(panics);
  const kept = panics ? TRAP : body;
  return [Buffer.from(leb(kept.length)), kept];
});
if (trapped === 0) throw new Error(`${input} has no panics, or no names`);
const payload = Buffer.concat([Buffer.from(leb(bodies.length)), ...code]);
const written = all.map(({ id, whole }) => (id === 10 ? section(id, payload) : whole));
writeFileSync(output, Buffer.concat([header, ...written]));
