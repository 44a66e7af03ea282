// A WebAssembly module taken apart, as far as the scripts that order, weigh, trap and rename its functions need, and parts of one written.

/** A number as modules write it: LEB128, unsigned. */
export const leb = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)]);

/** A section of bytes. */
export const section = (id, payload) => Buffer.concat([Buffer.from([id, ...leb(payload.length)]), Buffer.from(payload)]);

/** A text as modules write it. */
export const text = (value) => Buffer.from([...leb(Buffer.byteLength(value)), ...Buffer.from(value)]);

/**
 * Every section with its id and its bytes, the header before them; the code of each function; what is imported and exported,
 * by name and what else is said of it; how many functions are imported, which come first in the count; and the names of all,
 * where the module has any.
 */
export function sections(bytes) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const take = (length) => bytes.subarray(at, (at += length));
  const word = () => take(number()).toString("utf8");
  const limits = () => (number() & 1 ? [number(), number()] : [number()]);
  // what an import says of itself, by kind: function, table, memory, global
  const descriptions = [number, () => [take(1), limits()], limits, () => take(2)];
  const found = { header: bytes.subarray(0, 8), sections: [], bodies: [], imports: [], exports: [], imported: 0, names: [] };
  while (at < bytes.length) {
    const from = at;
    const [id] = take(1);
    const end = number() + at;
    for (let left = id === 2 ? number() : 0; left > 0; left -= 1) {
      take(number());
      const name = word();
      const start = at;
      const [kind] = take(1);
      descriptions[kind]();
      found.imports.push({ name, what: bytes.subarray(start, at) });
      if (kind === 0) found.imported += 1;
    }
    for (let left = id === 7 ? number() : 0; left > 0; left -= 1) {
      const name = word();
      const start = at;
      take(1);
      number();
      found.exports.push({ name, what: bytes.subarray(start, at) });
    }
    for (let left = id === 10 ? number() : 0; left > 0; left -= 1) found.bodies.push(take(number()));
    if (id === 0 && word() === "name")
      while (at < end) {
        const [kind] = take(1);
        const done = number() + at;
        for (let left = kind === 1 ? number() : 0; left > 0; left -= 1) found.names[number()] = word();
        at = done;
      }
    found.sections.push({ id, whole: bytes.subarray(from, end) });
    at = end;
  }
  return found;
}
