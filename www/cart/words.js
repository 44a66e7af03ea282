// The outbox in words, and lines.
import { count, listOf, named, plain } from "../lib/dom.js";
import { countryName } from "./places.js";

/** What waits to be told, in words. */
export function outboxInWords({ cart, nameFor }) {
  const { items, removed_items: removed } = cart.getSnapshot();
  const lines = [...listOf(items), ...listOf(removed)];
  const lineName = (key) => named(lines.find((line) => line.item_key === key)?.name ?? "a line");
  return cart.pending.map((command) => inWords(command, { nameFor, lineName }));
}

/** @param {object} command @param {{ nameFor: (id: unknown) => string, lineName: (key: string) => string }} names */
function inWords(command, { nameFor, lineName }) {
  const times = (quantity, name) => (Number(quantity ?? 1) === 1 ? name : `${quantity} × ${name}`);
  switch (command.type) {
    case "add-item":
      return `Add ${times(command.quantity, chosen(command, nameFor))}`;
    case "add-items":
      return `Add ${Object.entries(command.quantity ?? {}).filter(([, quantity]) => Number(quantity) > 0).map(([id, quantity]) => times(quantity, nameFor(id))).join(", ")}`;
    case "update-item":
      return `Set ${lineName(command.item_key)} to ${command.quantity}`;
    case "remove-item":
      return `Take ${lineName(command.item_key)} out`;
    case "restore-item":
      return `Put ${lineName(command.item_key)} back`;
    case "clear":
      return "Empty the cart";
    case "apply-coupon":
      return `Apply coupon ${plain(command.coupon)}`;
    case "remove-coupon":
      return `Take coupon ${plain(command.coupon)} off`;
    case "choose-shipping-rate":
      return `Deliver by ${command.rate}`;
    case "update-customer":
      return address(command.fields ?? {});
    default:
      return command.type.replace(/-/g, " ").replace(/^./, (first) => first.toUpperCase());
  }
}

function chosen(command, nameFor) {
  const values = Object.values(command.variation ?? {});
  return values.length > 0 ? `${nameFor(command.id)} (${values.map(plain).join(", ")})` : nameFor(command.id);
}

function address(fields) {
  const { s_country: country, s_state: state, s_postcode: postcode } = fields;
  // The postcode is the shopper's; that there is one is enough to know here.
  const parts = [country && countryName(country), state, postcode && "a postcode"].filter(Boolean);
  return parts.length > 0 ? `Deliver to ${parts.join(", ")}` : "Change the address";
}

/** A list of lines in words: `2 × Stoneware Mug, 1 × Canvas Tote Bag`. */
export function linesInWords(lines, nameFor) {
  const words = lines.map((line) => `${line.quantity ?? 1} × ${nameFor(line.id)}`);
  return words.length > 4 ? `${words.slice(0, 3).join(", ")} and ${count(words.length - 3, "more", "more")}` : words.join(", ");
}
