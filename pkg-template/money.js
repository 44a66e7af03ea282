// Amounts of the app's own in the shop's way of writing money. Amounts are minor units (cents), as texts, integers or bigints.

/** Minor units as the shop writes them; `currency` is a document's. */
export function format(minor, currency) {
  const { negative, digits } = integer(minor);
  const decimals = minorUnit(currency);
  const padded = digits.padStart(decimals + 1, "0");
  const separator = text(currency.currency_thousand_separator);
  const whole = padded.slice(0, padded.length - decimals).replace(/\B(?=(\d{3})+$)/g, () => separator);
  const part = decimals > 0 ? text(currency.currency_decimal_separator ?? ".") + padded.slice(-decimals) : "";
  const [prefix, suffix] = affixes(currency);
  return `${negative ? "-" : ""}${prefix}${whole}${part}${suffix}`;
}

/** Minor units in the manner of a reader's own language; the browser's, where `locale` is left out. */
export function formatIntl(minor, currency, locale, options) {
  const decimals = minorUnit(currency);
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  // as a text, which is exact where a number is not
  return new Intl.NumberFormat(locale, { style: "currency", currency: currency.currency_code, ...digits, ...options }).format(toMajor(minor, currency));
}

/** Major units (`"12.50"`, `12.5`) in minor ones, rounded half away from zero as the shop does. */
export function toMinor(major, currency) {
  const [, sign, whole = "", part = "", exponent = "0"] = /^\s*([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?\s*$/i.exec(String(major)) ?? [];
  if (sign === undefined) throw new RangeError(`"${major}" is no amount.`);
  const places = whole.length + Number(exponent) + minorUnit(currency);
  const digits = `${whole}${part}`;
  const kept = BigInt(digits.slice(0, Math.max(places, 0)).padEnd(Math.max(places, 0), "0") || "0");
  const rounded = kept + (places >= 0 && Number(digits[places] ?? 0) >= 5 ? 1n : 0n);
  return `${sign === "-" && rounded > 0n ? "-" : ""}${rounded}`;
}

/** Minor units in major ones: `"1250"` is `"12.50"`. */
export function toMajor(minor, currency) {
  return format(minor, { currency_minor_unit: minorUnit(currency) });
}

function integer(minor) {
  const [, sign, digits] = /^\s*(-?)0*(\d+)\s*$/.exec(String(minor)) ?? [];
  if (digits === undefined) throw new RangeError(`"${minor}" is no amount in minor units.`);
  return { negative: sign === "-" && digits !== "0", digits };
}

function minorUnit(currency) {
  const decimals = Number(currency?.currency_minor_unit ?? 2);
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 20) throw new RangeError("A currency has 0 to 20 decimals.");
  return decimals;
}

/**
 * Versions of CoCart say where the symbol stands in different words; what stands before and after an amount all of them say, with a
 * space that WooCommerce writes as one that does not break.
 */
function affixes({ currency_prefix: prefix, currency_suffix: suffix, currency_symbol: symbol, currency_symbol_pos: position }) {
  if (prefix !== undefined || suffix !== undefined) return [text(prefix).replace(/ $/, "\u00a0"), text(suffix).replace(/^ /, "\u00a0")];
  const sign = text(symbol);
  return { right: ["", sign], right_space: ["", `\u00a0${sign}`], left_space: [`${sign}\u00a0`, ""] }[position] ?? [sign, ""];
}

const NAMED = { nbsp: "\u00a0", euro: "€", pound: "£", yen: "¥", cent: "¢", dollar: "$", curren: "¤", amp: "&" };

/** Some versions write symbols as HTML does. */
function text(html = "") {
  return String(html).replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, number, name) => {
    if (name) return NAMED[name] ?? whole;
    const point = hex ? parseInt(hex, 16) : Number(number);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
