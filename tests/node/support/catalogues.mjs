// Shops with a catalogue and nothing else, and a page's surroundings that Node has not.
const currency = { currency_code: "EUR", currency_symbol: "€", currency_minor_unit: 2, currency_decimal_separator: ",", currency_thousand_separator: ".", currency_prefix: "€", currency_suffix: "" };
export const product = (id) => ({ id, parent_id: 0, type: "simple", name: `Product ${id}`, slug: `p-${id}`, sku: `S${id}`, prices: { price: String(id * 100), regular_price: String(id * 100), sale_price: "", currency }, stock: { stock_quantity: null, stock_status: "instock", backorders: "no" }, add_to_cart: { is_purchasable: true }, attributes: {}, variations: [] });

/** A shop with so many products, which counts and may break down at a page. */
export function shopOf(products, brokenFrom = Infinity) {
  const shop = { asked: [], products, brokenFrom, delay: 0 };
  shop.fetch = async (address, init) => {
    init?.signal?.throwIfAborted();
    const { searchParams, pathname } = new URL(address);
    if (!pathname.endsWith("/v2/products")) throw new Error(`not asked for: ${address}`);
    const [page, size] = [Number(searchParams.get("page")), Number(searchParams.get("per_page"))];
    shop.asked.push(page);
    if (shop.delay) await new Promise((done, fail) => (setTimeout(done, shop.delay), init?.signal?.addEventListener("abort", () => fail(init.signal.reason))));
    if (page >= shop.brokenFrom) throw new TypeError("Failed to fetch");
    const ids = Array.from({ length: shop.products }, (_, at) => at + 1).slice((page - 1) * size, page * size);
    return Response.json({ products: ids.map(product), page, total_products: shop.products });
  };
  return shop;
}

/** The Cache API, as far as it is used; with room for so many entries. */
export function fakeCaches(room = Infinity) {
  const all = new Map();
  const open = async (name) => {
    if (!all.has(name)) all.set(name, new Map());
    const entries = all.get(name);
    return {
      match: async (key) => entries.get(key)?.clone(),
      put: async (key, response) => {
        if (!entries.has(key) && entries.size >= room) throw new DOMException("full", "QuotaExceededError");
        entries.set(key, response);
      },
      delete: async (key) => entries.delete(key),
    };
  };
  return { all, open, delete: async (name) => all.delete(name) };
}

/** Runs `act` with those as the Cache API. */
export async function withCaches(act, caches = fakeCaches()) {
  globalThis.caches = caches;
  try {
    await act(caches);
  } finally {
    delete globalThis.caches;
  }
}
