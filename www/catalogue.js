// The product grid, drawn from the store snapshot.
import { h, plain } from "./dom.js";
import { minor, money } from "./money.js";

/** What can be bought by one click. */
export function sellable(snapshot) {
  return (snapshot.products ?? []).filter(
    (product) =>
      (product.type ?? "simple") === "simple" &&
      (product.status ?? "publish") === "publish" &&
      ["visible", "catalog", undefined].includes(product.catalog_visibility) &&
      product.price !== null &&
      product.price !== undefined,
  );
}

/** The categories that hold something sellable. */
export function categories(snapshot, products) {
  const used = new Set(products.flatMap((product) => product.category_ids ?? []));
  return (snapshot.categories ?? []).filter((category) => used.has(category.id));
}

export function productCard(product, currency, { categoryNames, onAdd }) {
  const name = plain(product.name);
  const out = product.stock_status === "outofstock";
  const onSale = product.sale_price && product.price === product.sale_price && product.regular_price !== product.price;
  const button = h(
    "button",
    { class: "add", type: "button", "data-add": product.id, disabled: out, "aria-label": `Add ${name} to the cart`, onclick: () => onAdd(product, button) },
    out ? "Sold out" : "Add to cart",
  );
  const category = categoryNames.get(product.category_ids?.[0]);
  return h(
    "li",
    { class: "card", "data-out": out },
    h(
      "div",
      { class: "picture" },
      product.image
        ? h("img", { src: localAddress(product.image), alt: "", width: 480, height: 480, loading: "lazy", decoding: "async" })
        : h("span", { class: "no-picture", "aria-hidden": "true" }, name.slice(0, 1)),
      onSale && h("span", { class: "tag" }, "Sale"),
    ),
    h(
      "div",
      { class: "card-text" },
      h("h3", {}, name),
      category && h("p", { class: "small" }, category),
    ),
    h(
      "div",
      { class: "card-buy" },
      h(
        "p",
        { class: "price" },
        onSale && h("s", {}, h("span", { class: "visually-hidden" }, "instead of "), money(minor(product.regular_price, currency), currency)),
        onSale && " ",
        money(minor(product.price, currency), currency),
      ),
      button,
    ),
  );
}

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
