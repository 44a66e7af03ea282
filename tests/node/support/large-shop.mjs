// A shop of any size, always the same: names, texts and prices as shops have them, four products of five simple, the fifth with
// five variations; a third of the stock is counted, a quarter is on sale, every product has a picture and two categories.
import { recordedShop } from "./woocommerce.mjs";

const FIRST = "Organic Classic Vintage Slim Heavy Soft Recycled Merino Waxed Bold Quiet Nordic Coastal Urban Alpine Woven Brushed Folding Travel Everyday".split(" ");
const SECOND = "Cotton Linen Leather Steel Oak Ceramic Wool Bamboo Canvas Copper Denim Velvet Glass Cork Marble Silk Walnut Brass Felt Jute".split(" ");
const THIRD = "Shirt Mug Backpack Lamp Notebook Chair Blanket Bottle Wallet Jacket Scarf Vase Cushion Tray Apron Basket Teapot Rug Mirror Stool".split(" ");
const SIZES = ["XS", "S", "M", "L", "XL"];
const TEXT = "Made in small batches, with care for the people who make it and for what it is made of. Washable at thirty degrees, repairable for life.";

/** The sources of a shop with `count` products, as the importer takes them. */
export function largeShop(count) {
  let state = 12_345;
  const random = (below) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  const one = (list) => list[random(list.length)];
  const shop = recordedShop();
  const categories = Array.from({ length: 40 }, (_, at) => ({ id: 100 + at, parent: at < 8 ? 0 : 100 + (at % 8), name: `${one(SECOND)} ${one(THIRD)}s ${at}`, slug: `category-${at}` }));
  const products = [];
  const variations = {};
  for (let at = 0; at < count; at += 1) {
    const id = 1000 + at * 8;
    const name = `${one(FIRST)} ${one(SECOND)} ${one(THIRD)} ${1 + random(400)}`;
    const slug = name.toLowerCase().replaceAll(" ", "-");
    const regular = `${5 + random(195)}.${one(["00", "50", "90", "95", "99"])}`;
    const sale = random(4) === 0 ? `${(Number(regular) * 0.8).toFixed(2)}` : "";
    const sold = {
      status: "publish", price: sale || regular, regular_price: regular, sale_price: sale, tax_status: "taxable", tax_class: random(10) === 0 ? "reduced-rate" : "", stock_status: "instock", backorders: "no",
      ...(random(3) === 0 ? { manage_stock: true, stock_quantity: random(60) } : { manage_stock: false, stock_quantity: null }),
      weight: `${random(40) / 10 || 1}`, dimensions: { length: `${10 + random(50)}`, width: `${10 + random(30)}`, height: `${1 + random(20)}` }, shipping_class: random(8) === 0 ? "bulky" : "",
      date_created: "2025-03-01T09:30:00", date_created_gmt: "2025-03-01T09:30:00", date_modified: `2026-0${1 + random(9)}-1${random(9)}T10:00:00`, date_modified_gmt: `2026-0${1 + random(9)}-1${random(9)}T10:00:00`,
    };
    const image = (suffix) => ({ id: id + 50_000, src: `https://shop.example/wp-content/uploads/2025/03/${slug}${suffix}.jpg`, name: `${slug}${suffix}`, alt: name, date_created: "2025-03-01T09:30:00", date_modified: "2025-03-01T09:30:00" });
    const product = {
      ...sold, id, name, slug, type: "simple", permalink: `https://shop.example/product/${slug}/`, sku: `${slug.slice(0, 3).toUpperCase()}-${10_000 + at}`, catalog_visibility: "visible", average_rating: random(3) === 0 ? `${3 + random(3)}.00` : "0.00",
      categories: [one(categories), one(categories)].map((category) => ({ id: category.id })), images: [image("")], attributes: [], variations: [], cross_sell_ids: random(6) === 0 && at > 3 ? [1000 + random(at) * 8] : [], menu_order: 0, virtual: random(20) === 0,
      description: `<p>${TEXT.slice(random(60))}</p>\n<ul><li>${one(FIRST)} ${one(SECOND)}</li><li>${regular}</li></ul>\n`, short_description: `<p>${TEXT.slice(0, 40 + random(60))}</p>\n`, reviews_allowed: true, tags: [], total_sales: random(500), rating_count: random(20),
    };
    if (at % 5 === 4) {
      Object.assign(product, { type: "variable", regular_price: "", sale_price: "", manage_stock: false, stock_quantity: null });
      product.attributes = [{ id: 1, name: "Color", slug: "pa_color", visible: true, variation: true, options: ["Red", "Blue", "Green"] }, { id: 0, name: "Size", slug: "Size", visible: true, variation: true, options: SIZES }];
      product.variations = SIZES.map((_, of) => id + 1 + of);
      variations[id] = SIZES.map((size, of) => ({
        ...sold, id: id + 1 + of, permalink: `${product.permalink}?attribute_pa_color=red&attribute_size=${size}`, sku: `${product.sku}-${size}`, image: product.images[0], menu_order: of, virtual: false, description: "",
        attributes: [{ id: 1, name: "Color", slug: "pa_color", option: ["Red", "Blue", "Green"][of % 3] }, { id: 0, name: "Size", slug: "size", option: size }],
      }));
    }
    products.push(product);
  }
  return {
    versions: shop.versions, options: shop.options, tax_classes: shop.taxClasses, tax_rates: shop.taxes, shipping_zones: shop.zones, shipping_classes: shop.shippingClasses, currencies: shop.symbols,
    store: { ...shop.store, home_url: "https://shop.example" }, categories, tags: [], attributes: shop.attributes, attribute_terms: shop.terms, products, variations,
  };
}
