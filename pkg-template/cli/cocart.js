// CoCart's own routes, which every visitor may read: asked without keys.
import { ShopError } from "./client.js";

/** What the shop says of itself; WordPress's own index where CoCart does not. */
export async function readStore(client, namespace, language) {
  try {
    return (await client.get(`${namespace}/v2/store`, {}, { open: true })).body;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const fields = "name,description,home,gmt_offset,timezone_string";
  const { body } = await client.get("", { _fields: fields }, { open: true });
  const { name, description, home, gmt_offset, timezone_string } = body;
  return { title: name, description, home_url: home?.replace(/\/$/, ""), language, gmt_offset: Number(gmt_offset), timezone_string };
}

/** Every product that visitors see: documents, and the version of CoCart where it is told. */
export function readCatalogue(client, namespace, progress, query = {}) {
  const onPage = (done, total) => progress.step("products as CoCart shows them", done, total);
  return client.all(`${namespace}/v2/products`, query, { open: true, onPage, elements: (body) => body.products ?? body });
}

/** The pictures' addresses at every size; of these products, or of all. Nothing where CoCart is not there. */
export async function readPictures(client, namespace, progress, ids) {
  if (ids?.length === 0) return [];
  const chunks = ids === undefined ? [undefined] : Array.from({ length: Math.ceil(ids.length / 100) }, (_, at) => ids.slice(at * 100, at * 100 + 100));
  try {
    const documents = await Promise.all(chunks.map((include) => readCatalogue(client, namespace, progress, include && { include: include.join() })));
    return documents.flat().map(({ id, images, variations, _links }) => ({
      id,
      images,
      variations: variations?.map?.(({ featured_image }) => ({ featured_image })) ?? [],
      _links,
    }));
  } catch (error) {
    if (!isMissing(error)) throw error;
    progress.warn("CoCart does not answer at this address: picture addresses follow WordPress's naming.");
    return [];
  }
}

export async function readCategories(client, namespace, progress) {
  return client.all(`${namespace}/v2/products/categories`, {}, { open: true, onPage: (done, total) => progress.step("categories", done, total) });
}

const isMissing = (error) => error instanceof ShopError && [401, 403, 404].includes(error.status);
