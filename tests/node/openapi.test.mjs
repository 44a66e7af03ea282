// What the profiles v4.9 and v5 write, held against the publisher's OpenAPI files. These carry no licence and are no part of
// this project (../shared/openapi/README.md), so this runs where they lie beside the repository and says so where they do not.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import { parse } from "yaml";
import { createCart } from "../../pkg/index.js";

const FOLDER = fileURLToPath(new URL("../../../shared/openapi/", import.meta.url));
const FILES = {
  "v4.9": "community_v2_openapi-cocart-v2-community.yaml",
  v5: "starter_v2_openapi-cocart-v2-collection.yaml",
  "v5-formatted": "starter_v2_openapi-cocart-v2-collection.yaml",
};
const COUPON = "openapi";
const demo = JSON.parse(readFileSync(new URL("../../tools/endpoint/shop/snapshot.json", import.meta.url), "utf8"));
/** The demo shop with a coupon whose code is known. */
const code_hash = createHash("sha256").update(`${demo.coupon_salt}${COUPON}`).digest("hex");
const snapshot = { ...demo, coupons: [{ id: 1, code_hash, discount_type: "percent", amount: "10" }] };

/**
 * No schema tells these apart, as they are all texts; the examples of GET cart contradict the rest of their file there, which
 * is followed: a rate's cost is "10.00" beside a shipping_total of "1000" (minor units throughout); the keys of rates are
 * `flat_rate_1` beside a `key` of `flat_rate:1` (the key); a coupon's saving is "2320" in 4.9 and "$23.20" in 5.0 unasked for
 * formatted prices (minor units with the minus that every server writes, prices in v5-formatted alone); attributes are named
 * `attribute_pa_size` (by their label, as every server does). CartTotals' lists of taxes are numbers even when `formatted`.
 * And every `oneOf` is of open schemas that any object fits, so that no cart can fit just one of them.
 *
 * Where the files contradict themselves, so that no answer could agree with all they say. `at` is matched with the place and
 * what is wrong there (`/items/* unknown extensions`); `in` are the profiles. A row that nothing needs any more is a failure.
 */
const CONTRADICTIONS = [
  {
    at: /^\/removed_items\/\* (unknown|missing) /,
    in: ["v4.9", "v5", "v5-formatted"],
    why: "RemovedItem is {key, product_id, quantity, name}, but is described as 'recently removed items that can be restored': every version of the plugin that could be read writes the item itself, whose item_key is what PUT cart/item/{item_key} takes",
  },
  {
    at: /^\/cross_sells\/\* (unknown|missing) /,
    in: ["v4.9", "v5", "v5-formatted"],
    why: "CrossSellItem renames name, title and image to product_name, product_title and product_image and forgets the rest; the plugin's code, up to the development line of 5.0, writes the names that 4.3.6 is recorded with, and products in the same file are {name, …} too",
  },
  {
    at: /^\/shipping\/packages\/\*\/rates\/\* unknown meta_data$/,
    in: ["v4.9", "v5", "v5-formatted"],
    why: "ShippingRate leaves out meta_data, which every server since 3.1 sends; the schema is open",
  },
  {
    at: /^\/taxes\/\* missing (label|total)$/,
    in: ["v4.9"],
    why: "CartTax of 4.9 is two shapes in one: label and total where taxes are one sum, name and price where they are itemized, says its own text; all four never come together",
  },
  {
    at: /^ missing extensions$/,
    in: ["v5", "v5-formatted"],
    why: "the text of CartV2.extensions in 5.0 says 'only present when at least one extension hooks this filter', the example of GET cart has an empty one; the text is followed",
  },
];

/** Where the files' own examples are not what their schemas say, and which of the two is followed. */
const EXAMPLES = [
  { at: /missing notices$/, why: "no example has the notices that CartV2 names; the schema is followed" },
  { at: /missing extensions$/, why: "examples lack extensions on the cart or on items, against the texts of 4.9 ('always present') and of 5.0 ('empty object when no extensions hook'); the texts are followed" },
  { at: /^v5 .*\/quantity missing (multiple_of|editable)$/, why: "5.0's examples lack the two new fields of quantity; the schema is followed" },
  { at: /^v4\.9 .*\/taxes\/\* missing (name|price)$/, why: "the example shows one sum (label and total), the other half of CartTax is for itemized taxes" },
  { at: /add-item:\/shipping\/packages must be object, is \[\]$/, why: "PHP's empty array where the schema has an object; the schema is followed" },
  { at: /add-item:\/totals missing (shipping_taxes|cart_contents_total|cart_contents_tax|cart_contents_taxes|fee_taxes)$/, why: "add-item's example has ten totals, GET cart's and the schema have fifteen; the schema is followed" },
];

