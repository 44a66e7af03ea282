"use client";
import { createCart } from "cocart-wasm";
import { useCart } from "cocart-wasm/react";
import { useEffect, useState } from "react";

const store = { format: 1, products: [{ id: 145, name: "Mug", slug: "mug", price: "12.50", regular_price: "12.50" }] };

function Open({ cart }) {
  const { item_count: count } = useCart(cart);
  return <button id="add" onClick={() => cart.addItem({ id: 145 })}>{`${count} in the cart`}</button>;
}

export function Cart() {
  const [cart, setCart] = useState();
  useEffect(() => {
    let opened;
    let isGone = false;
    createCart({ store }).then((cart) => {
      opened = cart;
      if (isGone) cart.close();
      else setCart(cart);
    });
    return () => {
      isGone = true;
      opened?.close();
      setCart(undefined);
    };
  }, []);
  return cart ? <Open cart={cart} /> : <button id="add" disabled>…</button>;
}
