// Documents are brought up to date in place of being made anew: they must be what a cart that opens now would show, property by property and in
// that order, and share every line that did not change with the document before.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCart } from "../../pkg/index.js";
import { makeStorage } from "./support/storage.mjs";

const products = Array.from({ length: 40 }, (_, at) => ({ id: at + 1, name: `P${at}`, slug: `p${at}`, price: `${at}.25`, regular_price: `${at}.25`, weight: `0.${at}` }));
const tax_rates = [{ id: 1, country: "", state: "", rate: "7.7", name: "VAT", priority: 1, compound: false, shipping: true, order: 1, class: "" }];

for (const profile of ["reference", "v4.3"]) {
  test(`${profile}: what was brought up to date is what is made anew`, async () => {
    let state = 7;
    const random = (below) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    const storage = makeStorage();
    const open = () => createCart({ store: { format: 1, settings: { calc_taxes: true }, tax_rates, products }, storage, profile, sync: "off" });
    const cart = await open();
    const gone = [];
    for (let step = 0; step < 150; step += 1) {
      const before = cart.getSnapshot().items;
      const known = Object.values(before);
      const { item_key } = known[random(known.length || 1)] ?? {};
      const act = random(known.length < 3 ? 2 : 9);
      let touched = [];
      if (act < 2) {
        const id = 1 + random(40);
        touched = known.filter((line) => line.id === id);
        cart.addItem({ id });
      } else if (act < 5) {
        touched = [known.find((line) => line.item_key === item_key)];
        cart.updateItem(item_key, 1 + random(9));
      } else if (act < 7) {
        touched = [known.find((line) => line.item_key === item_key)];
        cart.removeItem(item_key);
        gone.push(item_key);
      } else if (act === 7 && gone.length) {
        const back = gone.pop();
        if (!known.some((line) => line.item_key === back)) cart.restoreItem(back);
      } else if (random(20) === 0) {
        touched = known;
        cart.clear();
      }
      const after = cart.getSnapshot();
      const lines = new Set(Object.values(after.items));
      const kept = known.filter((line) => !touched.includes(line));
      assert.ok(kept.every((line) => lines.has(line)), `step ${step}: a line that nobody touched is another object`);
      const anew = await open();
      assert.equal(JSON.stringify(after), JSON.stringify(anew.getSnapshot()), `step ${step}`);
      anew.close();
    }
    assert.ok(Object.keys(cart.getSnapshot().items).length > 0);
    cart.close();
  });
}
