import { useSyncExternalStore } from "react";

/** The cart's document, drawn again when it changes; on a server the cart of a shopper who has none. */
export function useCart(cart) {
  return useSyncExternalStore(cart.subscribe, cart.getSnapshot, cart.getServerSnapshot);
}
