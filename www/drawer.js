// The cart drawer: lines, what was taken out, totals, and what the shop decided otherwise.
import { $, each, h, icon, plain } from "./dom.js";
import { localAddress } from "./catalogue.js";
import { minor, money } from "./money.js";

const MINUS = "M6 12h12";
const PLUS = "M12 6v12M6 12h12";
const BIN = "M5 7h14M10 7V5h4v2M7 7l.8 12h8.4L17 7M10.5 10.5v5M13.5 10.5v5";

/** Lists and maps by key alike: which one it is depends on the dialect. */
export const listOf = (items) => (Array.isArray(items) ? items : Object.values(items ?? {}));

/** @param {{ cart: object, actions: object }} options */
export function drawDrawer(cart, actions) {
  const lines = listOf(cart.items);
  const removed = listOf(cart.removed_items);
  each($("lines"), lines, (line) => line.item_key, (line) => lineRow(line, cart.currency, actions));
  each($("removed-lines"), removed, (line) => line.item_key, (line) => removedRow(line, actions));
  $("removed").hidden = removed.length === 0;
  $("empty").hidden = lines.length > 0;
  $("drawer-foot").hidden = lines.length === 0;
  $("totals").replaceChildren(...totalRows(cart));
}

function lineRow(line, currency, actions) {
  const name = plain(line.name);
  const quantity = line.quantity.value;
  const least = line.quantity.min_purchase ?? 1;
  const most = line.quantity.max_purchase ?? -1;
  const set = (value) => actions.update(line, value);
  const input = h("input", {
    type: "number",
    inputmode: "numeric",
    min: 0,
    max: most > 0 && most,
    value: quantity,
    "aria-label": `Quantity of ${name}`,
    "data-action": "quantity",
    onchange: () => set(input.value),
    onkeydown: (event) => event.key === "Enter" && input.blur(),
  });
  return h(
    "li",
    { class: "line" },
    picture(line),
    h(
      "div",
      { class: "line-text" },
      h("h3", {}, name),
      h("p", { class: "small" }, `${money(line.price, currency)} each`),
      line.backorders && line.backorders !== "no" ? h("p", { class: "small" }, plain(line.backorders)) : undefined,
    ),
    h("p", { class: "line-total" }, lineTotal(line, currency)),
    h(
      "div",
      { class: "stepper" },
      h("button", { type: "button", "aria-label": `One ${name} less`, "data-action": "less", disabled: quantity <= least, onclick: () => set(quantity - 1) }, icon(MINUS)),
      input,
      h("button", { type: "button", "aria-label": `One ${name} more`, "data-action": "more", disabled: most > 0 && quantity >= most, onclick: () => set(quantity + 1) }, icon(PLUS)),
    ),
    h("button", { class: "icon-button remove", type: "button", "aria-label": `Take ${name} out`, "data-action": "remove", onclick: () => actions.remove(line) }, icon(BIN)),
  );
}

/** CoCart 4.3 sends a line's subtotal in minor units and its total in major ones. */
function lineTotal(line, currency) {
  const { total } = line.totals;
  return money(typeof total === "number" ? minor(total, currency) : total, currency);
}

function removedRow(line, actions) {
  const name = plain(line.name);
  return h(
    "li",
    { class: "removed-line" },
    h("span", {}, name),
    h("button", { class: "quiet", type: "button", "data-action": "restore", "aria-label": `Put ${name} back`, onclick: () => actions.restore(line) }, "Put back"),
  );
}

function picture(line) {
  return line.featured_image
    ? h("img", { class: "line-picture", src: localAddress(line.featured_image), alt: "", width: 72, height: 72 })
    : h("span", { class: "line-picture no-picture", "aria-hidden": "true" }, plain(line.name).slice(0, 1));
}

function totalRows(cart) {
  const { totals, currency, taxes } = cart;
  const row = (label, value, kind) => [h("dt", { "data-kind": kind }, label), h("dd", { "data-kind": kind, "data-total": kind }, money(value, currency))];
  const rows = [...row("Subtotal", totals.subtotal, "subtotal")];
  if (Number(totals.discount_total) > 0) rows.push(...row("Discount", `-${totals.discount_total}`, "discount"));
  if (cart.needs_shipping) {
    const chosen = listOf(cart.shipping?.packages).flatMap((one) => listOf(one.rates)).find((rate) => rate.chosen_method);
    rows.push(...row(chosen ? plain(chosen.label) : "Shipping", totals.shipping_total, "shipping"));
  }
  const named = listOf(taxes).filter((tax) => tax?.name);
  if (named.length > 0) {
    for (const tax of named) rows.push(...row(plain(tax.name), tax.price, "tax"));
  } else if (Number(totals.total_tax) > 0) {
    rows.push(...row("Tax", totals.total_tax, "tax"));
  }
  rows.push(...row("Total", totals.total, "total"));
  return rows;
}

/** What the shop refused or changed, until the shopper has read it. */
export function drawConflicts(conflicts, rerun) {
  const entries = conflicts.map((conflict) =>
    h(
      "li",
      { class: "conflict" },
      h("p", {}, plain(conflict.message ?? "The shop decided otherwise.")),
      h(
        "div",
        { class: "conflict-actions" },
        conflict.retry && h("button", { type: "button", class: "quiet", onclick: () => (conflict.retry(), rerun()) }, "Try again"),
        h("button", { type: "button", class: "quiet", onclick: () => (conflict.dismiss(), rerun()) }, "Dismiss"),
      ),
    ),
  );
  $("conflicts").replaceChildren(...entries);
}
