// The cart as an app sees it. What the engine answers is a method here; what few storefronts use is loaded when it is called.
import { CartError, codes, failure, notLoaded } from "./errors.js";
import { ExtendedCart, around, begin, changed, guessed, say, show } from "./extended.js";
import { install, makeFetch, networkOf } from "./fetch.js";
import { copy } from "./hash.js";
import { Transport } from "./transport.js";
import { watched } from "./options.js";
import { headerPairs, orAborted, pairs, quantities, routeOf, segment, texts } from "./params.js";
import { askShop, makeProducts } from "./products.js";
import { makeSessions } from "./sessions.js";
import { makeV1 } from "./v1.js";

const ITEM_TEXTS = ["id", "quantity", "price"];
/** Where `using` is not known yet. */
const noDispose = Symbol("noDispose");

/** A shopper's cart: CoCart's routes as methods that answer at once. */
export class Cart extends ExtendedCart {
  #engine;
  #options;
  #listeners = new Set();
  #heard = new Set();
  #fetch;
  #v1;
  #products;
  #sessions;
  #account;
  #checkout;
  #transport;

  /** Carts are made by `createCart`. */
  constructor(Engine, store, options) {
    super();
    const { auth, transport, fetch: ownFetch } = options;
    const { fetch } = (this.#transport = new Transport(this, options, ownFetch ?? networkOf(this), this.#heard));
    transport.fetch = auth?.observe ? watched(fetch, auth) : fetch;
    this.#options = options = { ...options, ownFetch, fetch: transport.fetch };
    const engine = new Engine(options, store, (kind, detail) => this.#tell(kind, detail), copy);
    const problem = engine.problem();
    if (problem) {
      engine.free();
      throw new CartError(problem, 0);
    }
    this.#engine = engine;
    this.#account = options.Account && new options.Account(this, () => this.#open(), options);
    this[begin](options, {
      snapshot: () => this.#open().snapshot(),
      status: () => this.#open().status(),
      ask: (...request) => answered(this.#open(), this.#open().answer(...request)),
      update: (...request) => answered(this.#open(), this.#open().update(...request)),
      tell: (kind, detail) => this.#tell(kind, detail),
    });
    engine.start();
    // a guest's cart that was kept from before goes over to the customer
    if (options.signedIn && !this.status.signedIn) engine.signed_in();
  }

  // Reading

  /** `GET cart`: shows notices once and drops what is no longer sold, as the server does. */
  get(query) {
    return this.#call("GET", "cart", undefined, query);
  }

  /** `GET cart/item/{key}` */
  item(itemKey, query) {
    return this.#call("GET", `cart/item/${segment(itemKey)}`, undefined, query);
  }

  /** `GET cart/items` */
  items(query) {
    return this.#call("GET", "cart/items", undefined, query);
  }

  /** `GET cart/items/count` */
  countItems(query) {
    return this.#call("GET", "cart/items/count", undefined, query);
  }

  /** `GET cart/totals`; `{ html: true }` for formatted prices. */
  totals(query) {
    return this.#call("GET", "cart/totals", undefined, query);
  }

  /** `GET store` */
  store(query) {
    return this.#call("GET", "store", undefined, query);
  }

  // Changing

  /** `POST cart/add-item` */
  addItem(item, query) {
    return this.#call("POST", "cart/add-item", texts(item, ITEM_TEXTS), query);
  }

  /** `POST cart/add-items`: a group and its quantities, or a list of items. */
  addItems(items, query) {
    const body = Array.isArray(items)
      ? { items: items.map((item) => texts(item, ITEM_TEXTS)) }
      : quantities(texts(items, ["id"]));
    return this.#call("POST", "cart/add-items", body, query);
  }

  /** `POST cart/item/{key}`: a quantity, or an object that holds it. */
  updateItem(itemKey, quantity, query) {
    const body = quantity !== null && typeof quantity === "object" ? quantity : { quantity };
    return this.#call("POST", `cart/item/${segment(itemKey)}`, texts(body, ["quantity"]), query);
  }

  /** `DELETE cart/item/{key}` */
  removeItem(itemKey, query) {
    return this.#call("DELETE", `cart/item/${segment(itemKey)}`, undefined, query);
  }

  /** `PUT cart/item/{key}`: puts a removed item back. */
  restoreItem(itemKey, query) {
    return this.#call("PUT", `cart/item/${segment(itemKey)}`, undefined, query);
  }

  /** `POST cart/clear` */
  clear(body, query) {
    return this.#call("POST", "cart/clear", body, query);
  }

  /** `POST cart/calculate` */
  calculate(body, query) {
    return this.#call("POST", "cart/calculate", body, query);
  }

  /** `POST cart/update` with a namespace: `update-cart`, `update-customer`, or a plugin's own. */
  update(body, query) {
    return this.#call("POST", "cart/update", quantities(body), query);
  }

  // CoCart Plus: a shop without it lets the shopper keep the wish, as an estimate

  /** `POST cart/apply-coupon` */
  applyCoupon(code, query) {
    return this.#call("POST", "cart/apply-coupon", { coupon: code }, query);
  }

  /** `DELETE cart/coupons/{code}` */
  removeCoupon(code, query) {
    return this.#call("DELETE", `cart/coupons/${segment(code)}`, undefined, query);
  }

  /** `POST cart/set-shipping-method`: a rate's key, `flat_rate:1`. */
  setShippingMethod(key, query) {
    return this.#call("POST", "cart/set-shipping-method", { method_key: key }, query);
  }

  /** `POST cart/add-fee`: `{ name, amount, taxable, tax_class }` */
  addFee(fee, query) {
    return this.#call("POST", "cart/add-fee", fee, query);
  }

  /** `POST cart/remove-fees` */
  removeFees(query) {
    return this.#call("POST", "cart/remove-fees", undefined, query);
  }

  // Beside the cart

  /** API v1 under its own names. */
  get v1() {
    return (this.#v1 ??= makeV1((...request) => this.#answer(...request), (options) => this.logout(options)));
  }

  /** The catalogue: answered here where the snapshot holds it, by the shop otherwise. */
  get products() {
    return (this.#products ??= makeProducts(
      (route, query) => this.#answer("GET", route, undefined, query),
      () => this.#open(),
      this.#options,
      this,
    ));
  }

  /** Everybody's carts, for administrators: asked of the shop, never answered here. */
  get sessions() {
    return (this.#sessions ??= makeSessions(this.#options));
  }

  /** Asks the shop for a product that the engine has not seen; it can be added from then on. */
  async loadProduct(id) {
    this.#open();
    const document = await askShop(this.#options, `v2/products/${segment(id)}`);
    // A variation is sold with what its product says.
    if (document?.parent_id) {
      const parent = await askShop(this.#options, `v2/products/${segment(document.parent_id)}`);
      this.#open().learn(parent);
    }
    if (!this.#open().learn(document)) {
      throw failure(codes.OFFLINE, "The shop's answer is no product.");
    }
    return document;
  }

  /** Any route, as strict as the server; a CoCart error is an answer here, not an exception. */
  request(method, path, { query, body, headers } = {}) {
    const [route, ownQuery] = routeOf(String(path), this.#options.namespace);
    const list = [...(pairs(ownQuery) ?? []), ...(pairs(query) ?? [])];
    return this.#respond(String(method), route, list, body, headerPairs(headers) ?? []);
  }

  /** `fetch`, but requests to the store's cart routes are answered here; all else goes to the network. */
  fetch = (input, init) => (this.#fetch ??= makeFetch(this, this.#options, (product) => this.#open().learn(product)))(input, init);

  /** Makes `cart.fetch` the page's own; returns the undo. */
  install() {
    return install(this);
  }

  // Keeping up

  /** An `EventTarget`'s own; events that nobody ever listened for are not made. */
  addEventListener(kind, ...more) {
    this.#heard.add(String(kind));
    this.#transport.hear(kind);
    super.addEventListener(kind, ...more);
  }

  /** The cart as a frozen document; reading it consumes nothing. The same object until it changes. */
  getSnapshot = () => this[show]();

  /** What a server renders: the cart of a shopper who has none. */
  getServerSnapshot = () => this[show](this.#open().empty());

  /** Calls `listener` after every change; returns the undo. */
  subscribe = (listener) => {
    const entry = { listener };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  };

  /** How things stand: `CartStatus`. */
  get status() {
    const status = this.#open().status();
    const estimated = this[guessed](status);
    if (estimated.length === 0) return status;
    return Object.freeze({ ...status, estimated: Object.freeze([...new Set([...status.estimated, ...estimated])]) });
  }

  /** What the server has not been told yet. */
  get pending() {
    return this.#open().pending();
  }

  /** What the server refused or decided differently; each with `retry()` and `dismiss()`. */
  get conflicts() {
    const engine = this.#open();
    return Object.freeze(
      engine.conflicts().map((conflict) =>
        Object.freeze({
          ...conflict,
          message: this[say](conflict.message),
          retry: () => this.#open().retry(conflict.id),
          dismiss: () => this.#open().dismiss(conflict.id),
        }),
      ),
    );
  }

  /** A cart that the shop let run out, with `accept()` and `decline()`; undefined without one. */
  get expired() {
    const lines = this.#open().offer();
    if (!lines?.length) return undefined;
    return Object.freeze({
      lines,
      accept: () => this.#open().answer_offer(true),
      decline: () => this.#open().answer_offer(false),
    });
  }

  // Customers

  /** `POST login`: the guest's cart goes over to the customer. */
  async login(credentials, options) {
    return (await this.#customers()).login(credentials, options);
  }

  /** `POST logout`: tells the shop everything, then begins a new guest's cart. */
  async logout(options) {
    return (await this.#customers()).logout(options);
  }

  /** Tells the server what is pending. Resolves with the cart once nothing more can be told. */
  async sync({ signal } = {}) {
    signal?.throwIfAborted();
    for (let again = false; ; again = true) {
      const done = this.#open().sync();
      const problem = await (signal ? orAborted(signal, done) : done);
      if (!problem) return this.getSnapshot();
      if (problem.code === codes.UNAUTHORIZED && !again && (await this.#account?.renew())) continue;
      throw new CartError({ ...problem, message: this[say](problem.message) }, problem.data?.status ?? 0);
    }
  }

  /** Tells the server everything, then gives the address at which this cart is paid for. */
  async checkout(options) {
    return (await this.#till()).begin(options);
  }

  /** The shop took the order: what was paid for leaves the cart, what came after it stays. */
  async ordered(options) {
    return (await this.#till()).ordered(options);
  }

  /** Lets go of timers, listeners and the module's memory; what is pending stays kept. */
  close() {
    const engine = this.#engine;
    if (!engine) return;
    this.#engine = undefined;
    this.#listeners.clear();
    this.#account?.close();
    engine.close();
    // A listener may close the cart that is calling it.
    queueMicrotask(() => engine.free());
  }

  /** Deletes everything that is kept of this cart on this device, and closes it. */
  forget() {
    this.#open().forget();
    this.#account?.forget().catch(() => {});
    this.close();
  }

  [Symbol.dispose ?? noDispose]() {
    this.close();
  }

  /** What few pages use is loaded by those that do. */
  async #customers() {
    const { Account } = await import("./account.js").catch(notLoaded);
    return (this.#account ??= new Account(this, () => this.#open(), this.#options));
  }

  async #till() {
    const { Checkout } = await import("./checkout.js").catch(notLoaded);
    return (this.#checkout ??= new Checkout(this, () => this.#open(), this.#options));
  }

  #open() {
    if (!this.#engine) throw failure(codes.CLOSED, "This cart was closed.");
    return this.#engine;
  }

  #call(method, route, body, query) {
    return this.#answer(method, `v2/${route}`, body, query);
  }

  #answer(method, route, body, query) {
    const answer = this.#respond(method, `/cocart/${route}`, pairs(query), body);
    if (answer.status >= 400) throw new CartError(answer.body, answer.status);
    return answer.body;
  }

  /** `{ status, body }`, and `headers` where the request came with its own. */
  #respond(method, path, list, body, headers) {
    const engine = this.#open();
    const ask = (sent) =>
      headers ? engine.request(method, path, list, sent, headers) : answered(engine, engine.answer(method, path, list, sent));
    return this[around]({ method, path, list, body, headers }, ask);
  }

  #tell(kind, told) {
    if (kind === "retry") return this.#transport.retry(told);
    const pending = kind === "pending" && { pending: told };
    const detail = told?.message ? { ...told, message: this[say](told.message) } : pending || told;
    if (kind === "sync") this.#account?.settled();
    if (kind === "error" && detail?.code === codes.UNAUTHORIZED && this.#account && this.#options.auth?.renew) {
      this.#account.renew().then((renewed) => {
        if (renewed === false) this.dispatchEvent(new CustomEvent(kind, { detail }));
      });
      return;
    }
    if (kind === "change") {
      this[changed]();
      for (const { listener } of [...this.#listeners]) {
        try {
          listener();
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    }
    if (this.#heard.has(kind)) this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}

const answered = (engine, body) => ({ status: engine.answered(), body });
