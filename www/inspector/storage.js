// What is kept on this device.
import { $, count, h } from "../lib/dom.js";

const PREFIX = "cocart";
const KINDS = { base: "Shop’s last answer", op: "Changes", corrupt: "Damaged, set aside" };

/** The cart's own records in localStorage, by kind. */
function records() {
  const found = new Map();
  for (let at = 0; at < localStorage.length; at += 1) {
    const key = localStorage.key(at);
    if (!key.startsWith(PREFIX)) continue;
    const kind = Object.keys(KINDS).find((name) => new RegExp(`[:.]${name}[:.]`).test(key)) ?? "other";
    const entry = found.get(kind) ?? { number: 0, bytes: 0 };
    entry.number += 1;
    // Browsers count UTF-16.
    entry.bytes += 2 * (key.length + localStorage.getItem(key).length);
    found.set(kind, entry);
  }
  return found;
}

const size = (bytes) => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`);

export async function drawStorage({ cart }) {
  const { storage, unsaved, suspect, readOnly } = cart.status;
  const rows = [["Kept in", storage === "local" ? "localStorage" : storage]];
  if (storage === "local") {
    for (const [kind, { number, bytes }] of records()) rows.push([KINDS[kind] ?? "Other", `${count(number, "record")}, ${size(bytes)}`]);
  }
  if (unsaved > 0) rows.push(["No room for", count(unsaved, "change")]);
  if (suspect) rows.push(["In doubt", "a request may still arrive"]);
  if (readOnly) rows.push(["Read only", "a newer version wrote it"]);
  const [kept, lasting] = await Promise.all([
    globalThis.caches?.keys().then((names) => names.length, () => 0),
    navigator.storage?.persisted?.().catch(() => false),
  ]);
  rows.push(["Opens offline", kept > 0 && navigator.serviceWorker?.controller ? "yes" : "after the next visit"]);
  rows.push(["Persistent", lasting ? "yes" : "not promised"]);
  $("storage").replaceChildren(...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

export function wireStorage(shop) {
  $("forget").addEventListener("click", () => {
    shop.cart.forget();
    location.reload();
  });
}
