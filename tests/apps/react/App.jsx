import { memo } from "react";
import { useCart } from "cocart-wasm/react";

export const drawn = new Map();

const Line = memo(function Line({ item }) {
  drawn.set(item.id, (drawn.get(item.id) ?? 0) + 1);
  return <li>{`${item.quantity.value} × ${item.name}`}</li>;
});

export function App({ cart }) {
  const { items, item_count: count, totals } = useCart(cart);
  return (
    <main>
      <h1>{`${count} for ${totals.total}`}</h1>
      <ul>
        {Object.values(items).map((item) => (
          <Line key={item.item_key} item={item} />
        ))}
      </ul>
      <button onClick={() => cart.addItem({ id: 2 })}>Add</button>
    </main>
  );
}
