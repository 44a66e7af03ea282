// The product grid and its filters.
import { $, h } from "../lib/dom.js";
import { categories, isOnSale, isOut, localAddress, nameOf, partsOf, price, priceFrom } from "./facts.js";
import { addressOf, goOnClick } from "../shell/router.js";

/** @param {{ snapshot: object, products: object[], currency: object, add: (product: object, button: HTMLElement) => void }} shop */
export function drawGrid(shop) {
  const groups = categories(shop.snapshot, shop.products);
  const names = new Map(groups.map((group) => [group.id, nameOf(group)]));
  const cards = shop.products.map((product) => [product, card(product, shop, names)]);
  const show = (id) => {
    const wanted = cards.filter(([product]) => id === undefined || product.category_ids?.includes(id));
    $("grid").replaceChildren(...wanted.map(([, element]) => element));
  };
  // Their place is kept from the start, so that nothing jumps when they come.
  if (groups.length > 1) drawFilters(groups, names, show);
  else $("filters").hidden = true;
  show();
  $("products").setAttribute("aria-busy", "false");
}

function drawFilters(groups, names, show) {
  const choose = (button, id) => {
    for (const other of $("filters").children) other.setAttribute("aria-pressed", String(other === button));
    show(id);
  };
  const one = (label, id) => {
    const button = h("button", { type: "button", class: "filter", "aria-pressed": String(id === undefined), onclick: () => choose(button, id) }, label);
    return button;
  };
  $("filters").append(one("Everything"), ...groups.map((group) => one(names.get(group.id), group.id)));
}

function card(product, { currency, add }, categoryNames) {
  const name = nameOf(product);
  const out = isOut(product);
  const category = categoryNames.get(product.category_ids?.[0]);
  const address = addressOf(product);
  const link = h("a", { class: "card-link", href: address, onclick: goOnClick }, h("bdi", {}, name));
  return h(
    "li",
    { class: "card", "data-out": out },
    h(
      "div",
      { class: "picture" },
      picture(product),
      isOnSale(product) && h("span", { class: "tag" }, "Sale"),
      out && h("span", { class: "tag" }, "Sold out"),
    ),
    h("div", { class: "card-text" }, h("h2", { class: "card-name" }, link), category && h("p", { class: "small" }, category)),
    h("div", { class: "card-buy" }, priceLine(product, currency), buy(product, { name, out, address, add })),
  );
}

function buy(product, { name, out, address, add }) {
  if (partsOf(product) && !out) {
    const choose = product.members ? `Choose from ${name}` : `Choose a ${name}`;
    return h("a", { class: "add", href: address, onclick: goOnClick, "aria-label": choose }, "Choose");
  }
  const button = h(
    "button",
    { class: "add", type: "button", disabled: out, "aria-label": out ? `${name} is sold out` : `Add ${name} to the cart`, onclick: () => add(product, { button }) },
    out ? "Sold out" : "Add",
  );
  return button;
}

export function priceLine(product, currency) {
  if (partsOf(product)) return h("p", { class: "price" }, priceFrom(product, currency));
  const before = isOnSale(product) && h("s", {}, h("span", { class: "visually-hidden" }, "instead of "), price(product.regular_price, currency));
  return h("p", { class: "price" }, price(product.price, currency), before && " ", before);
}

export function picture(product, lazy = true) {
  return product.image
    ? h("img", { src: localAddress(product.image), alt: "", width: 480, height: 480, loading: lazy && "lazy", decoding: "async" })
    : h("span", { class: "no-picture", "aria-hidden": "true" }, nameOf(product).slice(0, 1));
}
