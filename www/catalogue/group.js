// A group's members, each with a quantity of its own; what is wanted goes into the cart at once.
import { h } from "../lib/dom.js";
import { stepper } from "../lib/stepper.js";
import { addressOf, goOnClick } from "../shell/router.js";
import { availability, isOut, nameOf } from "./facts.js";
import { picture, priceLine } from "./grid.js";

/** @param {object} product @param {{ currency: object, addGroup: Function }} shop */
export function group(product, { currency, addGroup }) {
  const wanted = new Map(product.members.map((member) => [member.id, isOut(member) ? 0 : 1]));
  const button = h("button", { class: "primary", type: "button", "aria-label": `Add ${nameOf(product)} to the cart`, onclick: () => addGroup(product, Object.fromEntries(wanted), { button }) }, "Add to cart");
  const mark = () => (button.disabled = [...wanted.values()].every((quantity) => quantity === 0));
  mark();
  return [h("ul", { class: "members" }, ...product.members.map((member) => row(member, { currency, wanted, mark }))), h("div", { class: "product-buy" }, button)];
}

function row(member, { currency, wanted, mark }) {
  const name = nameOf(member);
  const said = availability(member);
  const most = member.manage_stock === "yes" && member.backorders !== "yes" && member.backorders !== "notify" ? member.stock_quantity : -1;
  const slot = h("div", {});
  const draw = () => {
    const held = document.activeElement?.dataset?.action;
    const inside = slot.contains(document.activeElement);
    slot.replaceChildren(stepper({ name, value: wanted.get(member.id), least: 0, most: member.sold_individually ? 1 : most, onset: set }));
    if (inside) (slot.querySelector(`[data-action="${held}"]:not(:disabled)`) ?? slot.querySelector("input")).focus();
  };
  const set = (value) => {
    const quantity = Math.floor(Number(value));
    wanted.set(member.id, Number.isFinite(quantity) && quantity > 0 ? (most > 0 ? Math.min(quantity, most) : quantity) : 0);
    mark();
    draw();
  };
  if (!isOut(member)) draw();
  return h(
    "li",
    { class: "member" },
    h("span", { class: "picture" }, picture(member)),
    h("div", {}, h("a", { href: addressOf(member), onclick: goOnClick }, h("bdi", {}, name)), priceLine(member, currency), said && h("p", { class: "availability", "data-out": isOut(member) }, said)),
    slot,
  );
}
