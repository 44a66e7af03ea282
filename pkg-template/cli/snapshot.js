import { randomBytes } from "node:crypto";
import { Client } from "./client.js";
import { readCatalogue, readCategories, readPictures, readStore } from "./cocart.js";
import { importer, version } from "./importer.js";
import { listBriefly, listProducts, readChanged, readProducts, readShop, readTags } from "./woocommerce.js";

/** Clocks differ, and an edit takes its time to be stored. */
const OVERLAP = 5 * 60_000;

/** Reads the shop and makes its snapshot: JSON text. */
export async function makeSnapshot(settings, progress) {
  const client = new Client({ ...settings, base: `${settings.shop}/${settings.restPrefix}`, agent: `cocart-wasm/${version()} snapshot` });
  const started = new Date();
  const generated = started.toISOString().replace(/\.\d+Z$/, "Z");
  const release = {
    coupons: settings.coupons,
    coupon_salt: salt(settings),
    catalogue: settings.catalogue,
    complete: settings.complete,
    hide_stock: settings.hideStock,
    meta_keys: settings.metaKeys,
    min_quantity_key: settings.minQuantity,
    max_quantity_key: settings.maxQuantity,
  };
  if (settings.isPublic) {
    const sources = await readPublic(client, settings, progress);
    return importer({ task: "public", sources, release, generated });
  }
  const { sources, versions, language } = await readShop(client, settings, progress);
  const [store, tags] = await Promise.all([readStore(client, settings.namespace, language), settings.catalogue ? readTags(client, progress) : []]);
  const shop = { ...sources, versions, store, tags };
  const refreshed = settings.previous && (await refresh(client, settings, progress, { shop, release, generated }));
  if (refreshed) return refreshed;
  const [products, pictures] = await Promise.all([readProducts(client, settings, progress), readPicturesOf(client, settings, progress)]);
  return importer({ task: "snapshot", sources: { ...shop, ...products, cocart_products: pictures }, release, generated });
}

/** A snapshot from the one before; nothing where that was made in another way. */
async function refresh(client, settings, progress, { shop, release, generated }) {
  const { previous } = settings;
  const since = Date.parse(previous.generated ?? "");
  if (Number.isNaN(since)) {
    progress.note("the snapshot before does not say when it was made: everything is read");
    return undefined;
  }
  const modified = { modified_after: new Date(since - OVERLAP).toISOString().replace(/\.\d+Z$/, ""), dates_are_gmt: true };
  const [listed, edited] = await Promise.all([listBriefly(client, settings, progress), listProducts(client, settings, progress, modified)]);
  const { all, ids = [] } = JSON.parse(importer({ task: "outdated", previous, sources: { ...shop, listed }, release }));
  if (all) {
    progress.note("the snapshot before was made in another way: everything is read");
    return undefined;
  }
  const changed = await readChanged(client, settings, progress, edited, ids);
  const pictures = await readPicturesOf(client, settings, progress, changed.products.map(({ id }) => id));
  const gone = (previous.products ?? []).filter(({ id, parent_id: parent }) => !parent && !listed.some((product) => product.id === id)).length;
  progress.note(`refreshed: ${changed.products.length} products read again, ${gone} gone, ${listed.length} in all`);
  return importer({ task: "refresh", previous, sources: { ...shop, ...changed, listed, cocart_products: pictures }, release, generated });
}

function readPicturesOf(client, { asksCocart, namespace }, progress, ids) {
  return asksCocart ? readPictures(client, namespace, progress, ids) : [];
}

async function readPublic(client, { namespace }, progress) {
  const [store, products, categories] = await Promise.all([
    readStore(client, namespace, "en-US"),
    readCatalogue(client, namespace, progress),
    readCategories(client, namespace, progress),
  ]);
  return { store, products, categories };
}

/** Without coupons nothing is hashed. A refresh keeps its salt, so that the file changes only where the shop did. */
function salt({ coupons, salt: given, previous }) {
  if (coupons.length === 0) return "";
  return given ?? (previous?.coupon_salt || randomBytes(12).toString("hex"));
}
