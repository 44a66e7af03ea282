/** What a page imports beside `cocart-wasm`: `"auth"` is `cocart-wasm/auth`. */
export type Entry = "auth" | "axios" | "messages" | "money" | "react" | "response" | "svelte" | "vue";

/**
 * The addresses of the package's own files under the folder it is served from, to be kept for
 * opening offline: `cache.addAll(packageFiles(new URL("/pkg/", location.origin), ["auth"]))`.
 * `entries` are those that the page imports besides. A bundler gives the files other names; precache its output instead.
 */
export function packageFiles(base: string | URL, entries?: readonly Entry[]): string[];
