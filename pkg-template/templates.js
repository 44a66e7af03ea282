// Texts with placeholders (`%s`, `%1$s`), matched and filled. Entities count as the characters
// they stand for: the server escapes some of its texts and not others.

const PLACEHOLDER = /%(?:(\d+)\$)?[sdl]/g;
const ENTITIES = {
  quot: '"',
  amp: "&",
  lt: "<",
  gt: ">",
  "#039": "'",
  "#39": "'",
  mdash: "—",
  ndash: "–",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  hellip: "…",
  nbsp: "\u00a0",
};
const ENTITY = /&(#0?39|[a-z]+);/g;

/** A text with its entities as the characters they are. */
export function decode(text) {
  return text.replace(ENTITY, (whole, name) => ENTITIES[name] ?? whole);
}

/** What stands between the placeholders. */
export function pieces(template) {
  return template.split(/%(?:\d+\$)?[sdl]/);
}

/** What stands in the placeholders' places, and which characters were written as entities; linear. */
export function match(literals, text) {
  const { plain, starts } = decoded(text);
  const first = literals[0];
  if (literals.length === 1) {
    return plain === first ? { args: [], encoded: encodedIn(text, plain, starts, []) } : undefined;
  }
  const last = literals.at(-1);
  if (!plain.startsWith(first) || !plain.endsWith(last)) return undefined;
  const end = plain.length - last.length;
  const spans = [];
  let at = first.length;
  if (at > end) return undefined;
  for (const piece of literals.slice(1, -1)) {
    const next = plain.indexOf(piece, at);
    if (next < 0 || next + piece.length > end) return undefined;
    spans.push([at, next]);
    at = next + piece.length;
  }
  spans.push([at, end]);
  const args = spans.map(([from, to]) => text.slice(starts[from] ?? from, starts[to] ?? to));
  return { args, encoded: encodedIn(text, plain, starts, spans) };
}

/** A translation with its arguments, in the order or by the numbers it names them with. */
export function render(template, args, encoded = new Map()) {
  let next = 0;
  const literal = (part) => (encoded.size > 0 ? part.replace(/[^]/g, (char) => encoded.get(char) ?? char) : part);
  let whole = "";
  let at = 0;
  for (const found of template.matchAll(PLACEHOLDER)) {
    const which = found[1] ? Number(found[1]) - 1 : next++;
    whole += literal(template.slice(at, found.index)) + (args[which] ?? "");
    at = found.index + found[0].length;
  }
  return (whole + literal(template.slice(at))).replaceAll("%%", "%");
}

/** Where each decoded character starts in the text; nothing where nothing is encoded. */
function decoded(text) {
  if (!text.includes("&")) return { plain: text, starts: [] };
  let plain = "";
  const starts = [];
  let at = 0;
  for (const { 0: whole, 1: name, index } of text.matchAll(ENTITY)) {
    const char = ENTITIES[name];
    if (char === undefined) continue;
    for (; at < index; at += 1) {
      starts.push(at);
      plain += text[at];
    }
    starts.push(index);
    plain += char;
    at = index + whole.length;
  }
  for (; at <= text.length; at += 1) {
    starts.push(at);
    plain += text[at] ?? "";
  }
  return { plain, starts };
}

/** The entities outside of the arguments: the translation is to be written the same way. */
function encodedIn(text, plain, starts, spans) {
  const encoded = new Map();
  if (starts.length === 0) return encoded;
  for (let at = 0; at < plain.length; at += 1) {
    const raw = text.slice(starts[at], starts[at + 1]);
    const isOutside = spans.every(([from, to]) => at < from || at >= to);
    if (isOutside && raw !== plain[at]) encoded.set(plain[at], raw);
  }
  // who escapes one kind of quotes escapes the other
  if (encoded.has('"') || encoded.has("'")) {
    for (const [char, raw] of [['"', "&quot;"], ["'", "&#039;"]]) if (!encoded.has(char)) encoded.set(char, raw);
  }
  return encoded;
}
