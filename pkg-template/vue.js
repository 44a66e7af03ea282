import { getCurrentScope, onScopeDispose, shallowRef } from "vue";

/** The cart's document as a shallow ref: documents are frozen and need no proxy. */
export function useCart(cart) {
  const document = shallowRef(cart.getSnapshot());
  const stop = cart.subscribe(() => {
    document.value = cart.getSnapshot();
  });
  if (getCurrentScope()) onScopeDispose(stop);
  return document;
}
