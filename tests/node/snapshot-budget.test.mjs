// What a snapshot weighs for each product, at the sizes shops have, against scripts/snapshot-budget.json.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { importer } from "../../pkg/cli/importer.js";
import { report } from "../../pkg/cli/report.js";
import { largeShop } from "./support/large-shop.mjs";

const budgets = JSON.parse(readFileSync(new URL("../../scripts/snapshot-budget.json", import.meta.url), "utf8"));

for (const [kind, sizes] of Object.entries(budgets).filter(([kind]) => kind !== "what")) {
  for (const [count, budget] of Object.entries(sizes)) {
    test(`a snapshot of ${count} products for the ${kind} keeps its budget`, () => {
      const start = performance.now();
      const text = importer({ task: "snapshot", sources: largeShop(Number(count)), release: { catalogue: kind === "catalogue" } });
      const took = Math.round(performance.now() - start);
      const { products, variations, bytes, perProduct } = report(text);
      console.log(`${kind}, ${count} products: ${products + variations} entries, ${bytes.raw} bytes raw, ${bytes.gzip} gzip, ${bytes.brotli} brotli; for each ${perProduct.raw} / ${perProduct.gzip} / ${perProduct.brotli}; imported in ${took} ms`);
      assert.deepEqual([products, variations], [Number(count), Number(count)]);
      for (const [how, most] of Object.entries(budget)) assert.ok(perProduct[how] <= most, `${perProduct[how]} bytes ${how}, ${most} allowed`);
    });
  }
}
