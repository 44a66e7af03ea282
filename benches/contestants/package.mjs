// This package, with a listener that reads the cart as a user interface does.
const { createCart } = await import("/pkg/index.js");

let last = 0;

export const contestant = (profile) => ({
  name: `cocart-wasm, ${profile}`,
  leavesOut: "–",
  async open({ shop, lines, saved }) {
    const cart = await createCart({
      store: shop,
      storage: saved ? "local" : "memory",
      storageKey: `bench-cocart-${(last += 1)}`,
      profile,
    });
    cart.addItems(Array.from({ length: lines }, (_, at) => ({ id: at + 1, quantity: 1 })));
    cart.get();
    const keys = Object.fromEntries(Object.values(cart.getSnapshot().items).map((item) => [item.id, item.item_key]));
    const changed = keys[Math.ceil(lines / 2)];
    const extra = lines + 1;
    cart.addItem({ id: extra });
    const added = Object.values(cart.getSnapshot().items).at(-1).item_key;
    cart.removeItem(added);
    let seen;
    cart.subscribe(() => (seen = cart.getSnapshot()));
    return {
      change: (quantity) => cart.updateItem(changed, quantity),
      add: () => cart.addItem({ id: extra, quantity: 1 }),
      remove: () => cart.removeItem(added),
      seen: () => seen,
      close: () => cart.forget(),
    };
  },
});
