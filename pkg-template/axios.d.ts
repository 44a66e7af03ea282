import type { Cart, Profile } from "./index.js";

/**
 * An adapter for axios, whose old versions know no `fetch`: requests go through `cart.fetch`.
 * Newer ones can do without it: `{ adapter: "fetch" }` and `cart.install()`.
 */
export function axiosAdapter<P extends Profile>(cart: Cart<P>): (config: any) => Promise<any>;
