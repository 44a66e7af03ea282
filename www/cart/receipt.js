// The totals, written like a till's receipt; what only the shop knows is marked.
import { $, h, listOf, plain, write } from "../lib/dom.js";
import { money } from "../lib/money.js";
import { chosenRate } from "./delivery.js";

export function drawReceipt(cart, { estimated, online }) {
  const guessed = estimated.includes("/totals");
  $("totals").replaceChildren(...rows(cart));
  const total = money(cart.totals.total, cart.currency);
  // Read out when it changes, so it is written only then.
  if ($("total").textContent !== `${guessed ? "about " : ""}${total}`) {
    $("total").replaceChildren(...(guessed ? [h("span", { class: "about" }, "about "), total] : [total]));
  }
  $("total").toggleAttribute("data-estimated", guessed);
  $("estimate-note").hidden = !guessed;
  write(
    $("estimate-note"),
    online ? "The shop is confirming this total." : "Worked out here. The shop confirms it later.",
  );
}

function rows(cart) {
  const { totals, currency, taxes } = cart;
  const row = (label, value, kind) => [h("dt", { "data-kind": kind }, label), h("dd", { "data-kind": kind, "data-total": kind }, money(value, currency))];
  const list = [...row("Goods", totals.subtotal, "subtotal")];
  if (Number(totals.discount_total) > 0) list.push(...row("Discount", `-${totals.discount_total}`, "discount"));
  for (const fee of listOf(cart.fees)) if (fee?.name) list.push(...row(plain(fee.name), fee.fee ?? fee.amount ?? 0, "fee"));
  if (cart.needs_shipping) {
    const chosen = chosenRate(cart);
    if (chosen) list.push(...row(plain(chosen.label), totals.shipping_total, "shipping"));
    else list.push(h("dt", {}, "Delivery"), h("dd", { "data-total": "shipping" }, "–"));
  }
  const named = listOf(taxes).filter((tax) => tax?.name);
  if (named.length > 0) {
    for (const tax of named) list.push(...row(plain(tax.name), tax.price, "tax"));
  } else if (Number(totals.total_tax) > 0) {
    list.push(...row("Tax", totals.total_tax, "tax"));
  }
  return list;
}
