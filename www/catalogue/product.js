// One product: its picture, what can be chosen of it, and what goes well with it.
import { $, h, icon, icons, plain } from "../lib/dom.js";
import { stepper } from "../lib/stepper.js";
import { availability, isOut, localAddress, nameOf, variationFor } from "./facts.js";
import { choices } from "./choices.js";
import { group } from "./group.js";
import { picture, priceLine } from "./grid.js";
import { addressOf, goOnClick, home } from "../shell/router.js";

/** @param {object} product @param {{ products: object[], snapshot: object, currency: object, add: Function }} shop */
export function drawProduct(product, shop) {
  const { currency, snapshot } = shop;
  let quantity = 1;
  let sold = product;
  const image = picture(product, false);
  const heading = h("h1", { id: "product-title", tabindex: -1 }, h("bdi", {}, nameOf(product)));
  const [price, state, facts, amount, actions] = ["price-slot", "state-slot", "facts", "amount-slot", "buy-slot"].map((name) => h("div", { class: name }));

  const show = (one) => {
    sold = one;
    const out = isOut(one);
    if (one.image && image.tagName === "IMG") image.src = localAddress(one.image);
    price.replaceChildren(priceLine(one, currency));
    const said = availability(one);
    state.replaceChildren(...(said ? [h("p", { class: "availability", "data-out": out }, said)] : []));
    facts.replaceChildren(factList(one, snapshot.settings));
    const single = one.sold_individually || product.sold_individually;
    const most = one.manage_stock === "yes" && one.backorders !== "yes" && one.backorders !== "notify" ? one.stock_quantity : -1;
    quantity = single ? 1 : Math.max(1, most > 0 ? Math.min(quantity, most) : quantity);
    const set = (value) => {
      const wanted = Math.floor(Number(value));
      quantity = Number.isFinite(wanted) && wanted > 0 ? wanted : 1;
      show(one);
    };
    const focused = document.activeElement?.dataset?.action;
    const held = amount.contains(document.activeElement);
    amount.replaceChildren(...(out || single ? [] : [stepper({ name: nameOf(product), value: quantity, most, onset: set })]));
    if (held) (amount.querySelector(`[data-action="${focused}"]:not(:disabled)`) ?? amount.querySelector("input"))?.focus();
    actions.replaceChildren(buyButton(one, out));
  };

  const buyButton = (one, out) => {
    const button = h(
      "button",
      { class: "primary", type: "button", disabled: out, "aria-label": out ? `${nameOf(one)} is sold out` : `Add ${nameOf(one)} to the cart`, onclick: () => shop.add(sold, { button, quantity }) },
      out ? "Sold out" : "Add to cart",
    );
    return button;
  };

  const pickers = product.variations ? choices(product, (values) => {
    const found = variationFor(product, values);
    show(found ? { ...found, chosen: values } : { ...product, variations: undefined, stock_status: "outofstock" });
  }) : undefined;
  if (product.members) price.replaceChildren(priceLine(product, currency));
  else if (!pickers) show(product);
  const words = snapshot.catalogue?.details?.find(({ id }) => id === product.id)?.short_description;
  const buying = product.members ? group(product, shop) : [pickers, h("div", { class: "product-buy" }, amount, actions), facts];

  $("product").replaceChildren(
    h("a", { class: "back", href: home(), onclick: goOnClick }, icon(icons.back), "All products"),
    h(
      "div",
      { class: "product" },
      h("div", { class: "picture product-picture" }, image),
      h("div", { class: "product-text" }, heading, price, words && h("p", {}, plain(words)), state, ...buying),
    ),
    alongside(product, shop),
  );
  return heading;
}

function factList(product, settings = {}) {
  const { length, width, height } = product.dimensions ?? {};
  const rows = [
    ["Article", product.sku],
    ["Weight", product.weight && !product.virtual && `${product.weight} ${settings.weight_unit ?? "kg"}`],
    ["Size", length && width && height && `${length} × ${width} × ${height} ${settings.dimension_unit ?? "cm"}`],
    ["Delivery", product.virtual ? "A download; nothing to ship" : product.shipping_class ? "Bulky: it travels by itself" : undefined],
    ["Limit", product.sold_individually && "One to an order"],
  ].filter(([, value]) => value);
  return h("dl", { class: "fact-list" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** What the shop names as going well with it; failing that, others of its kind. */
function alongside(product, { products, currency }) {
  const named = products.filter((one) => product.cross_sell_ids?.includes(one.id));
  const inside = [product, ...(product.members ?? [])].map(({ id }) => id);
  const kin = products.filter((one) => !inside.includes(one.id) && one.category_ids?.some((id) => product.category_ids?.includes(id)));
  const shown = (named.length > 0 ? named : kin).filter((one) => !isOut(one)).slice(0, 3);
  if (shown.length === 0) return "";
  return h(
    "section",
    { class: "alongside", "aria-labelledby": "alongside-title" },
    h("h2", { id: "alongside-title" }, "Goes well with it"),
    h(
      "ul",
      {},
      ...shown.map((one) =>
        h("li", {}, h("a", { href: addressOf(one), onclick: goOnClick }, h("span", { class: "picture" }, picture(one)), h("span", {}, h("bdi", {}, nameOf(one))), priceLine(one, currency))),
      ),
    ),
  );
}

