// What the shop decided otherwise, said to the shopper; and a cart it no longer keeps.
import { $, each, h, listOf, named, plain } from "../lib/dom.js";
import { bar, unbar } from "../shell/bars.js";
import { minor, money } from "../lib/money.js";
import { linesInWords } from "./words.js";
import { openDrawer } from "./drawer.js";

export function drawConflicts(shop) {
  const { conflicts, expired } = shop.cart;
  const cards = [...(expired ? [offer(expired, shop)] : []), ...conflicts.map((conflict) => card(conflict, shop))];
  each($("conflicts"), cards.map(asBefore), ({ key }) => key, (one) => element(one, shop));
  const waiting = cards.length;
  $("conflicts").hidden = waiting === 0;
  $("open-cart").dataset.attention = String(waiting);
  if (waiting === 0) return unbar("attention");
  const text = expired ? "The shop no longer keeps your earlier cart." : `The shop answered differently about ${waiting === 1 ? "one thing" : `${waiting} things`} in your cart.`;
  return bar("attention", { text, action: { label: "Have a look", run: () => openDrawer(shop) } });
}

/** What a conflict is about, in a line: for the message that it is there. */
export const titleOf = (conflict, shop) => describe(conflict, shop).title;

/** The card that already stands for the same words: whatever is drawn again meanwhile, its buttons keep the focus. */
const shown = new Map();

function asBefore(one) {
  const words = JSON.stringify(one);
  const known = shown.get(one.key);
  if (known?.words === words) return known.one;
  shown.set(one.key, { words, one });
  return one;
}

function element({ code, title, text, choices }, shop) {
  const after = (act) => () => {
    act();
    shop.draw();
  };
  return h(
    "li",
    { class: "conflict", "data-code": code },
    h("h3", {}, title),
    text && h("p", {}, text),
    h("div", { class: "conflict-actions" }, ...choices.map(({ label, act }) => h("button", { type: "button", class: "quiet", "data-action": label, onclick: after(act) }, label))),
  );
}

function card(conflict, shop) {
  const { id, code, item_key: key, command } = conflict;
  const { title, text, retry, fewer, dismiss, remove } = describe(conflict, shop);
  const line = listOf(shop.cart.getSnapshot().items).find((one) => one.item_key === key);
  const add = () => shop.attempt(() => shop.cart.addItem({ id: command.id, quantity: 1, variation: command.variation }));
  const choices = [
    retry && command && { label: retry, act: () => conflict.retry() },
    fewer && { label: fewer, act: () => (conflict.dismiss(), add()) },
    remove && line && { label: remove, act: () => (conflict.dismiss(), shop.actions.remove(line)) },
    { label: dismiss, act: () => conflict.dismiss() },
  ];
  return { key: id, code, title, text, choices: choices.filter(Boolean) };
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
    const some = FEWER.test(code);
    const amounts = some && quantity && quantity.asked !== quantity.found ? ` You wanted ${quantity.asked}; ${quantity.found > 0 ? `your cart has ${quantity.found}` : "none is in your cart"}.` : "";
    return {
      title: some ? `Not as many as you wanted: ${name}` : `Not available just now: ${name}`,
      text: message + amounts,
      retry: "Try again",
      fewer: some && command.type === "add-item" && quantity?.asked > 1 && quantity.found === 0 && "Add just one",
      dismiss: quantity?.found > 0 ? "Keep what there is" : "Go without it",
    };
  }
  if (command?.type === "apply-coupon") return { title: `Coupon ${plain(command.coupon).toUpperCase()}`, text: message, retry: "Try again", dismiss: "Go without it" };
  return { title: "The shop could not do this", text: message, retry: "Try again", dismiss: "Leave it" };
}

function nameIn({ item_key: key, command }, shop) {
  const { items, removed_items: removed } = shop.cart.getSnapshot();
  const line = [...listOf(items), ...listOf(removed)].find((one) => one.item_key === key);
  return line ? named(line.name) : shop.nameFor(command.id);
}

function offer(expired, shop) {
  return {
    key: "expired",
    code: "cart_expired",
    title: "Would you like your earlier cart back?",
    text: `The shop keeps a cart for some days only. You had ${linesInWords(expired.lines, shop.nameFor)}.`,
    choices: [
      { label: "Put it all back", act: () => expired.accept() },
      { label: "Start afresh", act: () => expired.decline() },
    ],
  };
}
