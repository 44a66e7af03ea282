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
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Line drawings of 24 by 24. */
export const icons = {
  minus: "M6 12h12",
  plus: "M12 6v12M6 12h12",
  bin: "M5 7h14M10 7V5h4v2M7 7l.8 12h8.4L17 7M10.5 10.5v5M13.5 10.5v5",
  cross: "m6 6 12 12M18 6 6 18",
  back: "M19 12H5m6-6-6 6 6 6",
};

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

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A name to stand inside a sentence: one that is written from the right must not turn what follows it around. */
export function named(text) {
  const name = plain(text);
  return RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}

/** Writes a text only where it changed, so that a live region speaks once. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Lists and maps by key alike: which one it is depends on the dialect. */
export const listOf = (items) => (Array.isArray(items) ? items : Object.values(items ?? {}));

export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

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
  const place = [...list.children].findIndex((child) => child.dataset.key === active);
  const action = document.activeElement?.dataset?.action;
  const held = list.contains(document.activeElement);
  wanted.forEach((element, at) => {
    if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
  });
  while (list.children.length > wanted.length) list.lastElementChild.remove();
  // The focused control was rebuilt or went: its successor takes the focus, or what stands beside it, or the same of the next item.
  if (held && active && action && !list.contains(document.activeElement)) {
    const next = wanted.find((element) => element.dataset.key === active) ?? wanted[Math.min(place, wanted.length - 1)];
    const fitting = [`[data-action="${action}"]`, "input", "button"].map((one) => next?.querySelector(`${one}:not(:disabled)`));
    fitting.find(Boolean)?.focus();
  }
}
