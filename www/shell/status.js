// How things stand with the shop, in a few plain words.
import { $, write } from "../lib/dom.js";
import { bar, unbar } from "./bars.js";

/** Most changes are told within a blink, and need no word of it. */
const WORTH_SAYING_MS = 700;
const SAVED = "Saved";
let slow;

/** Whether what waits survives the page. */
export const lasts = ({ storage, unsaved }) => storage !== "memory" && unsaved === 0;

export function drawStatus(cart, who) {
  const { online, pending } = cart.status;
  const paused = who === "paused" && pending > 0;
  const state = !online ? "offline" : paused ? "paused" : pending > 0 ? "saving" : "online";
  const waiting = pending > 0 ? ` · ${pending} ${lasts(cart.status) ? "kept here" : "waiting"}` : "";
  const text = { online: SAVED, saving: "Saving", paused: "Not told yet", offline: navigator.onLine ? "Shop out of reach" : "Offline" }[state];
  // The open drawer covers the header, and has the same at its own head; what waits has more room below that.
  for (const status of document.querySelectorAll("[data-status]")) {
    status.dataset.state = state;
    status.dataset.pending = String(pending);
  }
  document.documentElement.dataset.shop = state;
  const say = () => drawWords(text, online && !paused ? "" : waiting);
  if (state === "saving" && $("status").textContent.trim() === SAVED) {
    slow ??= setTimeout(say, WORTH_SAYING_MS);
  } else {
    slow = clearTimeout(slow);
    say();
  }
  drawKept(cart);
}

function drawWords(text, waiting) {
  for (const status of document.querySelectorAll("[data-status]")) {
    write(status.querySelector(".status-text"), status.dataset.status === "short" ? text : text + waiting);
  }
}

/** Where the cart is kept; what a shopper had better know of it stands below the header as well. */
function drawKept(cart) {
  const { storage, readOnly } = cart.status;
  const trouble =
    storage === "memory"
      ? "This browser lets nothing be kept, so your cart lasts as long as this page."
      : readOnly && "A newer version of this shop is open elsewhere; please reload this page.";
  write($("saved"), trouble || "Your cart is kept on this device and told to the shop as soon as it can be reached.");
  if (!trouble || cart.getSnapshot().item_count === 0) unbar("kept");
  else bar("kept", { text: trouble, action: readOnly ? { label: "Reload", run: () => location.reload() } : undefined });
}
