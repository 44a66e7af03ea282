/** What one change writes: bytes by kind of record, counted at `Storage.prototype.setItem` over 128 changes. */
export async function written({ lines }) {
  const { createCart } = await import("/pkg/index.js");
  const store = await (await fetch(`/shop.json?products=${lines}`)).json();
  const cart = await createCart({ store, storageKey: `written-${lines}` });
  const all = cart.addItems(Array.from({ length: lines }, (_, at) => ({ id: at + 1, quantity: 1 })));
  const key = Object.keys(all.items)[0];
  const counts = { change: [], fold: [] };
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (name, text) {
    counts[/:op:/.test(name) ? "change" : "fold"].push(name.length + text.length);
    return setItem.call(this, name, text);
  };
  for (let at = 0; at < 128; at += 1) {
    cart.updateItem(key, (at % 7) + 1);
    if (at % 16 === 0) await new Promise((done) => setTimeout(done, 5));
  }
  await new Promise((done) => setTimeout(done, 100));
  Storage.prototype.setItem = setItem;
  cart.forget();
  const sum = (list) => list.reduce((total, size) => total + size, 0);
  return { change: Math.round(sum(counts.change) / counts.change.length), folds: counts.fold.length, fold: Math.round(sum(counts.fold) / (counts.fold.length || 1)) };
}
