// A command of the outbox in words.
import { plain } from "../lib/dom.js";
import { countryName } from "../cart/places.js";

/** @param {object} command @param {{ nameFor: (id: unknown) => string, lineName: (key: string) => string }} names */
export function inWords(command, { nameFor, lineName }) {
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
