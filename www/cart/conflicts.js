// What the shop decided otherwise, said to the shopper; and a cart it no longer keeps.
import { $, count, h, listOf, plain } from "../lib/dom.js";
import { bar, unbar } from "../shell/bars.js";
import { minor, money } from "../lib/money.js";
import { inWords } from "./lines.js";
import { openDrawer } from "./drawer.js";

export function drawConflicts(shop) {
  const { conflicts, expired } = shop.cart;
  const after = (act) => () => {
    act();
    shop.draw();
    if (!$("drawer").contains(document.activeElement)) $("close-cart").focus();
  };
  $("conflicts").replaceChildren(
    ...(expired ? [offer(expired, shop, after)] : []),
    ...conflicts.map((conflict) => card(conflict, shop, after)),
  );
  const waiting = conflicts.length + (expired ? 1 : 0);
  $("conflicts").hidden = waiting === 0;
  $("open-cart").dataset.attention = String(waiting);
  if (waiting === 0) return unbar("attention");
  const text = expired ? "The shop no longer keeps your earlier cart." : `The shop answered differently about ${count(waiting, "thing")} in your cart.`;
  return bar("attention", { text, action: { label: "Have a look", run: () => openDrawer(shop) } });
}

function card(conflict, shop, after) {
  const { title, text, retry, dismiss, remove } = describe(conflict, shop);
  const line = listOf(shop.cart.getSnapshot().items).find((one) => one.item_key === conflict.item_key);
  return h(
    "li",
    { class: "conflict", "data-code": conflict.code },
    h("h3", {}, title),
    text && h("p", {}, text),
    h(
      "div",
      { class: "conflict-actions" },
      retry && conflict.command && h("button", { type: "button", class: "quiet", onclick: after(conflict.retry) }, retry),
      remove && line && h("button", { type: "button", class: "quiet", onclick: after(() => (conflict.dismiss(), shop.actions.remove(line))) }, remove),
      h("button", { type: "button", class: "quiet", onclick: after(conflict.dismiss) }, dismiss),
    ),
  );
}

/** Codes that mean "some, but not that many". */
const FEWER = /not_enough|quantity_invalid|can_not_increase|sold_individually/;
const ITEM_COMMANDS = ["add-item", "add-items", "update-item", "restore-item"];

/** The words for a conflict; the shop's own message stands beside ours. */
function describe(conflict, shop) {
  const { code, price, quantity, command } = conflict;
  const message = plain(conflict.message ?? "");
  if (price) {
    const { currency } = shop.cart.getSnapshot();
    // the shop's own dialect: a number in major units, a text in minor ones, or a price as it is written
    const written = (amount) => {
      if (typeof amount === "number") return money(minor(amount, currency), currency);
      return /^-?\d+$/.test(amount) ? money(amount, currency) : plain(amount);
    };
    return { title: "A price has changed", text: `${message} It was ${written(price.shown)} and is now ${written(price.now)}.`, remove: "Take it out", dismiss: "That is fine" };
  }
  if (code === "cocart_wasm_line_changed") return { title: "Changed elsewhere", text: message, dismiss: "That is fine" };
  if (code === "cocart_wasm_in_doubt") return { title: "Perhaps ordered already", text: message, retry: "Add it again", dismiss: "Leave it out" };
  if (ITEM_COMMANDS.includes(command?.type)) {
    const name = nameIn(conflict, shop);
    const amounts = FEWER.test(code) && quantity && quantity.asked !== quantity.found ? ` You wanted ${quantity.asked}; ${quantity.found > 0 ? `your cart has ${quantity.found}` : "none is in your cart"}.` : "";
    return {
      title: FEWER.test(code) ? `Not as many as you wanted: ${name}` : `Not available just now: ${name}`,
      text: message + amounts,
      retry: "Try again",
      dismiss: quantity?.found > 0 ? "Keep what there is" : "Go without it",
    };
  }
  if (command?.type === "apply-coupon") return { title: `Coupon ${plain(command.coupon).toUpperCase()}`, text: message, retry: "Try again", dismiss: "Go without it" };
  return { title: "The shop could not do this", text: message, retry: "Try again", dismiss: "Leave it" };
}

function nameIn({ item_key: key, command }, shop) {
  const { items, removed_items: removed } = shop.cart.getSnapshot();
  const line = [...listOf(items), ...listOf(removed)].find((one) => one.item_key === key);
  return line ? plain(line.name) : shop.nameFor(command.id);
}

function offer(expired, shop, after) {
  return h(
    "li",
    { class: "conflict", "data-code": "cart_expired" },
    h("h3", {}, "Would you like your earlier cart back?"),
    h("p", {}, `The shop keeps a cart for some days only. You had ${inWords(expired.lines, shop.nameFor)}.`),
    h(
      "div",
      { class: "conflict-actions" },
      h("button", { type: "button", class: "quiet", onclick: after(expired.accept) }, "Put it all back"),
      h("button", { type: "button", class: "quiet", onclick: after(expired.decline) }, "Start afresh"),
    ),
  );
}
