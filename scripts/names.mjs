// Gives short names to what the module and its glue call each other by: wasm-bindgen's end in a hash, which no compression makes smaller.
// usage: node scripts/names.mjs <module> <its glue>; both are written anew
import { readFileSync, writeFileSync } from "node:fs";
import { leb, section, sections, text } from "./module.mjs";

const [, , wasm, js] = process.argv;
const { header, sections: all, imports, exports } = sections(readFileSync(wasm));
let glue = readFileSync(js, "utf8");

/** The name by which the glue knows the module of all imports. */
const FROM = /"\.\/\w+_bg\.js"(?=: import0)/;
const replace = (pattern, by) => {
  if (!pattern.test(glue)) throw new Error(`${js} has no ${pattern}`);
  glue = glue.replace(pattern, by);
};

replace(FROM, '"_"');
const imported = imports.map(({ name, what }, place) => {
  const short = `_${place.toString(36)}`;
  replace(new RegExp(`^( *)${name}(?=: function)`, "m"), `$1${short}`);
  return [text("_"), text(short), what];
});
const exported = exports.map(({ name, what }, place) => {
  // what says what it is stays, for whoever looks into a running page
  if (!/[0-9a-f]{16}$/.test(name)) return [text(name), what];
  const short = `_${place.toString(36)}`;
  glue = glue.replace(new RegExp(`\\bwasm\\.${name}\\b`, "g"), `wasm.${short}`);
  return [text(short), what];
});

const list = (entries) => Buffer.concat([Buffer.from(leb(entries.length)), ...entries.flat()]);
const renamed = { 2: imported, 7: exported };
const written = all.map(({ id, whole }) => (renamed[id] ? section(id, list(renamed[id])) : whole));
writeFileSync(wasm, Buffer.concat([header, ...written]));
writeFileSync(js, glue);
