// A shop with one product for each reason to refuse it.
const product = (id, name, more) => ({ id, name, slug: name.toLowerCase(), price: "10", regular_price: "10", ...more });
const variation = (id, parent, color, size, more) =>
  product(id, "Hoodie", { type: "variation", parent_id: parent, variation: [["attribute_pa_color", color], ["attribute_size", size]], ...more });
const options = (...values) => values.map((value) => ({ value, name: value.toUpperCase() }));

const products = [
  product(1, "Mug", { sku: "MUG" }),
  product(2, "Watch", { type: "external" }),
  product(3, "Set", { type: "grouped" }),
  product(4, "Hoodie", {
    type: "variable",
    attributes: [
      { id: 1, name: "Color", slug: "pa_color", variation: true, options: options("red", "blue", "green") },
      { id: 0, name: "Size", slug: "size", variation: true, options: options("S", "M") },
    ],
  }),
  variation(5, 4, "red", "S"),
  variation(6, 4, "blue", ""),
  variation(7, 4, "red", "M", { price: null }),
  product(9, "Print", { status: "private" }),
  product(10, "Scarf", { stock_status: "outofstock" }),
  product(11, "Lamp", { manage_stock: "yes", stock_quantity: 3 }),
  product(12, "Poster", { sold_individually: true }),
  product(13, "Chair", { status: "trash" }),
  product(14, "Secret", { password_protected: true }),
  variation(15, 99, "red", "S"),
];

export const shop = {
  format: 1,
  complete: true,
  store: { title: "A difficult shop", home_url: "https://shop.example" },
  products,
  catalogue: { shop_url: "https://shop.example/shop/", details: products.map(({ id }) => ({ id })), attributes: [{ id: 1, name: "Color", slug: "pa_color", type: "select", order_by: "menu_order" }] },
};
