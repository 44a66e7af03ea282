// Waiting for what a test is about, however long this machine takes over it.
import assert from "node:assert/strict";

/** Until `holds()`; who waits a minute for it waits in vain. `where` names it. */
export async function until(holds, where = () => "") {
  for (const end = Date.now() + 60_000; !(await holds()); await new Promise((done) => setTimeout(done, 5))) {
    assert.ok(Date.now() < end, `nothing happened: ${where()}`);
  }
}
