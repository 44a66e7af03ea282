const product = (id, name) => ({ id, name, slug: name.toLowerCase(), price: "12.50", regular_price: "12.50" });

export const store = { format: 1, products: [product(1, "Mug"), product(2, "Plate")] };
