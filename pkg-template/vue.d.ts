import type { ShallowRef } from "vue";
import type { Cart, CartDocument, Profile } from "./index.js";

/** The cart's document as a shallow ref: documents are frozen and need no proxy. */
export function useCart<P extends Profile>(cart: Cart<P>): Readonly<ShallowRef<CartDocument<P>>>;
