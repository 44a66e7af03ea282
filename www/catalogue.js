// The product grid, drawn from the store snapshot.
import { h, plain } from "./dom.js";
import { minor, money } from "./money.js";

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

export function productCard(product, currency, { categoryNames, onAdd }) {
  const name = plain(product.name);
  const price = h("p", { class: "price" });
  const button = h("button", { class: "add", type: "button", "data-add": product.id, onclick: () => onAdd(chosen, button) });
  const image = product.image
    ? h("img", { src: localAddress(product.image), alt: "", width: 480, height: 480, loading: "lazy", decoding: "async" })
    : h("span", { class: "no-picture", "aria-hidden": "true" }, name.slice(0, 1));
  const tag = h("span", { class: "tag", hidden: true }, "Sale");
  const category = categoryNames.get(product.category_ids?.[0]);
  const card = h(
    "li",
    { class: "card" },
    h("div", { class: "picture" }, image, tag),
    h("div", { class: "card-text" }, h("h2", { class: "card-name" }, name), category && h("p", { class: "small" }, category)),
  );
  let chosen = product;
  const show = (one) => {
    chosen = one;
    const out = one.stock_status === "outofstock";
    const onSale = Boolean(one.sale_price) && one.price === one.sale_price && one.regular_price !== one.price;
    const written = (major) => money(minor(major, currency), currency);
    card.toggleAttribute("data-out", out);
    tag.hidden = !onSale;
    price.replaceChildren(
      ...(onSale ? [h("s", {}, h("span", { class: "visually-hidden" }, "instead of "), written(one.regular_price)), " "] : []),
      Number(one.price) === 0 ? "Free" : written(one.price),
    );
    button.disabled = out;
    button.textContent = out ? "Sold out" : "Add to cart";
    button.setAttribute("aria-label", out ? `${plain(one.name)} is sold out` : `Add ${plain(one.name)} to the cart`);
    if (one.image && image.tagName === "IMG") image.src = localAddress(one.image);
  };
  if (product.variations) card.append(choices(product, show));
  card.append(h("div", { class: "card-buy" }, price, button));
  if (!product.variations) show(product);
  return card;
}

/** One choice for each attribute; what is sold is the variation that has them all. */
function choices(product, show) {
  const attributes = (product.attributes ?? []).filter((attribute) => attribute.variation);
  const selects = attributes.map((attribute) =>
    h(
      "select",
      { "aria-label": `${attribute.name} of ${plain(product.name)}`, "data-attribute": `attribute_${attribute.slug}`, onchange: () => pick() },
      ...attribute.options.map((option) => h("option", { value: option.value }, plain(option.name))),
    ),
  );
  const pick = () => {
    const fits = ({ variation }) =>
      variation.every(([key, value]) => value === "" || selects.find((select) => select.dataset.attribute === key)?.value === value);
    const found = product.variations.find(fits);
    const values = Object.fromEntries(selects.map((select) => [select.dataset.attribute, select.value]));
    show(found ? { ...found, chosen: values } : { ...product, stock_status: "outofstock" });
  };
  pick();
  return h("div", { class: "choices" }, ...selects);
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
