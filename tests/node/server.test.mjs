// The 24 recordings of part `server` through the whole stack: the replay endpoint is the shop, the package drives it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { codes } from "../../pkg/index.js";
import { makeShop, openAt } from "./support/accounts.mjs";
import { PLAYS, TEE, look } from "./support/plays.mjs";
import { GOLDEN, namesOf } from "./support/recordings.mjs";
import { startReplay } from "./support/stage.mjs";

let replay;
const counts = new Map();
let looks = 0;
before(async () => {
  replay = await startReplay();
});

/** Plays a recording to its end. */
async function play(name, then = PLAYS[name]) {
  const stage = await replay.stage(name);
  try {
    await then(stage);
    return { ways: await stage.end(), looks: stage.looks };
  } finally {
    stage.close();
  }
}

test("part `server` of the recordings through endpoint, wasm and package", { timeout: 600_000 }, async (t) => {
  const names = namesOf(GOLDEN, "server");
  assert.deepEqual(Object.keys(PLAYS).sort(), [...names].sort(), "every recording has its play");
  for (const name of names) {
    await t.test(name, async () => {
      const played = await play(name);
      for (const way of played.ways) counts.set(way, (counts.get(way) ?? 0) + 1);
      looks += played.looks;
    });
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  assert.equal(all, 170);
});

// What the recordings show that no one would guess, by name

test("a guest's quantity replaces the customer's at sign-in", () => play("v2_merge_guest_into_customer_with_cart"));

test("login alone merges nothing", () => play("v2_merge_by_login"));

test("a preflight that names headers gets no Access-Control-Allow-Origin from a shop as it comes", async () => {
  const stage = await replay.stage("v2_cors_default");
  await stage.world();
  for (const named of ["cocart-api-cart-key", "content-type"]) {
    const { headers } = await stage.world();
    assert.equal(stage.recording.steps[stage.at - 1].request.headers["Access-Control-Request-Headers"], named);
    assert.equal(headers.get("access-control-allow-origin"), null, named);
  }
  stage.close();
});

test("errors carry no cart key, and the package needs none", async () => {
  for (const name of namesOf(GOLDEN, "server")) {
    const stage = await replay.stage(name);
    for (const { response } of stage.recording.steps.filter(({ response }) => response?.status >= 400)) {
      assert.equal(response.headers["CoCart-API-Cart-Key"], undefined, name);
    }
  }
  await play("v2_cart_key_unknown", async (stage) => {
    const cart = await stage.shopper({ cartKey: "0123456789abcdef0123456789abcd" });
    const { cart_key } = cart.getSnapshot();
    await stage.told(cart, look);
    for (const act of [() => cart.totals(), () => cart.removeItem(TEE)]) {
      await stage.computed(act);
      assert.equal(cart.getSnapshot().cart_key, cart_key);
    }
  });
});

test("add-items is not atomic: what it refuses as a whole is in the cart in part", async () => {
  const stage = await replay.stage("v2_add_items_errors");
  for (let at = 0; at < 3; at += 1) await stage.world();
  assert.equal((await stage.world()).body.code, codes.NOT_ENOUGH_IN_STOCK);
  assert.deepEqual(Object.values((await stage.world()).body).map(({ id }) => id), [101], "the one before the one refused stays");
  stage.close();
});

test("a 500 can mean that the items are in the cart all the same", async () => {
  const stage = await replay.stage("v2_add_return_item");
  assert.equal((await stage.world()).status, 500);
  assert.deepEqual(Object.values((await stage.world()).body).map(({ id, quantity }) => [id, quantity.value]), [[101, 2]]);
  stage.close();
});

test("so a 500 is settled by looking, and a group is told line by line", async () => {
  const { body: broken } = (await replay.stage("v2_add_return_item")).recorded(0);
  const shop = makeShop();
  let break_once = true;
  const fetch = async (...request) => {
    const answer = await shop.fetch(...request);
    if (request[1].method !== "POST" || !break_once) return answer;
    break_once = false;
    return new Response(JSON.stringify(broken), { status: 500, headers: { "content-type": "application/json" } });
  };
  const cart = await openAt(shop, { fetch });
  cart.addItems([{ id: 1, quantity: 2 }, { id: 2 }]);
  await assert.rejects(cart.sync(), { code: codes.OFFLINE, status: 500 });
  await cart.sync();
  assert.deepEqual(shop.holds(cart.getSnapshot().cart_key), { 1: 2, 2: 1 });
  assert.ok(shop.routes().every((route) => !route.endsWith("add-items")));
  cart.close();
});

after(() => {
  replay?.stop();
  const words = [...counts].sort().map(([way, count]) => `${count} ${way}`);
  console.log(`part server through the whole stack: ${words.join(", ")}; ${looks} looks before merging beside`);
});
