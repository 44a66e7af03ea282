import type { Cart, CartDocument, Profile } from "./index.js";

/** The cart's document, drawn again when it changes; on a server the cart of a shopper who has none. */
export function useCart<P extends Profile>(cart: Cart<P>): CartDocument<P>;
