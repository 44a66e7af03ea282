// A page of the years of axios, with the client it had then. New are three lines: the cart, and the adapter.
import CoCart from "@cocart/cocart-rest-api";
import { createCart } from "cocart-wasm";
import { axiosAdapter } from "cocart-wasm/axios";

const url = "https://shop.example";
const product = { id: 145, name: "Mug", slug: "mug", price: "12.50", regular_price: "12.50" };
const cart = await createCart({ store: { format: 1, complete: true, products: [product] }, storage: "memory", storeUrl: url, sync: "manual", profile: "v4.3" });

// Over https this client sends parameters with keys alone; without, they go into the address.
const client = new CoCart({ url, version: "cocart/v2", axiosConfig: { adapter: axiosAdapter(cart) } });
const added = await client.post("cart/add-item", { id: "145", quantity: "2" });
const [{ item_key: key }] = added.data.items;
const updated = await client.post(`cart/item/${key}`, { quantity: "3" });
const counted = await client.get("cart?fields=item_count");
const refused = await client.post("cart/add-item", { id: "999", quantity: "1" }).catch(({ response }) => `${response.status} ${response.data.code}`);
const removed = await client.delete(`cart/item/${key}?return_status=true`);
const restored = await client.put(`cart/item/${key}`);
const offline = await client.get("sessions").catch(({ message }) => message);
document.title = JSON.stringify([added.status, updated.data.item_count, counted.data, refused, removed.data, restored.data.item_count, offline]);
