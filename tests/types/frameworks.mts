// The bindings for frameworks: they give the cart's document, in its own profile.
import { createCart } from "cocart-wasm";
import { axiosAdapter } from "cocart-wasm/axios";
import { useCart as useInReact } from "cocart-wasm/react";
import { cartStore } from "cocart-wasm/svelte";
import { useCart as useInVue } from "cocart-wasm/vue";

const cart = await createCart({ profile: "v4.3" });

useInReact(cart).items[0]?.totals.total satisfies number | undefined;
useInVue(cart).value.items[0]?.totals.total satisfies number | undefined;
cartStore(cart).subscribe((document) => document.items[0]?.totals.total satisfies number | undefined)();
(await axiosAdapter(cart)({ url: "https://shop.example/wp-json/cocart/v2/cart" })).data;
// @ts-expect-error A binding takes a cart, not the promise of one.
useInReact(createCart());
// @ts-expect-error Documents are replaced as a whole by the cart, not by the app.
useInVue(cart).value = cart.get();
