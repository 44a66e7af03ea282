// The recordings once more, through the built package: what crosses to JavaScript is the server's document, too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { GOLDEN, GOLDEN_11, snapshotsOf } from "./support/recordings.mjs";
import { replay, sendsOrder } from "./support/replay.mjs";

for (const [folder, ...options] of [[GOLDEN, "--part", "cart"], [GOLDEN_11]]) {
  test(`the recordings of ${basename(folder)} through the package`, { timeout: 600_000 }, async (t) => {
    const { files, store, excused, remove } = snapshotsOf(folder, ...options);
    t.after(remove);
    const count = { steps: 0, equal: 0, recordings: 0, whole: 0, cut: 0 };
    const [defects, left] = [new Map(), new Map()];
    const differences = [];
    const clock = { now: Date.now() };
    t.mock.method(Date, "now", () => clock.now);
    for (const name of Object.keys(files)) {
      const text = readFileSync(join(folder, `${name}.json`), "utf8");
      const unordered = sendsOrder(text);
      const found = await replay(JSON.parse(text), store(name), { clock, count, defects, left, unordered, excused });
      differences.push(...found);
      count.recordings += 1;
      if (found.length === 0) count.whole += 1;
    }
    for (const difference of differences) console.log(difference);
    for (const [what, times] of defects) console.log(`defect of the server, held natively: ${times} × ${what}`);
    for (const [why, times] of left) console.log(`steps left out: ${times} × ${why}`);
    console.log(`conformance through wasm: ${count.equal} of ${count.steps} steps equal, ${count.whole} of ${count.recordings} recordings of ${basename(folder)} (${count.cut} of them not to their end)`);
    assert.ok(count.steps > 500, "nearly nothing was replayed");
    assert.deepEqual(differences, []);
  });
}
