// How things stand with the shop, in a few plain words.
import { $, write } from "../lib/dom.js";

export function drawStatus(cart) {
  const { online, pending, storage, readOnly } = cart.status;
  const state = online ? (pending > 0 ? "saving" : "online") : "offline";
  const kept = pending > 0 ? ` · ${pending} kept here` : "";
  const text = {
    online: "Saved",
    saving: "Saving",
    offline: `${navigator.onLine ? "Shop out of reach" : "Offline"}${kept}`,
  }[state];
  // The open drawer covers the header, and has the same at its own head.
  for (const status of document.querySelectorAll("[data-status]")) {
    status.dataset.state = state;
    status.dataset.pending = String(pending);
    write(status.querySelector(".status-text"), text);
  }
  document.documentElement.dataset.shop = state;
  write(
    $("saved"),
    storage === "memory"
      ? "This browser lets nothing be kept, so your cart lasts as long as this page."
      : readOnly
        ? "A newer version of this shop is open elsewhere; please reload this page."
        : "Your cart is kept on this device and told to the shop as soon as it can be reached.",
  );
}
