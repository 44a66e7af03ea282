// The recordings once more, through the built package: what crosses to JavaScript is the server's document, too.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { replay, sendsOrder } from "./support/replay.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));

for (const [folder, part] of [["tests/golden", "cart"], ["tests/golden-wc11"]]) {
  test(`the recordings of ${folder} through the package`, { timeout: 600_000 }, async (t) => {
    const snapshots = mkdtempSync(join(tmpdir(), "cocart-conformance-"));
    t.after(() => rmSync(snapshots, { recursive: true }));
    const options = ["--dir", folder, ...(part ? ["--part", part] : []), "--snapshots", snapshots];
    execFileSync("cargo", ["run", "--quiet", "--profile", "native", "-p", "conformance", "--", ...options], { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });

    const count = { steps: 0, equal: 0, recordings: 0, whole: 0, cut: 0 };
    const [defects, left] = [new Map(), new Map()];
    const differences = [];
    const clock = { now: Date.now() };
    t.mock.method(Date, "now", () => clock.now);
    for (const [name, file] of Object.entries(read(snapshots, "index.json"))) {
      const text = readFileSync(join(ROOT, folder, `${name}.json`), "utf8");
      const unordered = sendsOrder(text);
      const found = await replay(JSON.parse(text), read(snapshots, file), { clock, count, defects, left, unordered });
      differences.push(...found);
      count.recordings += 1;
      if (found.length === 0) count.whole += 1;
    }
    for (const difference of differences) console.log(difference);
    for (const [what, times] of defects) console.log(`defect of the server, held natively: ${times} × ${what}`);
    for (const [why, times] of left) console.log(`steps left out: ${times} × ${why}`);
    console.log(`conformance through wasm: ${count.equal} of ${count.steps} steps equal, ${count.whole} of ${count.recordings} recordings of ${folder} (${count.cut} of them not to their end)`);
    assert.ok(count.steps > 500, "nearly nothing was replayed");
    assert.deepEqual(differences, []);
  });
}
