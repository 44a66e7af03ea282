// What the engine says, in the shop's language. It speaks English; a catalogue holds, for each of
// its texts, the translation (or a list of plural forms), and is applied where answers leave.

import { copy, freeze, hasOpenHash } from "./freeze.js";
import { decode, match, pieces, render } from "./templates.js";

const MOST_KEPT = 500;
/** The list that a plural is about: its English plural, by the singular. */
const PLURALS = {
  "%s has been added to your cart.": "%s have been added to your cart.",
  "%s is a required field.": "%s are required fields.",
  "%s is a required field": "%s are required fields",
};
const QUOTED = "“%s”";
const PRIVATE = "Private: %s";
const AND = "and";

/** What turns the engine's documents into the catalogue's language. */
export function translator(catalogue) {
  const { messages = {}, pluralForms } = catalogue ?? {};
  const plural = pluralIndex(pluralForms);
  const literals = new Map();
  const templates = [];
  const kept = new Map();

  for (const [key, translation] of Object.entries(messages)) {
    const forms = [translation].flat().map(String);
    if (forms.length === 0 || forms.includes("")) continue;
    const form = (count) => forms[Math.min(plural(count), forms.length - 1)];
    if (!/%(\d+\$)?[sdl]/.test(key)) literals.set(key, form(1));
    else {
      templates.push({ pieces: pieces(key), form: () => form(1) });
      const many = PLURALS[key];
      if (many) templates.push({ pieces: pieces(many), form, isList: true });
    }
  }
  const sentences = [...literals.keys()].filter((key) => /[.!?]$/.test(key));
  // those that say most go first
  const weight = ({ pieces }) => pieces.join("").length;
  templates.sort((a, b) => weight(b) - weight(a));

  /** `titles` are what lists may consist of. */
  function say(text, titles) {
    if (typeof text !== "string" || text === "") return text;
    const known = kept.get(text);
    if (known !== undefined) return known;
    const said = find(text, titles) ?? text;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(text, said);
    return said;
  }

  function find(text, titles) {
    if (literals.has(text)) return literals.get(text);
    const plain = text.includes("&") && decode(text);
    if (plain && literals.has(plain)) return render(literals.get(plain), [], match([plain], text).encoded);
    // a sentence before another is no argument of it
    const first = sentences.find((key) => text.startsWith(`${key} `));
    if (first) return `${literals.get(first)} ${say(text.slice(first.length + 1), titles)}`;
    return templated(text, titles) ?? joined(text, titles);
  }

  function templated(text, titles) {
    for (const { pieces, form, isList } of templates) {
      const found = match(pieces, text);
      if (!found) continue;
      let args = found.args.map(quoted);
      let count = 1;
      if (isList) {
        const list = listOf(found.args[0], titles);
        count = list.length;
        args = [listed(list.map(quoted))];
      }
      return render(form(count), args, found.encoded);
    }
    return undefined;
  }

  /** One text after another: "… your cart. View cart", "VAT (estimated for Germany)". */
  function joined(text, titles) {
    const link = /^([\s\S]*?)( ?<a [^>]*>)([^<]*)(<\/a>)$/.exec(text);
    if (link) {
      const [, before, open, label, close] = link;
      const said = `${say(before, titles)}${open}${say(label)}${close}`;
      return said === text ? undefined : said;
    }
    for (const [key, translation] of literals) {
      const isTail = key.startsWith("(") || key === "View cart" || sentences.includes(key);
      if (isTail && text.endsWith(` ${key}`)) return `${say(text.slice(0, -key.length - 1), titles)} ${translation}`;
    }
    const estimate = / \(estimated for ([^)]*(?:\([^)]*\))?)\)$/.exec(text);
    if (estimate) {
      const said = templated(`(estimated for ${country(estimate[1])})`) ?? estimate[0].slice(1);
      return `${say(text.slice(0, estimate.index))} ${said}`;
    }
    return undefined;
  }

  function country(name) {
    const [, article, bare] = /^(the )?([\s\S]*)$/.exec(name);
    return `${article ? `${literals.get("the") ?? "the"} ` : ""}${literals.get(bare) ?? bare}`;
  }

  function quoted(arg) {
    const found = match(["“", "”"], arg);
    const hidden = messages[PRIVATE];
    const inner = found ? found.args[0] : arg;
    const name = hidden && inner.startsWith("Private: ") ? render(hidden, [inner.slice(9)]) : inner;
    return found ? render(messages[QUOTED] ?? QUOTED, [name], found.encoded) : name;
  }

  function listed(list) {
    const and = literals.get(AND) ?? AND;
    return list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} ${and} ${list.at(-1)}`;
  }

  /** The last part of an address is the country, where there is one. */
  const address = (line) => {
    const at = typeof line === "string" ? line.lastIndexOf(", ") : -1;
    return at < 0 ? line : `${line.slice(0, at + 2)}${country(line.slice(at + 2))}`;
  };

  const item = { backorders: say };
  const error = { message: say, data: { params: each(say), details: each({ message: say }) } };
  const product = {
    add_to_cart: { text: say, description: say },
    rated_out_of: say,
    rating_html: say,
    variations: each({ add_to_cart: { text: say, description: say } }),
  };
  const cart = {
    message: say,
    cart_hash: say,
    items: each(item),
    removed_items: each(item),
    coupons: each({ label: say, saving: say, saving_html: say }),
    taxes: each({ name: say, label: say }),
    shipping: {
      packages: each({ package_name: say, formatted_destination: address, rates: each({ html: say }) }),
    },
    cross_sells: each({ average_rating: say }),
  };

  function document(body) {
    if (typeof body === "string") return say(body);
    if (body === null || typeof body !== "object") return body;
    if (typeof body.code === "string" && typeof body.message === "string") return put(error, body);
    if (Array.isArray(body)) return put(each(product), body);
    if (body.add_to_cart) return put(product, body);
    if (body.item_key) return put(item, body);
    if (!("cart_hash" in body) && Object.values(body)[0]?.item_key) return put(each(item), body);
    const shown = put(cart, body);
    return body.notices ? withNotices(shown, body) : shown;
  }

  /** Notices list products by the names they have in the cart beside them. */
  function withNotices(shown, body) {
    const titles = () =>
      Object.values(body.items ?? {}).flatMap(({ name, title }) => [name, title, `“${title}”`]);
    const said = put(each(each((text) => say(text, titles))), body.notices);
    return said === body.notices ? shown : freeze(copy(shown, { notices: said }));
  }

  return { say, document };
}

const each = (schema) => ({ each: schema, known: new WeakMap() });
const caches = new WeakMap();

/** A branch as its schema has it said; what stays as it is stays the very same object. */
function put(schema, value) {
  if (typeof schema === "function") return schema(value);
  if (value === null || typeof value !== "object") return value;
  let known = caches.get(schema);
  if (!known) caches.set(schema, (known = new WeakMap()));
  let next = known.get(value);
  if (next === undefined) {
    next = freeze(renewed(schema, value));
    known.set(value, next);
  }
  return next;
}

function renewed(schema, value) {
  const names = schema.each ? Object.keys(value) : Object.keys(schema).filter((name) => name in value);
  const changed = names
    // an open hash is no text of anybody's
    .filter((name) => name !== "cart_hash" || !hasOpenHash(value))
    .map((name) => [name, put(schema.each ?? schema[name], value[name])])
    .filter(([name, next]) => next !== value[name]);
  if (changed.length === 0) return value;
  return Object.assign(Array.isArray(value) ? [...value] : copy(value), Object.fromEntries(changed));
}

/** `“A”, “B” and “C”` taken apart; unquoted names by what is in the cart. */
function listOf(text, titles) {
  const between = /(?<=”|&rdquo;)(?:, | and )(?=“|&ldquo;)/;
  if (between.test(text)) return text.split(between);
  const names = new Set(titles?.());
  const cuts = [...text.matchAll(/ and /g)].map(({ index }) => [text.slice(0, index), text.slice(index + 5)]);
  const cut = cuts.find(([, last]) => names.has(last)) ?? cuts.at(-1);
  return cut ? [...cut[0].split(", "), cut[1]] : [text];
}

/** gettext's `plural=` as a function: which form goes with a count. */
export function pluralIndex(pluralForms = "nplurals=2; plural=(n != 1);") {
  const [, expression] = /plural\s*=\s*([^;]+)/.exec(pluralForms) ?? [];
  const tokens = (expression ?? "n != 1").match(/\d+|n|[?:()%*/+-]|[=!<>]=|[<>!]|&&|\|\|/g) ?? [];
  return (n) => {
    let at = 0;
    const take = (token) => tokens[at] === token && (at += 1) > 0;
    const binary = (next, table) => () => {
      let left = next();
      for (let step = table[tokens[at]]; step; step = table[tokens[at]]) {
        at += 1;
        left = step(left, next());
      }
      return left;
    };
    const primary = () => {
      if (take("!")) return Number(!primary());
      if (take("(")) {
        const inner = ternary();
        take(")");
        return inner;
      }
      const token = tokens[at];
      at += 1;
      return token === "n" ? n : Number(token ?? 0);
    };
    const number = (test) => (a, b) => Number(test(a, b));
    const product = binary(primary, { "%": (a, b) => a % b, "*": (a, b) => a * b, "/": (a, b) => Math.trunc(a / b) });
    const sum = binary(product, { "+": (a, b) => a + b, "-": (a, b) => a - b });
    const order = binary(sum, {
      "<": number((a, b) => a < b),
      ">": number((a, b) => a > b),
      "<=": number((a, b) => a <= b),
      ">=": number((a, b) => a >= b),
    });
    const equality = binary(order, { "==": number((a, b) => a === b), "!=": number((a, b) => a !== b) });
    const both = binary(equality, { "&&": number((a, b) => a && b) });
    const either = binary(both, { "||": number((a, b) => a || b) });
    function ternary() {
      const test = either();
      if (!take("?")) return test;
      const yes = ternary();
      take(":");
      const no = ternary();
      return test ? yes : no;
    }
    const index = Math.trunc(ternary());
    return index >= 0 ? index : 0;
  };
}
