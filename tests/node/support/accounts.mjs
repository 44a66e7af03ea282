// A shop with accounts, in this process: CoCart's rules of identity around carts that the package itself answers.
import { createCart } from "../../../pkg/index.js";

/** The shop's customers. */
export const CASEY = { username: "casey", password: "pässword" };
export const GILL = { username: "gill", password: "secret" };

/** Everything that could be a secret of these tests. */
export const secrets = (auth) => [CASEY.password, GILL.password, "Basic ", "Bearer ", auth?.token, auth?.refreshToken, Buffer.from("casey:pässword").toString("base64")].filter(Boolean);

export const SHOP = "https://shop.example";
export const STORE = {
  format: 1,
  store: { title: "Test shop" },
  products: [
    { id: 1, name: "Mug", slug: "mug", sku: "MUG", price: "12.50", regular_price: "12.50" },
    { id: 2, name: "Tee", slug: "tee", price: "20", regular_price: "20" },
  ],
};
const DAY = 86_400;

const json = (body, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
const refusal = (code, message, status) => json({ code, message, data: { status } }, status);
const html = (status) => new Response("<!DOCTYPE html><p>critical error</p>", { status, headers: { "content-type": "text/html" } });
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/**
 * `jwt` makes login give tokens; `dead` says what a dead bearer gets: "403", or "500" as where CoCart and its JWT add-on
 * do not fit. `expiration` is what the cart's header says, in seconds from now.
 */
export function makeShop({ jwt = false, dead = "403", expiration = 7 * DAY, lifetime = 10 * DAY } = {}) {
  const accounts = new Map([[CASEY.username, { id: "2", password: CASEY.password }], [GILL.username, { id: "3", password: GILL.password }]]);
  const carts = new Map();
  const pairs = new Map(); // refresh token → account
  const bearers = new Map(); // token → account
  const shop = { asked: [], reachable: true, tokens: 0, carts, delay: 0, lifetime, dead, broken: false };

  async function cartOf(key) {
    if (!carts.has(key)) {
      const cartKey = /^\d+$/.test(key) ? `customer-${key}` : key;
      carts.set(key, await createCart({ store: STORE, storage: "memory", profile: "v4.3", storageKey: `shop ${key}`, cartKey }));
    }
    return carts.get(key);
  }
  const issue = (account) => {
    const [token, refresh] = [shop.newToken(account), `refresh-${++shop.tokens}`];
    bearers.set(token, account);
    pairs.set(refresh, { account, token });
    return { token, refresh };
  };
  shop.newToken = (account) => {
    const iat = Math.floor(Date.now() / 1000);
    return `h.${part({ iat, exp: iat + shop.lifetime, n: ++shop.tokens, data: { user: { id: account.id } } })}.s`;
  };
  /** The tokens die on the server, as by a new address of the device. */
  shop.kill = () => bearers.clear();

  function identify(authorization) {
    const [kind, secret] = (authorization ?? "").split(" ");
    if (kind === "Basic") {
      const [name, password] = Buffer.from(secret, "base64").toString("utf8").split(":");
      const account = accounts.get(name);
      if (account?.password !== password) return refusal("cocart_authentication_error", "Authentication is invalid.", 401);
      return account;
    }
    if (kind !== "Bearer") return undefined;
    const account = bearers.get(secret);
    if (account) return account;
    return shop.dead === "500" ? html(500) : refusal("cocart_authentication_error", "Authentication failed.", 403);
  }

  shop.fetch = async (input, init = {}) => {
    const url = new URL(input);
    const headers = new Headers(init.headers);
    const route = url.pathname.replace("/wp-json/cocart/", "");
    const asked = { method: init.method ?? "GET", route, key: url.searchParams.get("cart_key"), authorization: headers.get("authorization"), body: init.body, url: url.href, redirect: init.redirect };
    shop.asked.push(asked);
    if (shop.delay) await new Promise((done) => setTimeout(done, shop.delay));
    if (!shop.reachable) throw new TypeError("fetch failed");
    if (shop.broken) return html(200);
    const who = identify(asked.authorization);
    if (who instanceof Response) return who;
    if (route === "v2/login") return login(who);
    if (route === "v2/logout") return json(true);
    if (route === "v1/logout") {
      if (who) (await cartOf(who.id)).clear();
      return json(true);
    }
    if (route === "jwt/refresh-token") return refresh(JSON.parse(init.body ?? "{}").refresh_token);
    if (route === "jwt/validate-token") return who ? json({ message: "Token is valid." }) : refusal("rest_forbidden", "Sorry, you are not allowed to do that.", 401);
    return cart(asked, url, init, who);
  };

  function login(who) {
    if (!who) return refusal("cocart_rest_not_authorized", "Sorry, you are not authorized.", 401);
    if (!jwt) return json({ user_id: who.id, display_name: "Casey", extras: [] });
    const { token, refresh } = issue(who);
    return json({ user_id: who.id, display_name: "Casey", extras: { jwt_token: token, jwt_refresh: refresh } });
  }

  function refresh(old) {
    const pair = pairs.get(old);
    if (!pair) return refusal("cocart_authentication_error", "Invalid refresh token.", 403);
    pairs.delete(old);
    bearers.delete(pair.token);
    const fresh = issue(pair.account);
    return json({ token: fresh.token, refresh_token: fresh.refresh });
  }

  async function cart({ method, route, key }, url, init, who) {
    const own = await cartOf(who?.id ?? key);
    if (who && key && carts.has(key)) {
      // the guest's quantity replaces the customer's, and the guest's cart is gone
      const guest = carts.get(key);
      const mine = new Map(own.getSnapshot().items.map((line) => [line.id, line]));
      for (const { id, quantity } of guest.getSnapshot().items) {
        if (mine.has(id)) own.updateItem(mine.get(id).item_key, quantity.value);
        else own.addItem({ id, quantity: quantity.value });
      }
      carts.delete(key);
    }
    const answer = own.request(method, `/cocart/${route}${url.search}`, { body: init.body, headers: init.headers });
    const cartKey = who?.id ?? key;
    const body = answer.body?.cart_key ? { ...answer.body, cart_key: cartKey } : answer.body;
    const ends = String(Math.floor(Date.now() / 1000) + expiration);
    const told = answer.status === 200 ? { "CoCart-API-Cart-Key": cartKey, "CoCart-API-Cart-Expiration": ends } : {};
    return json(body, answer.status, told);
  }

  /** What stands in a cart at the shop: quantities by product. */
  shop.holds = (key) => Object.fromEntries((carts.get(key)?.getSnapshot().items ?? []).map(({ id, quantity }) => [id, quantity.value]));
  /** The cart under this key is bought, emptied, or run out. */
  shop.empty = (key) => void carts.delete(key);
  shop.routes = () => shop.asked.map(({ method, route }) => `${method} ${route}`);
  return shop;
}

/** A cart at that shop. */
export const openAt = (shop, options) => createCart({ storeUrl: SHOP, store: STORE, storage: "memory", profile: "v4.3", sync: "manual", fetch: shop.fetch, ...options });
