// A reducer of the shape of react-use-cart's (1.14): items with their totals, all sums again after every change, the whole
// state as JSON. Without React, whose rendering is left out for everybody.
import { listening, saveAs } from "./common.mjs";

const withTotal = (item) => ({ ...item, itemTotal: item.price * item.quantity });

function cartOf(state, items) {
  const totalItems = items.reduce((sum, item) => sum + item.quantity, 0);
  const cartTotal = items.reduce((sum, item) => sum + item.price * item.quantity, 0);
  return {
    ...state,
    items: items.map(withTotal),
    totalItems,
    totalUniqueItems: items.length,
    cartTotal,
    isEmpty: items.length === 0,
  };
}

function reducer(state, action) {
  switch (action.type) {
    case "add":
      return cartOf(state, [...state.items, action.item]);
    case "update":
      return cartOf(state, state.items.map((item) => (item.id === action.id ? { ...item, ...action.item } : item)));
    case "remove":
      return cartOf(state, state.items.filter((item) => item.id !== action.id));
  }
}

export const contestant = {
  name: "reducer like react-use-cart's",
  leavesOut: "taxes, rounding, formats, coupons, shipping, stock, sync; sums are plain doubles",
  async open({ shop, lines, saved }) {
    const item = ({ id, name, price, image }) => ({ id: String(id), name, price: Number(price), image, quantity: 1 });
    const items = shop.products.slice(0, lines).map(item);
    const extra = item(shop.products[lines]);
    let state = cartOf({ id: "bench", metadata: {} }, items);
    const save = saveAs("bench-reducer", saved);
    const tell = listening(() => state.cartTotal);
    const dispatch = (action) => {
      state = reducer(state, action);
      save(state);
      tell();
      return state;
    };
    const changed = String(Math.ceil(lines / 2));
    return {
      change: (quantity) => dispatch({ type: "update", id: changed, item: { quantity } }),
      add: () => dispatch({ type: "add", item: extra }),
      remove: () => dispatch({ type: "remove", id: extra.id }),
      close: save.forget,
    };
  },
};
