import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** What a snapshot weighs, as a whole and for each product or variation. */
export function report(text) {
  const { products = [], coupons = [], tax_rates: rates = [], shipping_zones: zones = [], catalogue } = JSON.parse(text);
  const bytes = Buffer.from(text);
  const weigh = (own) => ({
    raw: own.length,
    gzip: gzipSync(own, { level: 9 }).length,
    // 11 takes a minute on a large shop, for two per cent
    brotli: brotliCompressSync(own, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: own.length } }).length,
  });
  const total = weigh(bytes);
  const entries = Math.max(1, products.length);
  return {
    products: products.filter((product) => !product.parent_id).length,
    variations: products.filter((product) => product.parent_id).length,
    coupons: coupons.length,
    taxRates: rates.length,
    shippingZones: zones.length,
    catalogue: catalogue !== undefined,
    bytes: total,
    perProduct: Object.fromEntries(Object.entries(total).map(([name, value]) => [name, Math.ceil(value / entries)])),
  };
}

/** The report in two lines. */
export function reportText({ products, variations, coupons, taxRates, shippingZones, bytes, perProduct }) {
  const kilobytes = (value) => `${(value / 1024).toFixed(value < 102_400 ? 1 : 0)} KB`;
  return [
    `snapshot: ${products} products, ${variations} variations, ${coupons} coupons, ${taxRates} tax rates, ${shippingZones} shipping zones`,
    `size: ${kilobytes(bytes.raw)} raw, ${kilobytes(bytes.gzip)} gzip, ${kilobytes(bytes.brotli)} brotli; for each product or variation ${perProduct.raw} / ${perProduct.gzip} / ${perProduct.brotli} bytes`,
  ].join("\n");
}
