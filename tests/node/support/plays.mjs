// How the package plays each recording of part `server`: a stage (stage.mjs) is the recorded shop, step by step.
//
//   told      the package sends the recorded request by itself, and the app sees the recorded cart
//   passed    the package hands the request on, and the app gets the recorded answer or error
//   computed  the package answers without the server, and equally; the recorded request is made beside it
//   defect    the server is plainly wrong (tools/conformance/src/defects.rs); the package answers as promised
//   world     a request that the package never makes: another device, a stranger, a server that makes keys
import assert from "node:assert/strict";
import { basic, jwt } from "../../../pkg/auth.js";
import { codes } from "../../../pkg/index.js";

const header = (name, password = "password") => `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
const CUSTOMER = header("customer1");
const ADMIN = header("admin");
export const TEE = "38b3eff8baf56627478ec76a704e9b52";

/** A customer the app has signed in by itself and whose id it knows. */
const customer = (authorization = CUSTOMER, user_id = "2") => ({ authorization: () => authorization, signedIn: false, user: { user_id } });
const add = (id, quantity = 1) => (cart) => cart.addItem({ id, quantity });
export const look = (cart) => cart.sync();
const lines = (cart) => Object.fromEntries(cart.getSnapshot().items.map(({ id, quantity }) => [id, quantity.value]));

/** Each recording's play; `stage.told`, `passed` … go through one step each. */
export const PLAYS = {
  async v2_admin_creates_cart_for_customer(stage) {
    await stage.world();
    const cart = await stage.shopper({ authorization: () => CUSTOMER });
    await stage.told(cart, look);
    const admin = await stage.shopper({ authorization: () => ADMIN });
    await stage.passed(() => admin.sessions.list());
  },

  async v2_cart_key_client_chosen(stage) {
    const cart = await stage.shopper({ cartKey: "my-device-0001" });
    await stage.told(cart, look);
    await stage.told(cart, add(101));
    await stage.told(cart, look);
    await stage.computed(() => cart.countItems());
  },

  async v2_cart_key_odd_characters(stage) {
    for (const [at, { request }] of stage.recording.steps.entries()) {
      const { cart_key: cartKey } = request.query;
      const made = stage.recorded(at).body.cart_key;
      if (at < 2 || at === 3) {
        const cart = await stage.shopper({ cartKey, storeUrl: undefined });
        assert.equal(cart.getSnapshot().cart_key, made, "a key is cleaned as the server cleans it");
        await stage.computed(() => cart.addItem({ id: 101 }));
      } else {
        // more than the 42 characters CoCart promises to keep, and a key of which nothing is left
        await assert.rejects(stage.shopper({ cartKey }), { code: codes.INVALID_OPTION });
        await stage.world();
      }
    }
  },

  async v2_cart_key_query_and_header(stage) {
    const cart = await stage.shopper();
    await stage.told(cart, add(101, 2));
    await stage.told(cart, look);
    await stage.told(cart, look); // recorded with the header; the package sends the query, which every shop lets in
    const { body } = await stage.world();
    assert.deepEqual(body.items.map(({ id }) => id), [101], "the header beats the query");
    assert.deepEqual((await stage.world()).body.items, [], "X-CoCart-API is not read");
    assert.notEqual((await stage.world()).body.cart_key, stage.recorded(0).body.cart_key, "a key in a JSON body is not read");
    assert.equal((await stage.world()).body.items.length, 2, "in a form it is");
    assert.equal((await stage.world()).body.items.length, 2, "capitals are the same key");
  },

  async v2_cart_key_unknown(stage) {
    const cart = await stage.shopper({ cartKey: "0123456789abcdef0123456789abcd" });
    await stage.told(cart, look);
    await stage.computed(() => cart.totals());
    await stage.computed(() => cart.removeItem(TEE));
  },

  async v2_cors_default(stage) {
    await stage.computed(corsAnswer(stage));
    await preflight(stage);
    await preflight(stage);
    await stage.computed(corsAnswer(stage));
    await stage.computed(corsAnswer(stage));
    await preflight(stage);
    const cart = await stage.shopper();
    await stage.passed(() => cart.fetch(`${stage.base}/wp-json/cocart/v2/nope`, { headers: { Origin: "https://shop.example" } }));
    await stage.world();
  },

  async v2_cors_enabled(stage) {
    await stage.world();
    await stage.world();
    await preflight(stage);
    await preflight(stage);
    await stage.world();
    await stage.world();
    const cart = await stage.shopper();
    await stage.computed(() => cart.products.get(101));
    await preflight(stage);
  },

  async v2_customer_cart(stage) {
    const cart = await stage.shopper({ authorization: () => CUSTOMER });
    await stage.told(cart, look);
    await stage.told(cart, add(101, 2));
    await stage.told(cart, look);
    assert.equal((await stage.defect(() => cart.totals())).total, cart.v1.totals().total);
    await stage.computed(() => cart.items());
    await stage.told(cart, (cart) => cart.updateItem(TEE, 3));
    await stage.told(cart, (cart) => cart.removeItem(TEE));
    await stage.told(cart, look);
  },

  async v2_customer_persistent_cart(stage) {
    await stage.world();
    await stage.world();
    await assert.rejects(stage.shopper({ cartKey: "2" }), { code: codes.INVALID_OPTION }, "a customer's id is no guest's key");
    assert.equal((await stage.world()).status, 403);
    const cart = await stage.shopper({ authorization: () => CUSTOMER });
    await stage.told(cart, look);
  },

  async v2_customer_requests_other_cart(stage) {
    for (let at = 0; at < 4; at += 1) await stage.world();
    const cart = await stage.shopper({ authorization: () => CUSTOMER });
    await stage.told(cart, look);
    assert.deepEqual(lines(cart), {}, "one's own cart, without a key");
  },

  async v2_header_key_flow(stage) {
    const cart = await stage.shopper({ cartKey: "the-apps-own" });
    await stage.told(cart, look);
    await stage.told(cart, add(101));
    await stage.told(cart, add(104, 2));
    await stage.told(cart, (cart) => cart.updateItem(TEE, 3));
    await stage.computed(() => cart.items());
    await stage.defect(() => cart.totals());
  },

  v2_jwt: wholeJwt,

  async v2_login(stage) {
    const url = `${stage.base}/wp-json/cocart/v2/login`;
    const guest = await stage.shopper();
    const login = (username, password = "password") => {
      const auth = basic({ storeUrl: stage.base });
      return stage.passed(() => auth.login({ username, password }));
    };
    await stage.passed(() => guest.fetch(url, { method: "POST" }));
    assert.equal((await login("customer1")).user_id, "2");
    await login("customer1", "wrong");
    assert.equal((await login("nobody", "x")).retryable, true, "an unknown name breaks the server, and looks like it");
    await login("customer1@example.com");
    await login("2125550100");
    await stage.passed(() => guest.fetch(`${url}?username=customer1&password=password`, { method: "POST" }));
    const body = JSON.stringify({ username: "customer1", password: "password" });
    await stage.passed(() => guest.fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } }));
    await login("admin");
    await login("manager1");
    const half = basic({ storeUrl: stage.base });
    await stage.computed(() => half.login({ username: "customer1", password: "" }));
    await stage.passed(() => guest.fetch(url));
  },

  async v2_login_bad_headers(stage) {
    for (const authorization of ["Basic !!!", "Basic", "Bearer abc.def.ghi", "Basic Y3VzdG9tZXIx", header("customer1", "wrong")]) {
      const cart = await stage.shopper({ authorization: () => authorization, sync: "manual" });
      const error = await refused(stage, cart);
      assert.equal(error.code, codes.UNAUTHORIZED, `${authorization} is noticed, whether the shop says so or serves a guest`);
    }
    const cart = await stage.shopper({ authorization: () => header("customer1", "wrong"), store: null });
    await stage.passed(() => cart.products.list());
  },

  async v2_logout(stage) {
    await stage.world();
    const cart = await stage.shopper({ authorization: () => CUSTOMER });
    await stage.told(cart, look);
    await stage.passed(() => cart.logout());
    assert.deepEqual(lines(cart), {});
    assert.ok(!cart.status.signedIn);
    const again = await stage.shopper({ authorization: () => CUSTOMER });
    await stage.told(again, look);
    const guest = await stage.shopper();
    await stage.passed(() => guest.fetch(`${stage.base}/wp-json/cocart/v2/logout`, { method: "POST" }));
  },

  async v2_merge_add_while_authenticating(stage) {
    const guest = await stage.shopper();
    await stage.told(guest, add(101, 2));
    await stage.world();
    const cart = await stage.shopper({ authorization: () => CUSTOMER });
    await stage.told(cart, look);
    await stage.told(guest, look);
    assert.deepEqual(lines(guest), {}, "merged elsewhere: the empty cart is adopted, nothing is rebuilt");
  },

  async v2_merge_by_login(stage) {
    const guest = await stage.shopper();
    await stage.told(guest, add(101, 2));
    const { cart_key } = guest.getSnapshot();
    await stage.passed(() => guest.fetch(`${stage.base}/wp-json/cocart/v2/login?cart_key=${cart_key}`, { method: "POST", headers: { Authorization: CUSTOMER } }));
    const cart = await stage.shopper({ authorization: () => CUSTOMER });
    await stage.told(cart, look);
    assert.deepEqual(lines(cart), {}, "signing in alone merges nothing");
    await stage.told(guest, look);
    assert.deepEqual(lines(guest), { 101: 2 });
  },

  async v2_merge_guest_into_customer(stage) {
    const cart = await stage.shopper({ authorization: customer() });
    await stage.told(cart, add(101, 2));
    const { cart_key: key } = cart.getSnapshot();
    await stage.told(cart, (cart) => cart.login());
    await stage.told(cart, look);
    await guestsCartIsGone(stage, key);
    const admin = await stage.shopper({ authorization: () => ADMIN });
    await stage.passed(() => admin.sessions.list().then((all) => inTermsOf(stage, key, all)));
  },

  async v2_merge_guest_into_customer_with_cart(stage) {
    await stage.world();
    const cart = await stage.shopper({ authorization: customer() });
    await stage.told(cart, add(101, 2));
    await stage.told(cart, add(104, 5));
    const { cart_key: key } = cart.getSnapshot();
    await stage.told(cart, (cart) => cart.login());
    assert.deepEqual(lines(cart), { 101: 2, 104: 5 }, "5 replaces the customer's 1: not 6, and not 1");
    assert.deepEqual(cart.conflicts, []);
    await stage.told(cart, look);
    await guestsCartIsGone(stage, key);
    const admin = await stage.shopper({ authorization: () => ADMIN });
    await stage.passed(() => admin.sessions.list().then((all) => inTermsOf(stage, key, all)));
  },

  async v2_merge_header_key(stage) {
    const cart = await stage.shopper({ authorization: customer() });
    await stage.told(cart, add(101, 2));
    await stage.told(cart, (cart) => cart.login()); // recorded with the header; the package sends the query
    await stage.told(cart, look);
  },

  async v2_restricted_routes(stage) {
    const cart = await stage.shopper({ cartKey: "restricted-guest" });
    await stage.told(cart, look);
    const errors = [];
    cart.addEventListener("error", ({ detail }) => errors.push(detail.code));
    await stage.told(cart, add(101));
    assert.deepEqual(errors, [codes.UNAUTHORIZED]);
    assert.deepEqual(lines(cart), { 101: 1 }, "the shopper keeps it, and it waits for a customer");
    assert.equal(cart.status.pending, 1);
    const browser = await stage.shopper({ store: null, cartKey: "restricted-guest" });
    for (const route of ["products", "products/101"]) {
      await stage.passed(() => browser.fetch(`${stage.base}/wp-json/cocart/v2/${route}?cart_key=restricted-guest`));
    }
    await stage.world();
    await stage.world();
  },

  async v2_session_of_full_cart(stage) {
    const cart = await stage.shopper();
    await stage.told(cart, add(101, 2));
    await stage.told(cart, add(112));
    await stage.told(cart, (cart) => cart.update(stage.step.request.body));
    await fetch(`${stage.base}${stage.step.request.path}?cart_key=${cart.getSnapshot().cart_key}`, { method: "POST", body: JSON.stringify(stage.step.request.body), headers: { "content-type": "application/json" } });
    stage.ways.push("world"); // a callback of the recorded shop's own
    stage.at += 1;
    await stage.told(cart, (cart) => cart.removeItem(TEE));
    const admin = await stage.shopper({ authorization: () => ADMIN });
    // the endpoint knows the recorded key in an address, and speaks of the package's own
    const [{ cart_key: key }, recorded] = [cart.getSnapshot(), stage.recording.vars.cart_key];
    const said = (answer) => answer.then((body) => inTermsOf(stage, key, body));
    await stage.passed(() => said(admin.sessions.get(recorded)));
    await stage.passed(() => admin.sessions.items(recorded));
    await stage.passed(() => said(admin.sessions.get(recorded, { thumb: false, default: true })));
  },

  async v2_sessions(stage) {
    const as = async (authorization) => (await stage.shopper(authorization ? { authorization: () => authorization } : {})).sessions;
    const [admin, manager, other, guest] = [await as(ADMIN), await as(header("manager1")), await as(CUSTOMER), await as()];
    await stage.passed(() => admin.list());
    const cart = await stage.shopper();
    await stage.told(cart, add(101, 2));
    const [{ cart_key: key }, recorded] = [cart.getSnapshot(), stage.recording.vars.cart_key];
    await stage.world();
    const said = (answer) => answer.then((body) => inTermsOf(stage, key, body));
    for (const who of [admin, manager, other, guest]) {
      await stage.passed(() => said(who.list()));
      await stage.passed(() => said(who.get(recorded)));
      await stage.passed(() => said(who.items(recorded)));
    }
    await stage.passed(() => admin.get("2"));
    await stage.passed(() => admin.items("2"));
    await stage.passed(() => admin.get("nosuchkey"));
    await stage.passed(() => admin.items("nosuchkey"));
    for (const who of [guest, other, admin, admin]) await stage.passed(() => who.delete(recorded));
    await stage.passed(() => said(admin.list()));
    await stage.told(cart, look);
    assert.deepEqual(lines(cart), {}, "an administrator's deletion is adopted");
  },

  async v2_two_guests_do_not_mix(stage) {
    const keys = [stage.recorded(0).body.cart_key, stage.recorded(1).body.cart_key];
    const here = await Promise.all(keys.map((cartKey) => stage.shopper({ cartKey, storeUrl: undefined, storageKey: cartKey })));
    await stage.computed(() => here[0].addItem({ id: 101 }));
    await stage.computed(() => here[1].addItem({ id: 104, quantity: 2 }));
    for (const cartKey of keys) await stage.told(await stage.shopper({ cartKey, storageKey: cartKey }), look);
  },
};

async function wholeJwt(stage) {
  const auth = jwt();
  const cart = await stage.shopper({ authorization: auth });
  await stage.told(cart, add(101, 2));
  const { cart_key: key } = cart.getSnapshot();
  await stage.passed(() => auth.login({ username: "customer1", password: "password" }));
  await stage.passed(() => auth.validate().then((good) => (assert.ok(good), undefined)));
  await stage.passed(() => cart.fetch(`${stage.base}/wp-json/cocart/jwt/validate-token`, { method: "POST" }));
  const own = await stage.shopper({ authorization: auth });
  await stage.told(own, look);
  await stage.told(cart, (cart) => cart.login());
  await stage.told(cart, add(104));
  await stage.told(cart, look);
  await guestsCartIsGone(stage, key);
  const tampered = await stage.shopper({ authorization: () => "Bearer {jwt_token_tampered}", sync: "manual" });
  assert.equal((await refused(stage, tampered)).code, codes.OFFLINE, "the server breaks down: nobody can know");
  for (const authorization of ["Bearer a.b", "Bearer"]) {
    assert.equal((await refused(stage, await stage.shopper({ authorization: () => authorization, sync: "manual" }))).code, codes.UNAUTHORIZED);
  }
  await stage.passed(() => auth.refresh());
  assert.equal(auth.token, "{jwt_token_2}");
  assert.equal(auth.refreshToken, "{jwt_refresh_2}");
  const stolen = jwt({ storeUrl: stage.base, token: "h.e30.s", refreshToken: "nope" });
  await stage.passed(() => stolen.refresh());
  assert.ok(!stolen.signedIn);
  await assert.rejects(jwt({ storeUrl: stage.base }).refresh(), { code: "cocart_jwt_no_refresh_token" });
  await stage.passed(() => cart.fetch(`${stage.base}/wp-json/cocart/jwt/refresh-token`, { method: "POST" }));
  const old = await stage.shopper({ authorization: () => "Bearer {jwt_token}", sync: "manual" });
  assert.equal((await refused(stage, old)).code, codes.OFFLINE);
  await stage.passed(() => cart.fetch(`${stage.base}/wp-json/cocart/v2/logout`, { method: "POST", headers: { Authorization: "Bearer {jwt_token}" } }));
  const older = await stage.shopper({ authorization: () => "Bearer {jwt_token}", sync: "manual" });
  await refused(stage, older);
  await stage.passed(() => jwt({ storeUrl: stage.base }).login({ username: "customer1", password: "wrong" }));
}

/** The package looks at its cart and cannot have it; gives the error the app gets. */
const refused = (stage, cart) => stage.told(cart, (cart) => cart.sync().then(() => assert.fail("it was answered"), (error) => error));

async function guestsCartIsGone(stage, key) {
  const guest = await stage.shopper({ cartKey: key, storageKey: "the guest's" });
  await stage.told(guest, look);
  assert.deepEqual(lines(guest), {}, "after the merge the guest's key opens an empty cart");
}

/** What the engine answers a page of another origin: body and CORS headers. */
const corsAnswer = (stage) => async () => {
  const { method, path, headers, body } = stage.step.request;
  const { headers: expected, body: document } = stage.recorded();
  const cart = await stage.shopper({ cartKey: document.cart_key, storeUrl: undefined, storageKey: document.cart_key });
  const got = cart.request(method, path.replace("/wp-json", ""), { headers, body });
  for (const [name, value] of Object.entries(expected)) {
    if (/^Access-Control|^Vary/.test(name)) assert.equal(got.headers[name], value, name);
  }
  return got;
};

/** A browser's preflight, handed on as it is. */
async function preflight(stage) {
  const { path, headers } = stage.step.request;
  const cart = await stage.shopper();
  const answer = await stage.passed(() => cart.fetch(`${stage.base}${path}`, { method: "OPTIONS", headers }));
  const { headers: expected } = stage.recorded(stage.at - 1);
  for (const name of ["Access-Control-Allow-Origin", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Max-Age"]) {
    assert.equal(answer.headers.get(name), expected[name] ?? null, `${stage.name}#${stage.at - 1} ${name}`);
  }
  return answer;
}

/** The server's words with the recorded key in place of the package's own. */
const inTermsOf = (stage, key, body) => JSON.parse(JSON.stringify(body).replaceAll(key, stage.recording.vars.cart_key));
