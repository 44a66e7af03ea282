// Estimates by their JSON pointers, and conflicts as the package reports them.
import { $, count, h, listOf, plain } from "../lib/dom.js";

export function drawMarks(shop) {
  const { cart } = shop;
  const { estimated } = cart.status;
  const document_ = cart.getSnapshot();
  $("no-estimates").hidden = estimated.length > 0;
  $("estimates").replaceChildren(
    ...estimated.map((pointer) => h("li", {}, h("code", {}, pointer), h("span", { class: "small" }, shortly(at(document_, pointer))))),
  );
  const { conflicts } = cart;
  $("no-conflicts").hidden = conflicts.length > 0;
  $("conflict-list").replaceChildren(
    ...conflicts.map((conflict) =>
      h(
        "li",
        {},
        h("code", {}, conflict.code),
        h("span", { class: "small" }, plain(conflict.message ?? "")),
        h(
          "span",
          { class: "row" },
          conflict.command && h("button", { type: "button", class: "quiet", onclick: () => (conflict.retry(), shop.draw()) }, "retry()"),
          h("button", { type: "button", class: "quiet", onclick: () => (conflict.dismiss(), shop.draw()) }, "dismiss()"),
        ),
      ),
    ),
  );
}

/** What a JSON pointer points at; lines are a list in this dialect and are named by their keys. */
function at(document_, pointer) {
  const unescaped = pointer.split("/").slice(1).map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));
  return unescaped.reduce((inner, name) => {
    if (Array.isArray(inner)) return inner.find((one) => one?.item_key === name) ?? inner[name];
    return inner?.[name];
  }, document_);
}

function shortly(value) {
  if (value === undefined) return "–";
  if (typeof value !== "object" || value === null) return String(value);
  return "total" in value ? `total ${value.total}` : count(listOf(value).length, "entry", "entries");
}