const have = existsSync(FOLDER);
test("profiles against the publisher's OpenAPI files", { skip: have ? false : `did not run: ${FOLDER} is not there` }, async (t) => {
  const used = new Set();
  for (const [profile, file] of Object.entries(FILES)) {
    const { spec, problems: wrong } = checker(file);
    await t.test(`${profile}: answers are what ${file} says`, async () => {
      const answers = await shop(profile);
      const problems = [];
      for (const { name, route, method, component, answer } of answers) {
        assert.equal(answer.status, 200, `${name}: ${JSON.stringify(answer.body)}`);
        // Open schemas all fit any object, so that a file's oneOf cannot tell: the meant one is named.
        const schema = choices(spec, route, method).find((choice) => !component || choice.$ref?.endsWith(`/${component}`));
        assert.ok(schema, `${name}: the file knows no ${component} there`);
        for (const strict of [false, true]) {
          for (const problem of wrong(schema, answer.body, strict)) {
            const row = CONTRADICTIONS.findIndex((row) => strict && row.in.includes(profile) && row.at.test(problem));
            if (row >= 0) used.add(`${row} ${profile}`);
            else problems.push(`${name}: ${problem}${strict ? "" : " (schema as it is)"}`);
          }
        }
      }
      assert.deepEqual([...new Set(problems)], []);
    });
    await t.test(`${profile}: amounts are written as the file's texts say`, async () => {
      const answers = await shop(profile);
      const { body } = answers.find(({ name }) => name === "the full cart").answer;
      const money = profile === "v5-formatted" ? /^-?\$[\d,]+\.\d\d$/ : /^-?\d+$/;
      const amounts = [
        ...Object.values(body.items).flatMap((item) => [item.price, item.regular_price ?? item.price, ...Object.values(item.totals)]),
        ...Object.values(body.totals).filter((value) => typeof value === "string"),
        ...body.cross_sells.flatMap((one) => [one.price, one.regular_price]),
        ...body.taxes.map((tax) => tax.price ?? tax.total),
        ...body.coupons.map((coupon) => coupon.saving),
      ];
      assert.ok(amounts.length > 20);
      assert.deepEqual(amounts.filter((amount) => !money.test(amount)), []);
      assert.ok(body.fees.length === 1 && body.taxes.length > 0 && body.removed_items.length === 1 && body.coupons.length === 1);
    });
  }
  await t.test("each contradiction that is listed is one", () => {
    const listed = CONTRADICTIONS.flatMap((row, at) => row.in.map((profile) => `${at} ${profile}`));
    assert.deepEqual(listed.filter((one) => !used.has(one)), []);
  });
  await t.test("the files' own examples are no better: what their own schemas refuse is listed", () => {
    const refused = new Set();
    for (const [profile, file] of Object.entries(FILES).slice(0, 2)) {
      const { spec, problems } = checker(file);
      for (const [route, methods] of Object.entries(spec.paths).filter(([route]) => route.startsWith("/cart"))) {
        for (const [method, { responses }] of Object.entries(methods)) {
          const { example, examples = { "": { value: example } } } = responses?.["200"]?.content?.["application/json"] ?? {};
          for (const { value } of Object.values(examples).filter(({ value }) => value !== undefined)) {
            const component = value.cart_hash ? "CartV2" : value.item_key ? "CartItem" : undefined;
            const all = choices(spec, route, method);
            const schema = all.find(({ $ref }) => component && $ref?.endsWith(`/${component}`)) ?? all[0];
            for (const problem of problems(schema, value, true)) refused.add(`${profile} ${method} ${route}:${problem}`);
          }
        }
      }
    }
    const rows = EXAMPLES.map(({ at }) => at);
    assert.deepEqual([...refused].filter((problem) => !rows.some((at) => at.test(problem))), []);
    assert.deepEqual(rows.filter((at) => ![...refused].some((problem) => at.test(problem))), []);
  });
});

