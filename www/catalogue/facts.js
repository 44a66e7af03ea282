// What the store snapshot says of the products.
import { plain } from "../lib/dom.js";
import { minor, money } from "../lib/money.js";

/** What this page can sell: simple products, and variable ones with what can be chosen of them. */
export function sellable(snapshot) {
  const all = snapshot.products ?? [];
  const variations = (id) => all.filter((one) => one.type === "variation" && one.parent_id === id);
  return all
    .filter(
      (product) =>
        ["simple", "variable", undefined].includes(product.type) &&
        ["publish", undefined].includes(product.status) &&
        ["visible", "catalog", undefined].includes(product.catalog_visibility) &&
        product.price !== null &&
        product.price !== undefined,
    )
    .map((product) => (product.type === "variable" ? { ...product, variations: variations(product.id) } : product));
}

/** The categories that hold something sellable. */
export function categories(snapshot, products) {
  const used = new Set(products.flatMap((product) => product.category_ids ?? []));
  return (snapshot.categories ?? []).filter((category) => used.has(category.id));
}

export const isOut = (product) =>
  product.variations ? product.variations.every(isOut) : product.stock_status === "outofstock";

export const isOnSale = (product) =>
  Boolean(product.sale_price) && product.price === product.sale_price && product.regular_price !== product.price;

/** A price of the snapshot as the shop writes it. */
export function price(major, currency) {
  return Number(major) === 0 ? "Free" : money(minor(major, currency), currency);
}

/** `From $24.00` where the variations differ. */
export function priceFrom(product, currency) {
  const prices = (product.variations ?? [product]).map((one) => Number(one.price));
  const least = Math.min(...prices);
  const text = price(least, currency);
  return prices.some((one) => one !== least) ? `From ${text}` : text;
}

/** What a shopper should know before buying, in a few words; undefined where there is nothing to say. */
export function availability(product) {
  const { stock_status: status, stock_quantity: left, manage_stock: managed } = product;
  if (status === "outofstock") return "Sold out for now";
  if (status === "onbackorder") return "On its way to us; we send it on as soon as it is here";
  if (managed === "yes" && left > 0 && left <= 3) return `Only ${left} left`;
  return undefined;
}

/** The variation that has these values; an empty value of its own takes any. */
export function variationFor(product, values) {
  return product.variations.find(({ variation }) =>
    variation.every(([key, value]) => value === "" || values[key] === value),
  );
}

export const attributesOf = (product) => (product.attributes ?? []).filter((attribute) => attribute.variation);

export const nameOf = (product) => plain(product.name);

/** Pictures of this shop are asked for at this page's own origin, whatever host it was built for. */
export function localAddress(address) {
  try {
    const url = new URL(address, location.href);
    return url.hostname === location.hostname || /^(localhost|127\.0\.0\.1)$/.test(url.hostname)
      ? url.pathname + url.search
      : url.href;
  } catch {
    return "";
  }
}
