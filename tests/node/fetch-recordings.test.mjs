// The recordings of HTTP's own matters, through `cart.fetch`: addresses, methods, headers and statuses as a client meets them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createCart } from "../../pkg/index.js";
import { GOLDEN, namesOf, read, snapshotsOf } from "./support/recordings.mjs";

const SHOP = "https://shop.example";

let snapshots;
before(() => (snapshots = snapshotsOf(GOLDEN, "--part", "fetch")));
after(() => snapshots.remove());

const NAMES = namesOf(GOLDEN, "fetch");

/** Opens the cart of a recording; `network` is the shop. */
async function open(name, network) {
  const { vars, steps } = read(GOLDEN, `${name}.json`);
  const cartKey = vars?.cart_key ?? steps.map(({ response }) => response?.body?.cart_key).find(Boolean) ?? "none";
  const store = snapshots.store(name);
  const cart = await createCart({ store, storeUrl: SHOP, storage: "memory", storageKey: name, sync: "manual", profile: "v4.3", cartKey, fetch: network });
  return { cart, steps };
}

function init({ method, headers = {}, body, raw_body: raw }) {
  if (body !== undefined) return { method, headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) };
  return { method, headers, body: raw };
}

const url = ({ path, query = {} }) => `${SHOP}${path}?${new URLSearchParams(query)}`;

async function compare(step, response, without = (body) => body) {
  const expected = step.response;
  assert.equal(response.status, expected.status);
  const text = await response.text();
  // as text: the order of keys counts
  assert.equal(JSON.stringify(text === "" ? null : JSON.parse(text)), JSON.stringify(without(expected.body)));
  for (const [name, value] of Object.entries(expected.headers)) {
    if (snapshots.excused.headers[name] === "Clock") assert.ok(response.headers.has(name), name);
    else assert.equal(response.headers.get(name), value, name);
  }
}

/** What only the shop knows of its routes: its plugin's own words. */
function withoutWords({ schema, ...body }) {
  for (const { args } of body.endpoints) for (const arg of Object.values(args)) delete arg.description;
  return body;
}

assert.equal(NAMES.length, 6);
for (const name of NAMES) {
  for (const online of [true, false]) {
    test(`${name}, the shop ${online ? "answers" : "cannot be reached"}`, async () => {
      let step;
      const asked = [];
      const { cart, steps } = await open(name, async (input, init) => {
        asked.push(new Request(input, init).method);
        if (!online) throw new TypeError("fetch failed");
        const { status, headers, body } = step.response;
        return new Response(JSON.stringify(body), { status, headers });
      });
      for (step of steps) {
        const { request } = step;
        const isForeign = !/\/(batch\/v1|cocart\/v2\/+(cart|store)(\/.*)?)$/.test(request.query?.rest_route ?? request.path);
        if (isForeign && !online) {
          // None of the cart's: what the network says is what the client hears.
          await assert.rejects(cart.fetch(url(request), init(request)), TypeError);
          continue;
        }
        const response = await cart.fetch(url(request), init(request));
        if (request.method === "HEAD") {
          // server-defects.md: the recorded server refuses to answer what it answers to GET
          assert.deepEqual([response.status, await response.text()], [200, ""]);
        } else if (request.path.endsWith("/batch/v1")) {
          // server-defects.md: the recorded server cannot reach the cart in a batch
          const { responses } = await response.json();
          assert.equal(response.status, 207);
          assert.equal(response.headers.get("Access-Control-Allow-Headers"), step.response.headers["Access-Control-Allow-Headers"]);
          assert.equal(response.headers.get("Allow"), "POST");
          assert.deepEqual(responses.map(({ status, headers }) => [status, headers.Allow]), [[200, "POST"], [200, "GET, POST, DELETE, PUT, PATCH"]]);
          assert.deepEqual(responses[1].body.items.map(({ id }) => id), [104]);
          break;
        } else {
          await compare(step, response, online || request.method !== "OPTIONS" ? undefined : withoutWords);
        }
      }
      // Asked of the shop were descriptions, and what is no route here.
      assert.ok(asked.every((method) => method === "OPTIONS" || name.includes("unknown")), `${asked}`);
      cart.close();
    });
  }
}
