// Quiet bars below the header: what the shopper should know, until it is no longer so.
import { $, h } from "../lib/dom.js";

/** @param {string} id @param {{ text: string, action?: { label: string, run: () => void } }} options */
export function bar(id, { text, action }) {
  const known = $("bars").querySelector(`[data-bar="${id}"]`);
  if (known?.dataset.text === text) return;
  // Other words of the same thing: a button that is about to be pressed stays.
  if (known && known.querySelector("button")?.textContent === action?.label) {
    known.dataset.text = text;
    known.querySelector("p").textContent = text;
    return;
  }
  const element = h(
    "div",
    { class: "bar", "data-bar": id, "data-text": text },
    h("div", { class: "wrap" }, h("p", {}, text), action && h("button", { type: "button", class: "quiet", onclick: action.run }, action.label)),
  );
  if (known) known.replaceWith(element);
  else $("bars").append(element);
}

export function unbar(id) {
  $("bars").querySelector(`[data-bar="${id}"]`)?.remove();
}
