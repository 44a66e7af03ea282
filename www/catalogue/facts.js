// What the store snapshot says of the products.
import { plain } from "../lib/dom.js";
import { minor, money } from "../lib/money.js";

const isShown = ({ status = "publish", catalog_visibility: visibility = "visible" }) => status === "publish" && ["visible", "catalog"].includes(visibility);

const isPriced = ({ price }) => price !== null && price !== undefined;

/** What this page can sell: simple products, variable ones with what can be chosen of them, and groups with their members. */
export function sellable({ products = [], catalogue }) {
  const variations = (id) => products.filter((one) => one.type === "variation" && one.parent_id === id && isPriced(one));
  // Who belongs to a group is the catalogue's to say; a snapshot without one shows none.
  const members = (id) => {
    const ids = catalogue?.details?.find((one) => one.id === id)?.grouped_ids ?? [];
    return products.filter((one) => ids.includes(one.id) && ["simple", undefined].includes(one.type) && isPriced(one));
  };
  return products.filter(isShown).flatMap((product) => {
    const { type = "simple", id } = product;
    if (type === "grouped") return members(id).length > 0 ? [{ ...product, members: members(id) }] : [];
    if (!isPriced(product)) return [];
    if (type === "variable") return variations(id).length > 0 ? [{ ...product, variations: variations(id) }] : [];
    return type === "simple" ? [product] : [];
  });
}

/** What a product is sold as, where that is not itself. */
export const partsOf = (product) => product.variations ?? product.members;

/** The categories that hold something sellable. */
export function categories(snapshot, products) {
  const used = new Set(products.flatMap((product) => product.category_ids ?? []));
  return (snapshot.categories ?? []).filter((category) => used.has(category.id));
}

export const isOut = (product) =>
  partsOf(product)?.every(isOut) ?? product.stock_status === "outofstock";

export const isOnSale = (product) =>
  Boolean(product.sale_price) && product.price === product.sale_price && product.regular_price !== product.price;

/** A price of the snapshot as the shop writes it. */
export function price(major, currency) {
  return Number(major) === 0 ? "Free" : money(minor(major, currency), currency);
}

/** `From $24.00` where variations or members differ. */
export function priceFrom(product, currency) {
  const prices = (partsOf(product) ?? [product]).map((one) => Number(one.price));
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
