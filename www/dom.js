// Building the page without ever parsing a text as HTML.

export const $ = (id) => document.getElementById(id);

/** An element with attributes, listeners (`onclick`) and children; texts stay texts. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing of 24 by 24. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Names and notices may hold tags and entities: what a reader would see of them, as text. */
export function plain(text) {
  if (!/[<&]/.test(text)) return text;
  return new DOMParser().parseFromString(text, "text/html").body.textContent;
}

/**
 * Brings the children of `list` up to `items`, keeping the element of every item that is the very
 * same object as before: the cart shares what did not change, so that is all but one line.
 */
export function each(list, items, keyOf, build) {
  const before = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const key = String(keyOf(item));
    const kept = before.get(key);
    if (kept && kept.item === item) return kept;
    const element = build(item, kept);
    element.dataset.key = key;
    element.item = item;
    return element;
  });
  const active = document.activeElement?.closest?.("[data-key]")?.dataset.key;
  const action = document.activeElement?.dataset?.action;
  wanted.forEach((element, at) => {
    if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
  });
  while (list.children.length > wanted.length) list.lastElementChild.remove();
  // The focused button was rebuilt: its successor takes the focus.
  if (active && action && !list.contains(document.activeElement)) {
    const next = wanted.find((element) => element.dataset.key === active);
    next?.querySelector(`[data-action="${action}"]`)?.focus();
  }
}
