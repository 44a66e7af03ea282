// Offline answers in the shop's language: a made-up German catalogue with every text of the engine.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CartError, createCart } from "../../pkg/index.js";
import { catalogue, keys, missing } from "../../pkg/messages.js";
import { pluralIndex, translator } from "../../pkg/translator.js";
import { match, pieces, render } from "../../pkg/templates.js";

/** A translation that shows the key it came from, its arguments turned round. */
function invented(key) {
  const count = (key.match(/%[sl]/g) ?? []).length;
  const parts = key.replaceAll(/%[sl]/g, "·");
  const args = Array.from({ length: count }, (_, at) => `[%${count - at}$s]`).join("");
  return `DE<${parts}>${args}`;
}
const invention = {
  language: "de",
  pluralForms: "nplurals=2; plural=(n != 1);",
  messages: Object.fromEntries(keys.map((key) => [key, invented(key)])),
};
invention.messages["%s has been added to your cart."] = ["%s liegt im Warenkorb.", "%s liegen im Warenkorb."];
invention.messages["%s is a required field."] = ["%s fehlt.", "%s fehlen."];
invention.messages["%s is a required field"] = ["%s fehlt", "%s fehlen"];
invention.messages["and"] = "und";
invention.messages["“%s”"] = "„%s“";

const escaped = (text) => text.replaceAll("'", "&#039;").replaceAll('"', "&quot;").replaceAll("—", "&mdash;").replaceAll("“", "&ldquo;").replaceAll("”", "&rdquo;");

