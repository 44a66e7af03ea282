// Short messages; the newest is also read out.
import { $, h, plain } from "../lib/dom.js";

const SHOWN_MS = 6000;
const MOST = 2;

/** @param {string} text @param {{ kind?: string, action?: { label: string, run: () => void } }} [options] */
export function toast(text, { kind = "info", action } = {}) {
  const words = plain(text);
  const list = $($("drawer").open ? "drawer-toasts" : "toasts");
  announce(words);
  const done = () => element.remove();
  const element = h(
    "div",
    { class: "toast", "data-kind": kind },
    h("span", {}, words),
    action && h("button", { type: "button", onclick: () => (done(), action.run()) }, action.label),
  );
  // Adding ten things is one message, not ten.
  if (kind === "added") list.querySelector('[data-kind="added"]')?.remove();
  [...list.children].find((other) => other.firstElementChild.textContent === words)?.remove();
  list.append(element);
  while (list.children.length > MOST) list.firstElementChild.remove();
  let timer = setTimeout(done, SHOWN_MS);
  const wait = () => clearTimeout(timer);
  const resume = () => {
    clearTimeout(timer);
    timer = setTimeout(done, SHOWN_MS);
  };
  element.addEventListener("pointerenter", wait);
  element.addEventListener("focusin", wait);
  element.addEventListener("pointerleave", resume);
  element.addEventListener("focusout", resume);
}

/** Reads a text out, and shows nothing. A modal dialog makes everything outside it inert, so each has a place of its own. */
export function announce(text) {
  const open = ["account", "drawer"].find((id) => $(id).open);
  $(open ? `${open}-announce` : "announce").textContent = text;
}

/** Takes away messages of a kind that are no longer true. */
export function unsay(kind) {
  for (const one of document.querySelectorAll(`.toast[data-kind="${kind}"]`)) one.remove();
}

/** Takes away what was said before: the drawer shows it better. */
export function hush() {
  $("toasts").replaceChildren();
}

/** The notices of a cart answer, errors first as CoCart orders them. */
export function notices(cart) {
  for (const [kind, texts] of Object.entries(cart?.notices ?? {})) {
    for (const text of texts) toast(text, { kind });
  }
}
