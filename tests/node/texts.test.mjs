// The list of texts that can be translated is the engine's, and the docs show it.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decode } from "../../pkg/templates.js";
import { keys, texts } from "../../pkg/texts.js";

const root = join(import.meta.dirname, "..", "..");

/** Literals that are put together at run time: the texts that come of them. */
const COMPOSED = {
  "%s %s been added to your cart.": ["%s has been added to your cart."],
  "%s View cart": ["View cart"],
  '%s <a href="%s" class="button wc-forward wp-element-button">View cart</a>': ["View cart"],
  "%s and %s": ["and"],
  "%s, and %s.": ["%s is not one of %l."],
  "You can only have 1 %s%s%s in your cart.": ['You can only have 1 "%s" in your cart.'],
  "'%s' is not allowed for 'Billing'.": ["'%s' is not allowed for '%s'."],
  'You cannot add "%s" to your cart as it is an "external" product.': ['You cannot add "%s" to your cart as it is an "%s" product.'],
  "%s is not one of %s and %s.": ["%s is not one of %l."],
  "%s is not one of %s, and %s.": ["%s is not one of %l."],
  "%s is not of type object.": ["%s is not of type %s."],
  "%s is not one of %s and %s": ["%s is not one of %l."],
  "Missing variation data for variable product. %s.": ["Missing variation data for variable product.", "%s is a required field."],
  "%s %s": ["%s is a required field"],
  "is a required field": ["%s is a required field"],
  "are required fields": ["%s is a required field"],
  "this coupon": ["This coupon has expired."],
  'coupon "%s"': ['Coupon "%s" has expired.'],
  "The %s spend for %s is %s.": ["minimum", "maximum"].flatMap((bound) => [`The ${bound} spend for this coupon is %s.`, `The ${bound} spend for coupon "%s" is %s.`]),
  "Sorry, %s is not %s.": [],
  "applicable to selected products": ["Sorry, this coupon is not applicable to selected products.", 'Sorry, coupon "%s" is not applicable to selected products.'],
  "valid for sale items": ["Sorry, this coupon is not valid for sale items.", 'Sorry, coupon "%s" is not valid for sale items.'],
  "applicable to the products: %s": ["Sorry, this coupon is not applicable to the products: %s.", 'Sorry, coupon "%s" is not applicable to the products: %s.'],
  "applicable to the categories: %s": ["Sorry, this coupon is not applicable to the categories: %s.", 'Sorry, coupon "%s" is not applicable to the categories: %s.'],
  "%s Please try again after some time, or contact us for help.": ["Please try again after some time, or contact us for help."],
  " (estimated for %s)": ["(estimated for %s)"],
  " (incl. %s)": ["(incl. tax)", "(incl. VAT)"],
  " (ex. %s)": ["(ex. tax)", "(ex. VAT)"],
  'Request returned nothing for "%s/wp-json/cocart/v2/%s/"! Please seek assistance.': ['Request returned nothing for "%s"! Please seek assistance.'],
  'Request returned nothing for "%s/wp-json/cocart/v1/get_cart/"! Please seek assistance.': ['Request returned nothing for "%s"! Please seek assistance.'],
};
/** Literals that no shopper reads. */
const UNSEEN = [
  /^(coupon|update) %s$/, // what a request in flight is about
  /^(answer|(in\|)?not in|a command|something that was done|something to do|one entry|update )/, // names and operators
  /^(Syntax error|Maximum stack depth exceeded|Control character error, possibly incorrectly encoded)$/, // PHP's own, in no language
  /^The store snapshot /, // for developers
  /\bexpected$/, // records that are none
  /^[A-Z]{3,}(, [A-Z]{3,})+$/, // methods
  /^(%s: %s%s|cw%s %s %s)$/, // figures and digits
  /^no-(store|cache), |^Authorization, |^X-WP-Total, |CoCart-API-Cart-Key, /, // headers
];

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (path.endsWith(".rs")) yield [path, readFileSync(path, "utf8")];
  }
}

/** The prose in a file: its literals as templates, without tests, comments and attributes. */
function prose(source) {
  const code = source
    .split(/#\[cfg\(test\)\]\s*mod /)[0]
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/^\s*#!?\[[^\n]*\]$/gm, "")
    .replace(/ \/\/ .*$/gm, "");
  const tokens = code.matchAll(/"((?:[^"\\]|\\[^])*)"|'(?:[^'\\\n]|\\.)'/g);
  const literals = [...tokens].flatMap(([, text]) => (text === undefined ? [] : [text]));
  return literals
    .map((text) => text.replace(/\\\n\s*/g, "").replace(/\\(["\\])/g, "$1").replace(/\\n/g, "\n"))
    .map((text) => decode(text.replace(/\{\{|\}\}/g, "").replace(/\{[^}]*\}/g, "%s")))
    .filter((text) => /[A-Za-z%]\w*[.,:!)"'”]* [A-Za-z%"'“(—-]/.test(text));
}

test("every text of the engine is in the list, and nothing else is", () => {
  const found = new Set();
  const strangers = [];
  for (const part of ["api", "cart", "js", "sync"]) {
    for (const [path, source] of sources(join(root, "src", part))) {
      for (const text of prose(source)) {
        if (COMPOSED[text]) COMPOSED[text].forEach((key) => found.add(key));
        else if (keys.includes(text)) found.add(text);
        else if (!UNSEEN.some((pattern) => pattern.test(text))) strangers.push(`${path}: ${text}`);
      }
    }
  }
  assert.deepEqual(strangers, [], "texts that cannot be translated: add them to pkg-template/texts.js");
  // words alone, and what the package's JavaScript says
  const script = ["cart.js", "checkout.js", "moments.js", "products.js"].map((file) => readFileSync(join(root, "pkg-template", file), "utf8")).join();
  const rust = [...sources(join(root, "src"))].map(([, source]) => source).join();
  const unused = keys.filter((key) => {
    const bare = key.replaceAll("%s", "").replace(/[“”:]/g, "").trim();
    return !found.has(key) && !script.includes(key) && !rust.includes(bare);
  });
  assert.deepEqual(unused, [], "nobody says these any more");
});

test("every text is listed once, as gettext normalizes it", () => {
  assert.equal(new Set(keys).size, keys.length);
  for (const key of keys) {
    assert.equal(key, decode(key));
    assert.doesNotMatch(key, /%\d|%d/);
  }
});

test("the docs list every text", () => {
  const file = join(root, "docs", "languages.md");
  const page = readFileSync(file, "utf8");
  const listed = Object.entries(texts)
    .map(([owner, list]) => `### ${owner}\n\n${list.map((text) => `- \`${text}\``).join("\n")}`)
    .join("\n\n");
  if (process.argv.includes("--write")) {
    writeFileSync(file, page.replace(/(<!-- texts -->\n\n)[^]*?(\n\n<!-- \/texts -->)/, (_, open, close) => open + listed + close));
    return;
  }
  const part = /<!-- texts -->\n\n([^]*?)\n\n<!-- \/texts -->/.exec(page)?.[1];
  assert.equal(part, listed, "node tests/node/texts.test.mjs --write brings the page up to date");
});
