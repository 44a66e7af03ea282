// Money in the shop's own way of writing it.

/** Minor units (`"1800"`) as the shop writes them. */
export function money(minor, currency) {
  const decimals = currency.currency_minor_unit;
  const negative = String(minor).startsWith("-");
  const digits = String(minor).replace(/\D/g, "").padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, currency.currency_thousand_separator);
  const part = decimals ? currency.currency_decimal_separator + digits.slice(-decimals) : "";
  return `${negative ? "−" : ""}${currency.currency_prefix}${whole}${part}${currency.currency_suffix}`;
}

/** A price in major units (`"18"`, `18.5`) in minor ones. */
export function minor(major, currency) {
  return String(Math.round(Number(major) * 10 ** currency.currency_minor_unit));
}
