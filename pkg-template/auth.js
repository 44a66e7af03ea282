// The entry `cocart-wasm/auth`: `basic()` here, `jwt()` in a file of its own.
import { basicHeader } from "./basic.js";
import { Shop } from "./signin.js";

export { jwt } from "./jwt.js";

/**
 * Signs customers in by user name (or e-mail, or billing phone) and password. Both live in memory
 * alone: a reload asks again.
 */
export function basic(options) {
  const shop = new Shop(options);
  let header;
  let user;
  return Object.freeze({
    bind: (options) => shop.bind(options),
    authorization: () => header,
    get signedIn() {
      return header !== undefined;
    },
    get user() {
      return user;
    },
    async login(credentials) {
      const document = await shop.login(credentials);
      header = basicHeader(credentials);
      user = document;
      return document;
    },
    logout() {
      header = undefined;
      user = undefined;
    },
  });
}
