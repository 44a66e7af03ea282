// One question to the shop itself.
import { CartError, codes, failure } from "./errors.js";

/**
 * Asks a route of the shop; `route` is what follows the namespace. Gives the document, or throws
 * the shop's own error.
 */
export async function ask({ storeUrl, restPrefix, namespace, fetch: ownFetch }, route, init) {
  if (!storeUrl) throw failure(codes.INVALID_OPTION, "There is no shop to ask: storeUrl was left out.");
  let response;
  try {
    response = await (ownFetch ?? globalThis.fetch)(`${storeUrl}/${restPrefix}/${namespace}/${route}`, init);
  } catch (cause) {
    init?.signal?.throwIfAborted();
    throw failure(codes.OFFLINE, "The shop could not be reached.", cause);
  }
  let document;
  try {
    document = await response.json();
  } catch (cause) {
    // a captive portal says 200; a shop that breaks down says nothing, or says it in HTML
    if (response.ok) throw failure(codes.OFFLINE, "The shop could not be reached.", cause);
    const message = `The shop answered ${response.status} and nothing more.`;
    throw new CartError({ message }, response.status, { cause });
  }
  if (!response.ok) throw new CartError(document, response.status);
  return document;
}
