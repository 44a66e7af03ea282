// A Redux Toolkit slice as its own guide writes it, production build, saved by a subscriber.
import { configureStore, createSlice } from "@reduxjs/toolkit";
import { saveAs } from "./common.mjs";

function sum(state) {
  state.count = state.items.reduce((total, item) => total + item.quantity, 0);
  state.total = state.items.reduce((total, item) => total + item.price * item.quantity, 0);
}

const slice = createSlice({
  name: "cart",
  initialState: { items: [], count: 0, total: 0 },
  reducers: {
    filled(state, { payload }) {
      state.items = payload;
      sum(state);
    },
    changed(state, { payload }) {
      state.items.find((item) => item.id === payload.id).quantity = payload.quantity;
      sum(state);
    },
    added(state, { payload }) {
      state.items.push(payload);
      sum(state);
    },
    removed(state, { payload }) {
      state.items.splice(state.items.findIndex((item) => item.id === payload), 1);
      sum(state);
    },
  },
});

export const contestant = {
  name: "Redux Toolkit slice",
  leavesOut: "taxes, rounding, formats, coupons, shipping, stock, sync; sums are plain doubles",
  async open({ shop, lines, saved }) {
    const { filled, changed, added, removed } = slice.actions;
    const item = ({ id, name, price, image }) => ({ id, name, price: Number(price), image, quantity: 1 });
    const store = configureStore({ reducer: slice.reducer });
    store.dispatch(filled(shop.products.slice(0, lines).map(item)));
    const save = saveAs("bench-toolkit", saved);
    let seen;
    store.subscribe(() => save((seen = store.getState())));
    const extra = item(shop.products[lines]);
    const id = Math.ceil(lines / 2);
    return {
      change: (quantity) => store.dispatch(changed({ id, quantity })),
      add: () => store.dispatch(added(extra)),
      remove: () => store.dispatch(removed(extra.id)),
      seen: () => seen,
      close: save.forget,
    };
  },
};