/** A cart with a simple product, a variation, taxes, a coupon, a fee and shipping, and what its routes answer. */
async function shop(profile) {
  const cart = await createCart({ store: snapshot, storage: "memory", storageKey: `openapi ${profile} ${Math.random()}`, profile });
  const answers = [];
  const ask = (name, method, path, options, component = "CartV2", route = `/${path}`) => {
    const answer = cart.request(method.toUpperCase(), path, options);
    answers.push({ name, route, method, component, answer });
    return answer.body;
  };
  ask("a first item", "post", "cart/add-item", { body: { id: "145", quantity: "2" } });
  ask("a variation", "post", "cart/add-item", { body: { id: "172", quantity: "1" } });
  ask("an item with data", "post", "cart/add-item", { body: { id: "152", quantity: "3", item_data: { engraving: "M" } } });
  const added = ask("an item returned", "post", "cart/add-item", { body: { id: "158", quantity: "1", return_item: true } }, "CartItem");
  ask("a customer", "post", "cart/update", { body: { namespace: "update-customer", first_name: "Ada", country: "US", state: "CA", postcode: "94103", city: "San Francisco", address_1: "1 Main" } });
  for (const [path, body] of [
    ["cart/apply-coupon", { coupon: COUPON }],
    ["cart/add-fee", { name: "Gift wrapping", amount: "5.00" }],
  ]) {
    const { status, body: said } = cart.request("POST", path, { body });
    assert.equal(status, 200, JSON.stringify(said));
  }
  ask("a removed item", "delete", `cart/item/${added.item_key}`, {}, "CartV2", "/cart/item/{item_key}");
  ask("the full cart", "get", "cart");
  ask("the items", "get", "cart/items", {}, null);
  const [key] = Object.keys(cart.getSnapshot().items);
  ask("an item", "get", `cart/item/${key}`, {}, "CartItem", "/cart/item/{item_key}");
  ask("a changed quantity", "post", `cart/item/${key}`, { body: { quantity: "4" } }, "CartV2", "/cart/item/{item_key}");
  ask("the totals", "get", "cart/totals", {}, "TotalsResponse");
  ask("the totals as prices", "get", "cart/totals", { query: { html: true } }, "TotalsResponse");
  ask("the totals calculated", "post", "cart/calculate", { body: { return_totals: true } }, "CartTotals");
  ask("the cart calculated", "post", "cart/calculate");
  ask("the count", "get", "cart/items/count", {}, null);
  ask("a cleared cart", "post", "cart/clear");
  ask("an empty cart", "get", "cart");
  cart.close();
  return answers;
}

/** The schemas that a route's answer with status 200 may have. */
function choices(spec, route, method) {
  const schema = spec.paths[route]?.[method]?.responses?.["200"]?.content?.["application/json"]?.schema;
  return schema?.oneOf ?? (schema ? [schema] : assert.fail(`the file has no ${method} ${route}`));
}

/** Its objects are open and require nothing; closed, every field that is named has to be there and none that is not. */
function checker(file) {
  const spec = parse(readFileSync(FOLDER + file, "utf8"));
  const ajvs = [spec.components, closed(spec.components)].map((components) =>
    new Ajv({ strict: false, allErrors: true, verbose: true, validateFormats: false }).addSchema({ $id: "file", components }),
  );
  const compiled = new Map();
  const compile = (schema, strict) => {
    const text = JSON.stringify([strict, schema]);
    if (!compiled.has(text)) {
      const whole = JSON.parse(JSON.stringify(strict ? closed(schema) : schema).replaceAll('"#/', '"file#/'));
      compiled.set(text, ajvs[strict ? 1 : 0].compile(whole));
    }
    return compiled.get(text);
  };
  /** What is wrong with a document. */
  const problems = (schema, document, strict) => {
    const check = compile(schema, strict);
    return check(document) ? [] : [...new Set(check.errors.filter(({ keyword }) => keyword !== "oneOf").map(shown))];
  };
  return { spec, problems };
}

function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== "object") return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, name === "example" || name === "examples" ? undefined : closed(value)]));
  if (schema.type === "object" && schema.properties && schema.additionalProperties === undefined) {
    Object.assign(copy, { required: Object.keys(schema.properties), additionalProperties: false });
  }
  return copy;
}

function shown({ instancePath, keyword, params, message, data }) {
  const at = instancePath.replace(/\/([0-9a-f]{32}|\d+)(?=\/|$)/g, "/*").replace(/\/(packages|rates)\/[^/]+/g, "/$1/*");
  if (keyword === "additionalProperties") return `${at} unknown ${params.additionalProperty}`;
  if (keyword === "required") return `${at} missing ${params.missingProperty}`;
  return `${at} ${message}, is ${JSON.stringify(data)?.slice(0, 80)}`;
}
