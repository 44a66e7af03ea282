// `cart.sessions`.
import { codes } from "./errors.js";
import { segment } from "./params.js";
import { askShop } from "./products.js";

/** Everybody's carts, for administrators: passed through to the shop, never answered here. */
export function makeSessions(options) {
  const one = async (method, key, below = "", query = undefined) => {
    const ask = (route) => askShop(options, `v2/${route}/${segment(key)}${below}`, query, method);
    try {
      return await ask("session");
    } catch (error) {
      // CoCart 5 has them under the list's own name
      if (error?.code !== codes.NO_ROUTE) throw error;
      return ask("sessions");
    }
  };
  return Object.freeze({
    /** `GET sessions` */
    list: (query) => askShop(options, "v2/sessions", query),
    /** `GET session/{key}` */
    get: (key, query) => one("GET", key, "", query),
    /** `GET session/{key}/items` */
    items: (key, query) => one("GET", key, "/items", query),
    /** `DELETE session/{key}` */
    delete: (key) => one("DELETE", key),
  });
}
