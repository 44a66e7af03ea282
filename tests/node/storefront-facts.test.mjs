// What the storefront says of products and prices, whatever the snapshot leaves out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const USD = {
  currency_code: "USD",
  currency_minor_unit: 2,
  currency_decimal_separator: ".",
  currency_thousand_separator: ",",
  currency_prefix: "$",
  currency_suffix: "",
};

/** The storefront's own file, its import of the package led to the package as it is here. */
async function load(path) {
  const read = (file) => readFileSync(fileURLToPath(new URL(`../../www/${file}`, import.meta.url)), "utf8");
  const asUrl = (text) => `data:text/javascript,${encodeURIComponent(text)}`;
  const money = read("lib/money.js").replace("../pkg/money.js", new URL("../../pkg-template/money.js", import.meta.url).href);
  const dom = new URL("../../www/lib/dom.js", import.meta.url).href;
  return import(asUrl(read(path).replaceAll("../lib/money.js", asUrl(money)).replaceAll("../lib/dom.js", dom)));
}

describe("the storefront's products", () => {
  let facts;
  before(async () => (facts = await load("catalogue/facts.js")));

  const variable = { id: 1, type: "variable", price: "24" };
  const variation = (id, price) => ({ id, type: "variation", parent_id: 1, ...(price && { price }) });

  it("leaves a variation without a price out", () => {
    const [product] = facts.sellable({ products: [variable, variation(2, "24"), variation(3), variation(4, "26.5")] });
    assert.deepEqual(product.variations.map(({ id }) => id), [2, 4]);
    assert.equal(facts.priceFrom(product, USD), "From $24.00");
  });

  it("leaves a variable product out of which nothing can be chosen", () => {
    assert.deepEqual(facts.sellable({ products: [variable, variation(3)] }), []);
    assert.deepEqual(facts.sellable({ products: [variable] }), []);
  });

  it("writes prices as the shop does", () => {
    assert.equal(facts.price("0", USD), "Free");
    assert.equal(facts.price("1234.5", USD), "$1,234.50");
  });
});
