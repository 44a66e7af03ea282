// For service workers. They have no localStorage: with no page open nothing is sent until the next visit.

/** The addresses of the package's own files, to be kept for opening offline. @param {string | URL} base */
export function packageFiles(base) {
  // scripts/bundle.mjs knows them
  return PACKAGE_FILES.map((file) => new URL(file, base).href);
}
