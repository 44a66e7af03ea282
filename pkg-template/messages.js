// A merchant's own translations as a catalogue: `.po` files and WordPress's JSON, cut down to
// what the engine says.

import { decode } from "./templates.js";
import { keys } from "./texts.js";

const known = new Set(keys);
const COUNTRIES = /countries\.php/;

/**
 * Reads `.po` texts, Jed JSON (`{ locale_data }`) and catalogues, later ones winning; keeps the
 * texts of the engine, and of a `.po` the names of countries.
 */
export function catalogue(...sources) {
  const messages = {};
  let pluralForms;
  let language;
  for (const source of sources.flat()) {
    const read = typeof source === "string" && !source.trimStart().startsWith("{") ? readPo(source) : readJson(source);
    pluralForms = read.pluralForms ?? pluralForms;
    language = read.language ?? language;
    for (const { id, forms, isCountry } of read.entries) {
      const key = normal(id);
      if (!forms.every((form) => typeof form === "string" && form !== "") || forms.length === 0) continue;
      if (!known.has(key) && !isCountry) continue;
      const own = forms.map((form) => renumbered(id, decode(form)));
      messages[key] = own.length === 1 ? own[0] : own;
    }
  }
  return { ...(language && { language }), ...(pluralForms && { pluralForms }), messages };
}

/** The texts that a catalogue leaves in English. */
export function missing({ messages = {} }) {
  return keys.filter((key) => !(key in messages));
}

export { keys };

/** Entities as characters, placeholders in a row. */
function normal(id) {
  return decode(id).replace(/%(?:\d+\$)?[sd]/g, "%s").replace(/%(?:\d+\$)?l/g, "%l");
}

/** A translation's numbers, where the English text does not count in a row. */
function renumbered(id, form) {
  const order = [...id.matchAll(/%(\d+)\$[sdl]/g)].map(([, number]) => number);
  if (order.every((number, at) => number === String(at + 1))) return form;
  return form.replace(/%(\d+)\$/g, (whole, number) => {
    const at = order.indexOf(number);
    return at < 0 ? whole : `%${at + 1}$`;
  });
}

function readJson(source) {
  const data = typeof source === "string" ? JSON.parse(source) : source;
  if (data?.messages) {
    const entries = Object.entries(data.messages).map(([id, forms]) => ({ id, forms: [forms].flat(), isCountry: true }));
    return { language: data.language, pluralForms: data.pluralForms, entries };
  }
  const domains = Object.values(data?.locale_data ?? {});
  const heads = domains.map((domain) => domain[""]).filter(Boolean);
  const entries = domains.flatMap((domain) =>
    Object.entries(domain)
      .filter(([id]) => id !== "")
      .map(([id, forms]) => ({ id: id.split("\u0004").at(-1), forms: [forms].flat() })),
  );
  return {
    language: heads[0]?.lang,
    pluralForms: heads[0]?.plural_forms ?? heads[0]?.["plural-forms"],
    entries,
  };
}

function readPo(text) {
  const entries = [];
  let head = "";
  for (const block of text.replaceAll("\r\n", "\n").split(/\n{2,}/)) {
    const fields = {};
    let field;
    let isCountry = false;
    let isFuzzy = false;
    for (const line of block.split("\n")) {
      if (line.startsWith("#~")) break;
      if (line.startsWith("#,")) isFuzzy ||= line.includes("fuzzy");
      else if (line.startsWith("#")) isCountry ||= COUNTRIES.test(line);
      else {
        const [, name, quoted] = /^(?:(msg\w+(?:\[\d+\])?)\s+)?"((?:[^"\\]|\\.)*)"\s*$/.exec(line) ?? [];
        if (name) fields[(field = name)] = "";
        if (field && quoted !== undefined) fields[field] += unescaped(quoted);
      }
    }
    const id = fields.msgid;
    if (id === "") head ||= fields.msgstr ?? "";
    if (!id || isFuzzy) continue;
    const many = Object.keys(fields).filter((name) => name.startsWith("msgstr[")).map((name) => fields[name]);
    entries.push({ id, forms: many.length > 0 ? many : [fields.msgstr ?? ""], isCountry });
  }
  const of = (name) => new RegExp(`^${name}:\\s*(.+)$`, "im").exec(head)?.[1].trim();
  return { language: of("Language"), pluralForms: of("Plural-Forms"), entries };
}

function unescaped(text) {
  const named = { n: "\n", t: "\t", r: "\r" };
  return text.replace(/\\(.)/g, (_, char) => named[char] ?? char);
}
