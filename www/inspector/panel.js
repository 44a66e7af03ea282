// The inspector: what the package is doing, for those who build shops. It blocks nothing.
import { $, h, plain, write } from "../lib/dom.js";
import { outboxInWords } from "../cart/words.js";
import { drawMarks } from "./marks.js";
import { drawStorage, wireStorage } from "./storage.js";
import { shortened } from "./redact.js";
import { drawExchanges } from "./wire.js";

const OPEN = "inspector";

export function wireInspector(shop) {
  shop.wire.subscribe(() => $("inspector").hidden || drawExchanges(shop.wire.exchanges));
  wireStorage(shop);
  const toggle = (open, focus) => {
    $("inspector").hidden = !open;
    document.documentElement.toggleAttribute("data-inspecting", open);
    for (const button of document.querySelectorAll("[data-inspect]")) button.setAttribute("aria-expanded", String(open));
    if (!isPane()) remember(open);
    if (open) drawInspector(shop);
    if (focus) (open ? $("inspector-title") : opener)?.focus();
  };
  let opener;
  for (const button of document.querySelectorAll("[data-inspect]")) {
    button.addEventListener("click", () => {
      opener = button;
      toggle($("inspector").hidden, true);
    });
  }
  $("close-inspector").addEventListener("click", () => toggle(false, true));
  $("inspector").addEventListener("keydown", (event) => event.key === "Escape" && toggle(false, true));
  $("sync-now").addEventListener("click", () => syncNow(shop.cart));
  if (new URLSearchParams(location.search).has("inspect") || (!isPane() && remembered())) toggle(true, false);
}

/** Two of these pages in one tab share its memory, and have little room. */
const isPane = () => "pane" in document.documentElement.dataset;

// A page in a frame may have no storage of its own; the inspector then starts closed.
function remember(open) {
  try {
    sessionStorage.setItem(OPEN, open ? "open" : "");
  } catch {
    // nothing is lost but a convenience
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(OPEN) === "open";
  } catch {
    return false;
  }
}

async function syncNow(cart) {
  write($("sync-note"), "Asking …");
  try {
    await cart.sync();
    write($("sync-note"), "The shop knows everything.");
  } catch (error) {
    write($("sync-note"), plain(error.message));
  }
}

export function drawInspector(shop) {
  if ($("inspector").hidden) return;
  drawOutbox(shop);
  drawExchanges(shop.wire.exchanges);
  drawMarks(shop);
  drawStorage(shop);
}

function drawOutbox(shop) {
  const { cart } = shop;
  const { online, syncing, suspect, unauthorized } = cart.status;
  const pending = outboxInWords(shop);
  $("no-pending").hidden = pending.length > 0;
  $("pending").replaceChildren(...pending.map((words) => h("li", {}, words)));
  const state = [online ? "online" : "out of reach", syncing && "sending", unauthorized && "waiting for a sign-in", suspect && "one request in doubt"].filter(Boolean);
  write($("sync-state"), state.join(", "));
  write($("inspector-key"), shortened(cart.getSnapshot().cart_key));
}
