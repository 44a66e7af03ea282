// Where the parcel goes and how: the address decides taxes and rates, at once and offline as well.
import { $, each, h, listOf, plain, write } from "../lib/dom.js";
import { money } from "../lib/money.js";
import { COUNTRIES, countryName, REGIONS, regionName } from "./places.js";

const ratesOf = (cart) => listOf(cart.shipping?.packages).flatMap((one) => listOf(one.rates));

export const chosenRate = (cart) => ratesOf(cart).find((rate) => rate.chosen_method);

/** What is in the form was last written for this address: what the shopper is typing stays. */
let written = "";
/** Whether a postcode is being typed: the shop's answer to something before must not take it away. */
let typing = false;

export function drawDelivery(cart, shop) {
  $("delivery").hidden = !cart.needs_shipping;
  const { shipping_country: country, shipping_state: state, shipping_postcode: postcode } = cart.customer.shipping_address;
  const place = [postcode, state && regionName(country, state), country && countryName(country)].filter(Boolean).join(", ");
  write($("delivery-place"), place || "an address to come");
  const now = JSON.stringify([country, state, postcode]);
  if (now !== written) {
    written = now;
    fill(country, state, postcode);
  }
  const rates = ratesOf(cart);
  $("no-rates").hidden = rates.length > 0;
  write($("no-rates"), country ? `We do not deliver to ${countryName(country)} yet.` : "Choose a country to see the ways of delivery.");
  $("no-rates").dataset.kind = country ? "error" : "waiting";
  write($("undelivered"), cart.needs_shipping && country && rates.length === 0 ? "This total is without delivery. Another address may help." : "");
  $("rates").hidden = rates.length === 0;
  each($("rate-list"), rates, (rate) => rate.key, (rate) => rateRow(rate, cart.currency, shop));
}

function rateRow(rate, currency, shop) {
  const choose = () => shop.attempt(() => shop.cart.setShippingMethod(rate.key));
  return h(
    "li",
    {},
    h(
      "label",
      { class: "rate" },
      h("input", { type: "radio", name: "rate", value: rate.key, checked: rate.chosen_method, "data-action": "rate", onchange: choose }),
      h("span", {}, plain(rate.label)),
      h("span", { class: "rate-cost" }, Number(rate.cost) > 0 ? money(rate.cost, currency) : "Free"),
    ),
  );
}

function fill(country, state, postcode) {
  const regions = REGIONS[country];
  $("country").value = country;
  $("region-field").hidden = !regions;
  if (regions) {
    write($("region-label"), regions.label);
    $("region").replaceChildren(option("", "Choose"), ...regions.list.map(([code, name]) => option(code, name)));
    $("region").value = state;
  }
  if (!typing) $("postcode").value = postcode;
}

const same = (one, other) => one.replace(/\W/g, "").toUpperCase() === other.replace(/\W/g, "").toUpperCase();

const option = (value, text) => h("option", { value }, text);

export function wireDelivery(shop) {
  const { allowed_countries: allowed, base_address: base } = shop.snapshot.settings ?? {};
  const codes = new Set(allowed?.length ? allowed : [...(base?.country ? [base.country] : []), ...COUNTRIES]);
  const sorted = [...codes].sort((one, other) => countryName(one).localeCompare(countryName(other)));
  $("country").append(...sorted.map((code) => option(code, countryName(code))));

  // CoCart before 4.9 takes the billing address alone, and delivers there; so both are sent.
  const set = (country, state, postcode = "") => {
    typing = false;
    const place = { country, state, postcode, s_country: country, s_state: state, s_postcode: postcode };
    const answer = shop.attempt(() => shop.cart.update({ namespace: "update-customer", ...place }));
    // Notices of what happened before may stand in the same answer; only a postcode that was not taken is wrong.
    const taken = same(answer?.customer.shipping_address.shipping_postcode ?? "", postcode);
    const problem = postcode && !taken && answer?.notices?.error?.at(-1);
    write($("address-note"), problem ? plain(problem) : "");
    $("postcode").setAttribute("aria-invalid", String(Boolean(problem)));
  };
  // Region and postcode of the country before mean nothing in the new one.
  $("country").addEventListener("change", () => set($("country").value, ""));
  for (const id of ["region", "postcode"]) {
    $(id).addEventListener("change", () => set($("country").value, $("region-field").hidden ? "" : $("region").value, $("postcode").value.trim()));
  }
  $("postcode").addEventListener("input", () => (typing = true));
  $("postcode").addEventListener("blur", () => (typing = false));
  $("address-form").addEventListener("submit", (event) => event.preventDefault());
}
