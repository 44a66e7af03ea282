// The shop that all contestants sell: one currency, two tax rates, prices without tax.
const price = (id) => `${(id % 90) + 1}.${String((id * 37) % 100).padStart(2, "0")}`;

export function product(id) {
  return {
    id,
    type: "simple",
    name: `Product ${id}`,
    slug: `product-${id}`,
    permalink: `https://shop.example/product/product-${id}/`,
    sku: `SKU-${id}`,
    price: price(id),
    regular_price: price(id),
    weight: "0.5",
    tax_class: id % 3 === 0 ? "reduced-rate" : "",
    image: `https://shop.example/images/product-${id}-300x300.jpg`,
  };
}

/** A store snapshot with so many products. */
export function shop(products) {
  return {
    format: 1,
    complete: true,
    store: { title: "Bench", home_url: "https://shop.example" },
    settings: {
      currency: "GBP",
      currency_symbol: "£",
      calc_taxes: true,
      base_address: { country: "GB", postcode: "SW1A 1AA", city: "London" },
    },
    tax_classes: [{ slug: "reduced-rate", name: "Reduced rate" }],
    tax_rates: [
      { id: 1, country: "GB", rate: "20", name: "VAT" },
      { id: 2, country: "GB", rate: "5", name: "Reduced VAT", class: "reduced-rate" },
    ],
    products: Array.from({ length: products }, (_, at) => product(at + 1)),
  };
}
