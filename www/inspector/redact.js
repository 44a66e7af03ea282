// What the inspector may show: nobody's key, credentials or address, not even on a shared screen.

const SECRET_HEADERS = /^(authorization|cookie|set-cookie|x-wp-nonce)$/i;
const KEY_NAMES = /cart[-_]key$|cocart-load-cart$/i;
const TOKENS = /^(jwt_token|jwt_refresh|token|refresh_token)$/i;
const PERSONAL = /(first_name|last_name|company|address_1|address_2|city|postcode|formatted_destination|phone|email|username|display_name|password)$/i;
const HIDDEN = "•••";

export const shortened = (key) => (String(key).length > 8 ? `${String(key).slice(0, 6)}…` : HIDDEN);

function value(name, text) {
  if (KEY_NAMES.test(name)) return shortened(text);
  return text && (TOKENS.test(name) || PERSONAL.test(name)) ? HIDDEN : text;
}

/** An address below the shop's own. */
export function redactUrl(address) {
  const url = new URL(address, location.href);
  for (const [name, text] of [...url.searchParams]) {
    const shown = value(name, text);
    if (shown !== text) url.searchParams.set(name, shown);
  }
  return decodeURI(url.pathname + url.search);
}

/** @param {Iterable<[string, string]>} headers */
export function redactHeaders(headers) {
  return [...headers].map(([name, text]) => [name, SECRET_HEADERS.test(name) ? HIDDEN : value(name, text)]);
}

/** A JSON text, spaced for reading; anything else as it is, cut short. */
export function redactBody(text) {
  if (!text) return "";
  try {
    return JSON.stringify(JSON.parse(text, (name, inner) => (typeof inner === "string" ? value(name, inner) : inner)), null, 2);
  } catch {
    return text.length > 600 ? `${text.slice(0, 600)} …` : text;
  }
}
