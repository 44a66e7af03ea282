// Has the browser's own encoder bring long texts into the module. wasm-bindgen's glue takes a text character by character as long as they are
// ASCII, which pays for short ones; on a page that has just opened it is interpreted, and takes a millisecond for what is kept of a cart.
// usage: node scripts/encoder.mjs <the module's glue>; it is written anew
import { readFileSync, writeFileSync } from "node:fs";

/** From here on calling the encoder costs less. */
const LONG = 128;
const LOOP = "for (; offset < len; offset++) {";

const [, , js] = process.argv;
const [before, after, ...more] = readFileSync(js, "utf8").split(LOOP);
if (after === undefined || more.length > 0) throw new Error(`${js} takes texts otherwise than it did`);
writeFileSync(js, `${before}if (len < ${LONG}) ${LOOP}${after}`);
