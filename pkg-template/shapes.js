// How clients word what they ask for, where it is not how CoCart's routes do.

const MOST_LOADED = 20;

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The products that a request wants added, by id or SKU. */
export function productsIn(body, headers, query) {
  const isJson = /json/i.test(headers.get("content-type") ?? "");
  const posted = isJson ? parsed(body) : Object.fromEntries(new URLSearchParams(body ?? ""));
  const items = Array.isArray(posted?.items) ? posted.items : [{ ...Object.fromEntries(query), ...posted }];
  const ids = items.flatMap((item) => [
    item?.id ?? item?.product_id,
    item?.variation_id,
    ...(item?.quantity !== null && typeof item?.quantity === "object" ? Object.keys(item.quantity) : []),
  ]);
  const named = ids.filter((id) => id !== undefined && id !== null && id !== "" && typeof id !== "object");
  return [...new Set(named.map(String))].slice(0, MOST_LOADED);
}

/**
 * The official SDK sends `cart/update` without its namespace and `set-shipping-method` with a
 * `rate_id`. Servers refuse some of it; what it means is clear all the same.
 */
export function inSdkWords(path, text) {
  const route = /\/cart\/(update|set-shipping-method)\/?$/.exec(path)?.[1];
  const posted = route && parsed(text);
  if (!posted) return text;
  if (route === "set-shipping-method") {
    const { rate_id: rate, ...rest } = posted;
    return rate === undefined || "method_key" in rest ? text : JSON.stringify({ ...rest, method_key: rate });
  }
  if (posted.namespace !== undefined) return text;
  if (Array.isArray(posted.items)) {
    const keyed = posted.items.map((item) => [item?.item_key ?? item, String(item?.quantity ?? 0)]);
    return JSON.stringify({ namespace: "update-cart", quantity: Object.fromEntries(keyed) });
  }
  const fields = Object.entries(posted).filter(([name]) => /^(billing|shipping)_/.test(name));
  if (fields.length === 0) return text;
  const renamed = fields.map(([name, value]) => [name.replace("billing_", "").replace("shipping_", "s_"), value]);
  return JSON.stringify({ namespace: "update-customer", ...Object.fromEntries(renamed) });
}
