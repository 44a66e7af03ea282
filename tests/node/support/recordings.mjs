// The recordings of the real server, and the shops that they begin in.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");
export const GOLDEN = join(ROOT, "tests/golden");
/** The second shop, on WooCommerce 11. */
export const GOLDEN_11 = join(ROOT, "tests/golden-wc11");

export const read = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));

/** The recordings of a folder by the index, all of them or a part's. */
export const namesOf = (folder, part) => Object.entries(read(folder, "index.json").recordings).flatMap(([name, about]) => (part === undefined || about.part === part ? [name] : []));

/**
 * The snapshots that a folder's recordings begin with, made by the conformance command with these options: `files` by recording (those of the
 * same shop share one), `store(name)` the snapshot of one, `excused` what is not compared (tools/conformance/src/{defects,ignore}.rs).
 * `remove` when they are done with.
 */
export function snapshotsOf(folder, ...options) {
  const place = mkdtempSync(join(tmpdir(), "cocart-snapshots-"));
  const command = ["run", "--quiet", "--profile", "native", "-p", "conformance", "--", "--dir", folder, ...options, "--snapshots", place];
  execFileSync("cargo", command, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  const [files, excused] = [read(place, "index.json"), read(place, "excused.json")];
  return { files, excused, store: (name) => read(place, files[name]), remove: () => rmSync(place, { recursive: true }) };
}
