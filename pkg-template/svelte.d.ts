import type { Cart, CartDocument, Profile } from "./index.js";

/** A store in Svelte's sense: `$document` is the cart's document. */
export function cartStore<P extends Profile>(
  cart: Cart<P>,
): { subscribe(run: (document: CartDocument<P>) => void): () => void };
