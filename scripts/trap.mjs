// Makes a panic a trap at once: this target has no place to print a panic's message, so what makes the message is dead weight.
// Before wasm-opt, which then drops what was only called from there, and what was handed over at every call.
// usage: node scripts/trap.mjs <module with its name section> <module>
import { readFileSync, writeFileSync } from "node:fs";

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
const bytes = readFileSync(input);
let at = 8;
const number = () => {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
};
const text = () => {
  const length = number();
  return bytes.toString("utf8", at, (at += length));
};
const limits = () => {
  const flags = number();
  number();
  if (flags & 1) number();
};
/** Goes past what an import says of itself, by kind: function, table, memory, global. */
const imported = [number, () => ((at += 1), limits()), limits, () => (at += 2)];
const leb = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)]);

let imports = 0;
const names = [];
const sections = [];
while (at < bytes.length) {
  const from = at;
  const id = bytes[at++];
  const length = number();
  const end = at + length;
  const section = { id, whole: bytes.subarray(from, end), bodies: [] };
  if (id === 2)
    for (let left = number(); left > 0; left -= 1) {
      text();
      text();
      const kind = bytes[at++];
      imported[kind]();
      if (kind === 0) imports += 1;
    }
  if (id === 10)
    for (let left = number(); left > 0; left -= 1) {
      const size = number();
      section.bodies.push(bytes.subarray(at, (at += size)));
    }
  if (id === 0 && text() === "name")
    while (at < end) {
      const kind = bytes[at++];
      const size = number();
      const done = at + size;
      if (kind === 1)
        for (let left = number(); left > 0; left -= 1) {
          const index = number();
          names[index] = text().replace(/\[[0-9a-f]{16}\]/g, "");
        }
      at = done;
    }
  sections.push(section);
  at = end;
}

/** No locals, `unreachable`, `end`. */
const TRAP = Buffer.from([0, 0x00, 0x0b]);
let trapped = 0;
const written = sections.map(({ id, whole, bodies }) => {
  if (id !== 10) return whole;
  const all = bodies.flatMap((body, place) => {
    const panics = PANICS.some((pattern) => pattern.test(names[place + imports] ?? ""));
    trapped += Number(panics);
    const kept = panics ? TRAP : body;
    return [Buffer.from(leb(kept.length)), kept];
  });
  const payload = Buffer.concat([Buffer.from(leb(bodies.length)), ...all]);
  return Buffer.concat([Buffer.from([id, ...leb(payload.length)]), payload]);
});
if (trapped === 0) throw new Error(`${input} has no panics, or no names`);
writeFileSync(output, Buffer.concat([bytes.subarray(0, 8), ...written]));
