// use-shopping-cart's core from npm, with its own persistence (redux-persist), which is flushed after every change: by itself
// it would write some milliseconds later.
import { actions, createPersistedStore, createShoppingCartStore } from "use-shopping-cart/core";

export const contestant = {
  name: "use-shopping-cart 3.2.0, core",
  leavesOut: "taxes, coupons, shipping, stock, sync; amounts are in cents and formatted by Intl",
  async open({ shop, lines, saved }) {
    const store = createShoppingCartStore({
      cartMode: "checkout-session",
      stripe: "",
      currency: "GBP",
      language: "en-GB",
      shouldPersist: saved,
      persistKey: "bench-shopping-cart",
    });
    const persistor = saved ? createPersistedStore(store) : undefined;
    const item = ({ id, name, price, image }) => ({ id: String(id), name, price: Math.round(Number(price) * 100), currency: "GBP", image });
    for (const product of shop.products.slice(0, lines)) store.dispatch(actions.addItem(item(product)));
    const extra = item(shop.products[lines]);
    const id = String(Math.ceil(lines / 2));
    let seen;
    store.subscribe(() => (seen = store.getState()));
    const done = saved ? () => persistor.flush() : () => {};
    return {
      change: (quantity) => (store.dispatch(actions.setItemQuantity(id, quantity)), done()),
      add: () => (store.dispatch(actions.addItem(extra)), done()),
      remove: () => (store.dispatch(actions.removeItem(extra.id)), done()),
      seen: () => seen,
      close: () => persistor?.pause(),
    };
  },
};
