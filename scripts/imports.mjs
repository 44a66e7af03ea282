// Which of the package's files load which: read from their sources, packed or not.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const named = (file, pattern) => [...readFileSync(file, "utf8").matchAll(pattern)].map(([, path]) => join(dirname(file), path));

/** What a file imports when it is loaded. */
export const imports = (file) => named(file, /(?:\bfrom\s*|\bimport\s*)["'](\.[^"']+)["']/g);

/** What a file imports when an option asks for it. */
export const onDemand = (file) => named(file, /\bimport\s*\(\s*["'](\.[^"']+)["']/g);

/** These files, and all that loading them loads. */
export function closure(entries) {
  const all = new Set();
  for (const waiting = [...entries]; waiting.length > 0; ) {
    const file = waiting.pop();
    if (!all.has(file)) waiting.push(...imports(file));
    all.add(file);
  }
  return all;
}
