/**
 * The addresses of the package's own files under the folder it is served from, to be kept for
 * opening offline: `cache.addAll(packageFiles(new URL("/pkg/", location.origin)))`.
 * A bundler gives the files other names; precache its output instead.
 */
export function packageFiles(base: string | URL): string[];
