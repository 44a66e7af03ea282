// The exchanges with the shop: a list, and one of them in full.
import { $, each, h } from "../lib/dom.js";

let chosen;

export function drawExchanges(exchanges) {
  const shown = exchanges.includes(chosen) ? chosen : exchanges[0];
  $("no-exchange").hidden = exchanges.length > 0;
  $("exchange").hidden = exchanges.length === 0;
  // An entry is written to while its answer is on the way, so each is drawn anew.
  each($("exchanges"), exchanges.slice(0, 8).map((entry) => ({ entry })), ({ entry }) => entry.at.getTime() + entry.url, ({ entry }) => {
    const pick = () => {
      chosen = entry === exchanges[0] ? undefined : entry;
      drawExchanges(exchanges);
    };
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "exchange-row", "aria-pressed": String(entry === shown), "data-action": "pick", onclick: pick },
        h("span", { class: "verb" }, entry.method),
        h("span", { class: "path" }, shortPath(entry.url)),
        h("span", { class: "code", "data-good": entry.status >= 200 && entry.status < 300 && !entry.failure }, outcome(entry)),
      ),
    );
  });
  if (shown) drawExchange(shown);
}

const shortPath = (url) => url.replace(/^.*?\/cocart\//, "").replace(/\?.*$/, "");

function outcome({ status, failure, ms }) {
  if (failure) return failure;
  return status === undefined ? "…" : `${status} · ${ms} ms`;
}

function drawExchange(entry) {
  const { asked } = entry;
  const request = [`${entry.method} ${entry.url}`, ...asked.headers.map(([name, text]) => `${name}: ${text}`), ...(asked.body ? ["", asked.body] : [])];
  const kept = (entry.headers ?? []).filter(([name]) => /^(cocart-(version|api-cart-key)|cart-key|retry-after|etag)/.test(name));
  const response = entry.failure
    ? [entry.failure]
    : entry.status === undefined
      ? ["Waiting for the answer"]
      : [`${entry.status}`, ...kept.map(([name, text]) => `${name}: ${text}`), ...(entry.body ? ["", entry.body] : [])];
  for (const [id, lines] of [["request-text", request], ["response-text", response]]) {
    const text = lines.join("\n");
    if ($(id).textContent !== text) $(id).textContent = text;
  }
}
