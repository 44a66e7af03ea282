// The cart drawer: opened beside the page, or over it.
import { $, h, write } from "../lib/dom.js";
import { drawCoupons } from "./coupons.js";
import { drawConflicts } from "./conflicts.js";
import { drawDelivery } from "./delivery.js";
import { drawLines } from "./lines.js";
import { drawReceipt } from "./receipt.js";
import { outboxInWords } from "./words.js";
import { whoIs } from "../account/account.js";
import { lasts } from "../shell/status.js";
import { hush, notices } from "../shell/toasts.js";

export function drawDrawer(shop) {
  const { cart } = shop;
  const document_ = cart.getSnapshot();
  const held = $("drawer").contains(document.activeElement);
  drawLines(document_, shop);
  drawConflicts(shop);
  drawCoupons(document_, shop);
  drawDelivery(document_, shop);
  drawReceipt(document_, cart.status);
  drawWaiting(shop);
  // The focused control went with what it was about, or is hidden now: the focus stays in the drawer all the same.
  const { activeElement: now } = document;
  if (held && (!$("drawer").contains(now) || now.getClientRects().length === 0)) $($("empty").hidden ? "close-cart" : "keep-shopping").focus();
}

/** What the shop has not been told for want of a network; its words are on demand. */
function drawWaiting(shop) {
  const { pending, online } = shop.cart.status;
  const lasting = lasts(shop.cart.status);
  const paused = whoIs(shop) === "paused";
  $("waiting").hidden = (pending === 0 || online) && !paused;
  $("waiting-sign-in").hidden = !paused;
  $("waiting-more").hidden = pending === 0;
  const then = paused ? "The shop is told when you have signed in again." : "The shop is told as soon as it can be reached.";
  if (paused && pending === 0) return write($("waiting-text"), "Nobody is signed in here any more. Please sign in again before you check out.");
  write(
    $("waiting-text"),
    `${pending === 1 ? "One change is" : `${pending} changes are`} kept on this ${lasting ? "device" : "page alone"}. ${then}` +
      (lasting ? "" : " This browser has no room for more, so please leave the page open until then."),
  );
  if (!$("waiting").hidden) $("waiting-list").replaceChildren(...outboxInWords(shop).map((words) => h("li", {}, words)));
}

export function openDrawer(shop) {
  const drawer = $("drawer");
  if (drawer.open) return;
  // Reading the cart the server's way shows what it has to say, once.
  const answer = shop.attempt(() => shop.cart.get());
  hush();
  // With the inspector open both are wanted at once: the drawer then blocks nothing.
  if ($("inspector").hidden) drawer.showModal();
  else drawer.show();
  notices(answer);
}

export function wireDrawer(shop) {
  const drawer = $("drawer");
  const opener = $("open-cart");
  opener.addEventListener("click", () => openDrawer(shop));
  for (const id of ["close-cart", "keep-shopping"]) $(id).addEventListener("click", () => drawer.close());
  drawer.addEventListener("click", (event) => event.target === drawer && drawer.close());
  drawer.addEventListener("keydown", (event) => event.key === "Escape" && drawer.close());
  // A dialog that blocks nothing leaves the focus where it was; a modal one gives it back itself.
  drawer.addEventListener("close", () => opener.focus());
}