test("every text of the engine is translated, with its arguments, however the server escapes it", () => {
  assert.deepEqual(missing(invention), []);
  const { say } = translator(invention);
  const args = ["Käse & <b>Brot</b>", "Ada’s „Becher“", "3", "4"];
  for (const key of keys) {
    if (["and", "the", "“%s”", "%s is a required field.", "%s is a required field", "%s has been added to your cart.", "(estimated for %s)"].includes(key)) continue;
    const english = render(key, args);
    assert.equal(say(english), render(invented(key), args), key);
    // literals as entities: the translation comes escaped the same way, arguments stay as they were
    const literal = pieces(key).map(escaped);
    const other = literal.map((piece, at) => (at === 0 ? piece : args[at - 1] + piece)).join("");
    if (other === english) continue;
    const said = say(other);
    assert.notEqual(said, other, key);
    for (const arg of args.slice(0, literal.length - 1)) assert.ok(said.includes(arg), `${key}: ${said}`);
    assert.doesNotMatch(said.replaceAll(args[0], "").replaceAll(args[1], ""), /["'—“”]/, key);
  }
});

test("texts that are no engine's stay as they are", () => {
  const { say, document } = translator(invention);
  for (const text of ["Cart updated", "Der Warenkorb ist leer.", "Shipping Express: 5,00 €", "the Mug", "", "%s", "&", "Coupon:", "50% off"]) {
    assert.equal(say(text), text);
  }
  const foreign = Object.freeze({ items: {}, notices: Object.freeze({ error: Object.freeze(["Nichts da."]) }), name: "Shipping" });
  assert.equal(document(foreign), foreign);
  // read once; whoever looked at all of it again for each of its words would be at it for days
  const hostile = "You cannot add ".repeat(200_000);
  assert.equal(say(hostile), hostile);
});

test("texts after texts, links, lists and countries", () => {
  const { say } = translator({ ...invention, messages: { ...invention.messages, Germany: "Deutschland", "United States (US)": "Vereinigte Staaten", the: "die" } });
  const link = '<a href="https://shop.example/cart/" class="button">View cart</a>';
  assert.equal(
    say(`You cannot add another "Mug" to your cart. ${link}`),
    'DE<You cannot add another "·" to your cart.>[Mug] <a href="https://shop.example/cart/" class="button">DE<View cart></a>',
  );
  assert.equal(say('You cannot add another "Mug" to your cart. View cart'), 'DE<You cannot add another "·" to your cart.>[Mug] DE<View cart>');
  assert.equal(say("“Mug” has been added to your cart."), "„Mug“ liegt im Warenkorb.");
  assert.equal(say("&ldquo;Salt and Pepper&rdquo; has been added to your cart."), "„Salt and Pepper&ldquo; liegt im Warenkorb.");
  assert.equal(say("“Mug”, “Salt and Pepper” and “Tee” have been added to your cart."), "„Mug“, „Salt and Pepper“ und „Tee“ liegen im Warenkorb.");
  const titles = () => ["Mug", "Salt and Pepper", "Tee"];
  assert.equal(say("Mug and Salt and Pepper have been added to your cart.", titles), "Mug und Salt and Pepper liegen im Warenkorb.");
  assert.equal(say("“Private: Mug” has been added to your cart."), "„DE<Private: ·>[Mug]“ liegt im Warenkorb.");
  assert.equal(say("Missing variation data for variable product. Size is a required field."), "DE<Missing variation data for variable product.> Size fehlt.");
  assert.equal(say("Color and Size are required fields"), "Color und Size fehlen");
  assert.equal(say("Missing variation data for variable product. Color and Size are required fields."), "DE<Missing variation data for variable product.> Color und Size fehlen.");
  assert.equal(say("VAT (estimated for Germany)"), "DE<VAT> DE<(estimated for ·)>[Deutschland]");
  assert.equal(say("Tax (estimated for the United States (US))"), "DE<Tax> DE<(estimated for ·)>[die Vereinigte Staaten]");
  assert.equal(say("Flat rate: 4,90 € (incl. VAT)"), "Flat rate: 4,90 € DE<(incl. VAT)>");
  assert.equal(say("Usage limit for coupon \"x\" has been reached. Please try again after some time, or contact us for help."), 'DE<Usage limit for coupon "·" has been reached.>[x] DE<Please try again after some time, or contact us for help.>');
});

test("gettext's plural forms", () => {
  const russian = pluralIndex("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);");
  assert.deepEqual([1, 2, 5, 11, 12, 21, 22, 25, 111, 121].map(russian), [0, 1, 2, 2, 2, 0, 1, 2, 2, 0]);
  const czech = pluralIndex("nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;");
  assert.deepEqual([1, 2, 4, 5].map(czech), [0, 1, 1, 2]);
  assert.deepEqual([1, 2, 9].map(pluralIndex("nplurals=1; plural=0;")), [0, 0, 0]);
  assert.deepEqual([0, 1, 2].map(pluralIndex("nplurals=2; plural=n>1;")), [0, 0, 1]);
  assert.deepEqual([1, 2].map(pluralIndex()), [0, 1]);
  const { say } = translator({ pluralForms: "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;", messages: { "%s has been added to your cart.": ["jeden %s", "několik %s", "mnoho %s"] } });
  assert.deepEqual(["“a” has", "“a” and “b” have", "“a”, “b”, “c”, “d” and “e” have"].map((text) => say(`${text} been added to your cart.`).split(" ")[0]), ["jeden", "několik", "mnoho"]);
});

const store = {
  format: 1,
  complete: true,
  settings: {
    currency: "EUR", currency_symbol: "€", currency_pos: "right_space", thousand_separator: ".", decimal_separator: ",", enable_coupons: true,
    cart_url: "https://shop.example/cart/",
  },
  products: [
    { id: 1, name: "Becher", slug: "becher", price: "1234.50", regular_price: "1234.50" },
    { id: 2, name: "Hemd", price: "20", manage_stock: "yes", stock_quantity: 2 },
    { id: 3, name: "Weg", price: "5", stock_status: "outofstock" },
    { id: 4, name: "Einzelstück", price: "9", sold_individually: true },
  ],
};

test("a whole cart speaks the shop's language, in every way in and in both versions", async () => {
  for (const profile of ["v4.3", "reference", "v5"]) {
    const cart = await createCart({ store, storage: "memory", profile, messages: invention });
    const said = (act) => {
      try {
        return act();
      } catch (error) {
        assert.ok(error instanceof CartError);
        return error.message;
      }
    };
    const first = cart.addItem({ id: 1 });
    assert.match(first.notices.success[0], /liegt im Warenkorb/);
    assert.ok(Object.isFrozen(first.notices.success));
    const next = cart.addItem({ id: 1, item_data: { a: "1" } });
    const item = (document) => Object.values(document.items)[0];
    assert.equal(item(next), item(first), "what did not change is the very same object");
    assert.equal(cart.getSnapshot(), cart.getSnapshot());
    assert.match(said(() => cart.addItem({ id: 3 })), /^DE<You cannot add (.+)·(.+) to the cart because the product is out of stock\.>\[Weg\]$/);
    assert.match(said(() => cart.addItem({ id: 2, quantity: 5 })), /^DE<You cannot add the amount of|^DE<Quantity must be/);
    cart.addItem({ id: 4 });
    assert.match(said(() => cart.addItem({ id: 4 })), /^DE<You cannot add another/);
    assert.match(said(() => cart.v1.addItem({ product_id: 3 })), /^DE</);
    assert.match(cart.request("POST", "cart/add-item", { body: { id: 5 } }).body.message, /^DE</);
    const invalid = cart.request("POST", "cart/add-item", { body: { id: "1", quantity: {} } }).body;
    assert.match(invalid.message, /^DE</);
    for (const detail of Object.values(invalid.data.params)) assert.match(detail, /^DE</);
    assert.match(said(() => cart.removeItem("nobody")), /^DE</);
    const { item_key } = item(first);
    assert.match(cart.removeItem(item_key).notices.success[0], /^DE<· has been removed from cart\.>\[.*Becher.*\]$/);
    assert.match(cart.updateItem(Object.values(next.items)[1].item_key, { quantity: 2, return_status: true }).message, /^DE<The quantity/);
    assert.match(cart.clear().notices.notice[0], /^DE<Cart is cleared\.>$/);
    assert.match(cart.v1.clear(), /^DE</);
    cart.close();
  }
});

test("numbers and prices are the shop's, whatever the browser's language", async () => {
  const native = Intl.NumberFormat;
  Intl.NumberFormat = function foreign() {
    throw new Error("the browser was asked");
  };
  const before = Number.prototype.toLocaleString;
  Number.prototype.toLocaleString = () => assert.fail("the browser was asked");
  try {
    const cart = await createCart({ store, storage: "memory", profile: "v5-formatted", messages: invention });
    const { items, totals } = cart.addItem({ id: 1, quantity: 2 });
    assert.equal(Object.values(items)[0].price, "1.234,50\u00a0€");
    assert.equal(totals.total, "2.469,00\u00a0€");
    cart.close();
  } finally {
    Intl.NumberFormat = native;
    Number.prototype.toLocaleString = before;
  }
});

test("a catalogue may be a file, and one that cannot be had is told", async () => {
  const fetch = async (url) => (String(url).endsWith("de.json") ? Response.json(invention) : new Response("", { status: 404 }));
  const cart = await createCart({ store, storage: "memory", messages: "https://shop.example/de.json", fetch });
  assert.match(cart.clear().notices.notice[0], /^DE</);
  cart.close();
  await assert.rejects(createCart({ store, messages: "https://shop.example/fr.json", fetch }), { code: "cocart_wasm_store_unavailable", message: /message catalogue/ });
  for (const odd of [{}, { messages: {} }, { messages: { "Cart updated.": "" } }, { messages: { "Cart updated.": 7 } }]) {
    const cart = await createCart({ store, storage: "memory", messages: odd });
    assert.equal(cart.addItem({ id: 1 }).item_count, 1);
    cart.close();
  }
});

test("hooks see the translated document, and errors pass their message filters", async () => {
  const cart = await createCart({ store, storage: "memory", messages: invention, hooks: true });
  cart.addFilter("cocart_product_is_out_of_stock_message", (message) => `${message}!`);
  assert.throws(() => cart.addItem({ id: 3 }), { message: /^DE<.*>\[Weg\]!$/ });
  cart.addFilter("cocart_cart", (document) => ({ ...document, first: document.notices.success?.[0] }));
  assert.match(cart.addItem({ id: 1 }).first, /Warenkorb/);
  cart.close();
});

test("a merchant's own .po and JSON files become a catalogue", () => {
  const po = `# invented for this test
msgid ""
msgstr ""
"Language: de_DE\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: includes/class-x.php:12
msgid "Cart updated."
msgstr "Warenkorb "
"erneuert."

#: includes/y.php
#, php-format
msgid "%s has been added to your cart."
msgid_plural "%s have been added to your cart."
msgstr[0] "%s liegt bereit."
msgstr[1] "%s liegen bereit."

#, php-format
msgid "You cannot add that amount of &quot;%1$s&quot; to the cart because there is not enough stock (%2$s remaining)."
msgstr "Nur %2$s von &bdquo;%1$s&ldquo;."

#, fuzzy
msgid "Cart is cleared."
msgstr "geraten"

msgid "Not the engine's."
msgstr "Fremd."

#: i18n/countries.php:64
msgid "Germany"
msgstr "Deutschland"

msgid "View cart"
msgstr ""

#~ msgid "Item does not exist in cart."
#~ msgstr "alt"
`;
  const jed = { locale_data: { messages: { "": { lang: "de", "plural-forms": "nplurals=2; plural=(n != 1);" }, "Cart updated.": ["Aus JSON"], "Product\u0004Shipping": ["Versand"], "Coupon: %s": ["Gutschein %s"] } } };
  const made = catalogue(po);
  assert.deepEqual(made, {
    language: "de_DE",
    pluralForms: "nplurals=2; plural=(n != 1);",
    messages: {
      "Cart updated.": "Warenkorb erneuert.",
      "%s has been added to your cart.": ["%s liegt bereit.", "%s liegen bereit."],
      'You cannot add that amount of "%s" to the cart because there is not enough stock (%s remaining).': "Nur %2$s von &bdquo;%1$s“.",
      Germany: "Deutschland",
    },
  });
  assert.equal(translator(made).say('You cannot add that amount of "X" to the cart because there is not enough stock (2 remaining).'), "Nur 2 von &bdquo;X“.");
  const both = catalogue([po, JSON.stringify(jed)], { messages: { "VAT": "MwSt." } });
  assert.deepEqual([both.messages["Cart updated."], both.messages.Shipping, both.messages.VAT, both.language], ["Aus JSON", "Versand", "MwSt.", "de"]);
  assert.ok(missing(both).includes("View cart") && !missing(both).includes("Shipping"));
  // English that does not count in a row is renumbered with its translation
  const odd = catalogue('msgid "The quantity for \\"%2$s\\" has increased to \\"%1$s\\"."\nmsgstr "%1$s von %2$s"');
  assert.equal(translator(odd).say('The quantity for "Mug" has increased to "3".'), "3 von Mug");
});

test("templates match in one pass", () => {
  assert.deepEqual(match(pieces('a "%s" b %s'), 'a "x" b y').args, ["x", "y"]);
  assert.deepEqual(match(pieces("%s"), "all").args, ["all"]);
  assert.equal(match(pieces("a%sa"), "a"), undefined);
  assert.equal(match(pieces("a%s b %sa"), "a x a"), undefined);
  assert.deepEqual(match(pieces('"%s"!'), "&quot;a &amp; b&quot;!").args, ["a &amp; b"]);
  assert.equal(render("%2$s %1$s %% %s", ["a", "b"]), "b a % a");
});

