// A quantity with a button on either side.
import { h, icon, icons } from "./dom.js";

/** @param {{ name: string, value: number, least?: number, most?: number, zero?: boolean, onset: (value: number | string) => void }} options */
export function stepper({ name, value, least = 1, most = -1, zero = false, onset }) {
  const limit = most > 0 ? most : undefined;
  let asking = false;
  const set = (wanted) => {
    // A field that is replaced while it is being changed loses the focus, and says so as one more change.
    if (asking) return;
    asking = true;
    // An emptied field asks for nothing.
    if (wanted !== "") onset(wanted);
    asking = false;
    // What was refused leaves the line as it was, so the field shows that again.
    if (input.isConnected) input.value = value;
  };
  const input = h("input", {
    type: "number",
    inputmode: "numeric",
    min: zero ? 0 : least,
    max: limit,
    value,
    "aria-label": `Quantity of ${name}`,
    "data-action": "quantity",
    onchange: () => set(input.value),
    onkeydown: (event) => event.key === "Enter" && input.value !== String(value) && set(input.value),
  });
  const step = (label, action, path, by, disabled) =>
    h("button", { type: "button", "aria-label": `One ${name} ${label}`, "data-action": action, disabled, onclick: () => set(Number(input.value) + by) }, icon(path));
  return h(
    "div",
    { class: "stepper" },
    step("less", "less", icons.minus, -1, value <= least),
    input,
    step("more", "more", icons.plus, 1, limit !== undefined && value >= limit),
  );
}
