// Choosing a variation: one group of chips for each attribute.
import { h, plain } from "../lib/dom.js";
import { attributesOf, isOut } from "./facts.js";

/** @param {object} product @param {(values: Record<string, string>) => void} onpick */
export function choices(product, onpick) {
  const attributes = attributesOf(product);
  // The first one that can be bought is chosen to begin with.
  const first = product.variations.find((one) => !isOut(one)) ?? product.variations[0];
  const values = Object.fromEntries(
    attributes.map((attribute) => {
      const key = keyOf(attribute);
      const own = first?.variation.find(([name]) => name === key)?.[1];
      return [key, own || attribute.options[0]?.value];
    }),
  );
  const chips = [];
  const mark = () => {
    for (const { key, value, note, label, before } of chips) {
      // A value is out when nothing that can still be chosen after it is left.
      const fits = ({ variation }) =>
        variation.every(([name, own]) => own === "" || (name === key ? own === value : !before.includes(name) || own === values[name]));
      const out = !product.variations.some((one) => fits(one) && !isOut(one));
      label.toggleAttribute("data-out", out);
      note.textContent = out ? " (sold out)" : "";
    }
  };
  const chip = (attribute, { value, name }) => {
    const key = keyOf(attribute);
    const note = h("span", { class: "visually-hidden" });
    const choose = () => {
      values[key] = value;
      mark();
      onpick({ ...values });
    };
    const input = h("input", { type: "radio", name: key, value, checked: values[key] === value, onchange: choose });
    const label = h("label", { class: "chip" }, input, h("span", {}, plain(name), note));
    const before = attributes.slice(0, attributes.indexOf(attribute)).map(keyOf);
    chips.push({ key, value, note, label, before });
    return label;
  };
  const groups = attributes.map((attribute) =>
    h(
      "fieldset",
      { class: "choice" },
      h("legend", {}, plain(attribute.name)),
      h("div", { class: "chips" }, ...attribute.options.map((option) => chip(attribute, option))),
    ),
  );
  mark();
  onpick({ ...values });
  return h("div", { class: "choices" }, ...groups);
}

const keyOf = (attribute) => `attribute_${attribute.slug}`;
