// What is in the cart, and what was taken out of it.
import { $, each, h, icon, icons, listOf, plain } from "../lib/dom.js";
import { localAddress } from "../catalogue/facts.js";
import { minor, money } from "../lib/money.js";
import { stepper } from "../lib/stepper.js";

export function drawLines(cart, { actions }) {
  const lines = listOf(cart.items);
  const removed = listOf(cart.removed_items);
  each($("lines"), lines, (line) => line.item_key, (line, before) => lineRow(line, cart.currency, actions, before));
  each($("removed-lines"), removed, (line) => line.item_key, (line) => removedRow(line, actions));
  $("removed").hidden = removed.length === 0;
  const empty = lines.length === 0;
  $("empty").hidden = !empty;
  $("drawer-foot").hidden = empty;
  $("extras").hidden = empty;
}

function lineRow(line, currency, actions, before) {
  const name = plain(line.name);
  const { title, chosen } = parts(line, name);
  return h(
    "li",
    { class: "line" },
    pictureAsBefore(line, before) ?? picture(line),
    h(
      "div",
      { class: "line-text" },
      h("h3", {}, h("bdi", {}, title)),
      chosen && h("p", { class: "small" }, chosen),
      h("p", { class: "small" }, `${money(line.price, currency)} each`),
      line.backorders && line.backorders !== "no" && h("p", { class: "small" }, plain(line.backorders)),
    ),
    h("p", { class: "line-total" }, lineTotal(line, currency)),
    stepper({
      name,
      value: line.quantity.value,
      least: line.quantity.min_purchase ?? 1,
      most: line.quantity.max_purchase ?? -1,
      zero: true,
      onset: (value) => actions.update(line, value),
    }),
    h("button", { class: "icon-button remove", type: "button", "aria-label": `Take ${name} out`, "data-action": "remove", onclick: () => actions.remove(line) }, icon(icons.bin)),
  );
}

/** A variation's name without its choices, and the choices by themselves. */
function parts(line, name) {
  const title = plain(line.title || line.name);
  const chosen = listOf(line.meta?.variation).map(plain).join(", ");
  return chosen && name !== title ? { title, chosen } : { title: name };
}

/** Before discounts, which the receipt names. A number is in major units, a text in minor ones. */
function lineTotal(line, currency) {
  const { subtotal } = line.totals;
  return money(typeof subtotal === "number" ? minor(subtotal, currency) : subtotal, currency);
}

function removedRow(line, actions) {
  const name = plain(line.name);
  return h(
    "li",
    { class: "removed-line" },
    h("span", {}, h("bdi", {}, name), Number(line.quantity) > 1 && ` × ${line.quantity}`),
    h("button", { class: "quiet", type: "button", "data-action": "restore", "aria-label": `Put ${name} back`, onclick: () => actions.restore(line) }, "Put back"),
  );
}

/** A picture that is made anew may be blank for a moment: the one that is there goes along. */
function pictureAsBefore(line, before) {
  const shown = before?.querySelector("img");
  return before?.item.featured_image === line.featured_image ? shown : undefined;
}

function picture(line) {
  return line.featured_image
    ? h("img", { class: "line-picture", src: localAddress(line.featured_image), alt: "", width: 72, height: 72 })
    : h("span", { class: "line-picture no-picture", "aria-hidden": "true" }, plain(line.name).slice(0, 1));
}
