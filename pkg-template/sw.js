// For service workers. They have no localStorage: with no page open nothing is sent until the next visit.

/** By entry; scripts/bundle.mjs knows them. */
const FILES = PACKAGE_FILES;

/** The addresses of the package's own files, and of those of further entries, to be kept for opening offline. @param {string | URL} base */
export function packageFiles(base, entries = []) {
  const files = [".", ...entries].flatMap((entry) => {
    if (!Object.hasOwn(FILES, entry)) throw new TypeError(`cocart-wasm has no entry "${entry}" for pages.`);
    return FILES[entry];
  });
  return [...new Set(files)].map((file) => new URL(file, base).href);
}
