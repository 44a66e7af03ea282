// The outbox in words, and lines.
import { count, listOf, named, plain } from "../lib/dom.js";
import { countryName } from "./places.js";

/** What waits to be told, in words. */
export function outboxInWords({ cart, nameFor }) {
  const { items, removed_items: removed, shipping } = cart.getSnapshot();
  const lines = [...listOf(items), ...listOf(removed)];
  const lineName = (key) => named(lines.find((line) => line.item_key === key)?.name ?? "a line");
  const rates = listOf(shipping?.packages).flatMap((one) => listOf(one.rates));
  // A rate of the address before is gone from the cart.
  const rateName = (key) => plain(rates.find((rate) => rate.key === key)?.label ?? "another way");
  return cart.pending.map((command) => inWords(command, { nameFor, lineName, rateName }));
}

/** @param {object} command @param {{ nameFor: (id: unknown) => string, lineName: (key: string) => string, rateName: (key: string) => string }} names */
function inWords(command, { nameFor, lineName, rateName }) {
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
      return `Delivery: ${rateName(command.rate)}`;
    case "update-customer":
      return address(command.fields ?? {});
    default:
      return command.type.replace(/-/g, " ").replace(/^./, (first) => first.toUpperCase());
  }
}

function chosen(command, nameFor) {
  const values = Object.values(command.variation ?? {});
  const name = nameFor(command.id);
  // A variation's name mostly says what was chosen.
  const words = (text) => plain(text).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const said = new Set(words(name));
  const unsaid = values.map(plain).filter((value) => !words(value).every((word) => said.has(word)));
  return unsaid.length > 0 ? `${name} (${unsaid.join(", ")})` : name;
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
