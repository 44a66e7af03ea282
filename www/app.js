// The storefront: one cart, drawn again whenever it changes.
import { jwt } from "./pkg/auth.js";
import { CartError, createCart } from "./pkg/index.js";
import { drawAccount, whoIs, wireAccount } from "./account/account.js";
import { sharedMemory } from "./account/tokens.js";
import { wireCheckout } from "./cart/checkout.js";
import { titleOf } from "./cart/conflicts.js";
import { wireCoupons } from "./cart/coupons.js";
import { wireDelivery } from "./cart/delivery.js";
import { drawDrawer, openDrawer, wireDrawer } from "./cart/drawer.js";
import { sellable } from "./catalogue/facts.js";
import { drawGrid } from "./catalogue/grid.js";
import { drawProduct } from "./catalogue/product.js";
import { wireEndpoint } from "./inspector/endpoint.js";
import { drawInspector, wireInspector } from "./inspector/panel.js";
import { recorder } from "./inspector/recorder.js";
import { $, named, plain } from "./lib/dom.js";
import { wireInstall, wireUpdates } from "./shell/install.js";
import { route } from "./shell/router.js";
import { drawStatus } from "./shell/status.js";
import { announce, toast, unsay } from "./shell/toasts.js";

const SNAPSHOT = "store-snapshot.json";
const LOOK_MS = 60_000;

export async function start() {
  wireInstall();
  wireUpdates();
  const wire = recorder();
  const tokens = sharedMemory("shop-sign-in");
  const auth = jwt({ storage: tokens });
  const snapshot = await loadSnapshot();
  // Whether somebody is signed in, the cart that is kept knows: it may be signed out of while other pages still have tokens.
  const opening = createCart({ storeUrl: new URL(".", location.href).href, store: snapshot, profile: "v4.9", fetch: wire.fetch, authorization: auth, signedIn: false });
  let shop;
  drawHead(snapshot);
  // On a slow network the module comes long after everything else, and who looks at products needs none. Letters of another font would jump.
  await Promise.race([document.fonts.ready, opening]);
  const products = sellable(snapshot);
  drawGrid({ snapshot, products, currency: currencyOf(snapshot), add: (...what) => (shop ? shop.add(...what) : addLater(opening, () => shop.add(...what))) });
  const cart = await opening;
  shop = open({ cart, snapshot, products, wire, auth, tokens });

  wireDrawer(shop);
  wireCoupons(shop);
  wireDelivery(shop);
  wireCheckout(shop);
  wireAccount(shop);
  wireInspector(shop);
  route({ products: shop.products, title: document.title, product: (product) => drawProduct(product, shop) });

  cart.subscribe(shop.draw);
  for (const kind of ["pending", "sync", "online", "offline"]) cart.addEventListener(kind, shop.draw);
  cart.addEventListener("conflict", ({ detail }) => {
    shop.draw();
    unsay("added");
    // Outside the drawer the bar says it, and where the drawer's head is in sight the card does.
    if (!$("drawer").open) return;
    const title = detail ? titleOf(detail, shop) : "The shop decided otherwise.";
    if ($("drawer-body").scrollTop > 0) toast(title, { kind: "error" });
    else announce(title);
  });
  // The back/forward cache brings the page back as it was, with other tabs' changes missing.
  addEventListener("pageshow", (event) => event.persisted && shop.draw());
  for (const kind of ["online", "offline"]) addEventListener(kind, shop.draw);
  shop.draw();
  $("open-cart").disabled = false;
  lookNowAndThen(shop);
  await wireEndpoint(shop);
}

/** A cart may have been bought or changed on another device: looked at when the page opens and when it is come back to. */
function lookNowAndThen(shop) {
  const { cart } = shop;
  let looked = 0;
  const look = () => {
    const who = whoIs(shop);
    // A guest's empty cart is nobody's, and nobody may ask for a customer's who is not signed in.
    if (document.hidden || who === "paused" || (who === "guest" && cart.getSnapshot().item_count === 0) || Date.now() - looked < LOOK_MS) return;
    looked = Date.now();
    // Out of reach is no trouble: the status says so.
    cart.sync().catch(() => undefined);
  };
  document.addEventListener("visibilitychange", look);
  look();
}

async function loadSnapshot() {
  const response = await fetch(SNAPSHOT);
  if (!response.ok) throw new Error(`${SNAPSHOT}: ${response.status}`);
  try {
    return await response.json();
  } catch (error) {
    throw new Error("Something else than the shop answered, as a network does that wants a sign-in first.", { cause: error });
  }
}

/** How the snapshot's shop writes money; every answer of the cart says so, too. */
function currencyOf({ settings: { currency_symbol = "$", currency_pos = "left", price_decimals = 2, decimal_separator = ".", thousand_separator = "," } = {} }) {
  return {
    currency_symbol,
    currency_symbol_pos: currency_pos,
    currency_minor_unit: price_decimals,
    currency_decimal_separator: decimal_separator,
    currency_thousand_separator: thousand_separator,
  };
}

/** What was asked for before the cart is there. That it does not open says `boot.js`. */
function addLater(opening, add) {
  toast("The shop is still opening; this comes into your cart in a moment.");
  opening.then(add, () => undefined);
}

function drawHead({ store = {} }) {
  if (store.title) {
    document.title = plain(store.title);
    $("brand").textContent = plain(store.title);
  }
  if (store.description) $("tagline").textContent = plain(store.description);
  // Two of these pages stand beside each other: each is told apart, and smaller.
  const pane = new URLSearchParams(location.search).get("pane");
  if (pane) document.documentElement.dataset.pane = pane;
}

/** What every part of the page works with. */
function open({ cart, snapshot, products, wire, auth, tokens }) {
  const byId = new Map((snapshot.products ?? []).map((product) => [String(product.id), product]));
  const shop = {
    cart,
    snapshot,
    wire,
    auth,
    tokens,
    products,
    currency: cart.getSnapshot().currency,
    productById: (id) => byId.get(String(id)),
    nameFor: (id) => (byId.has(String(id)) ? named(byId.get(String(id)).name) : `product ${id}`),
    draw: () => draw(shop),
    attempt: (act) => attempt(shop, act),
    add: (product, { quantity = 1, ...options }) => add(shop, product, { ...options, quantity, act: () => cart.addItem({ id: product.id, quantity, variation: product.chosen }) }),
    addGroup: (product, quantity, options) => add(shop, product, { ...options, quantity: 1, act: () => cart.addItems({ id: product.id, quantity }) }),
  };
  shop.actions = {
    update(line, quantity) {
      if (String(quantity).trim() === "0") return shop.actions.remove(line);
      return shop.attempt(() => cart.updateItem(line.item_key, quantity));
    },
    remove(line) {
      const answer = shop.attempt(() => cart.removeItem(line.item_key));
      if (answer) toast(`${named(line.name)} was taken out.`, { action: { label: "Undo", run: () => shop.actions.restore(line) } });
    },
    restore: (line) => shop.attempt(() => cart.restoreItem(line.item_key)),
  };
  return shop;
}

function draw(shop) {
  const { cart_key: key, item_count: items } = shop.cart.getSnapshot();
  drawDrawer(shop);
  drawStatus(shop.cart, whoIs(shop));
  drawAccount(shop);
  drawInspector(shop);
  document.documentElement.dataset.cartKey = key;
  const badge = $("cart-count");
  badge.textContent = String(items);
  badge.dataset.count = String(items);
}

// Answers come at once; only a refusal is an exception.

function attempt(shop, act) {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof CartError)) throw error;
    toast(error.message, { kind: "error" });
    return undefined;
  } finally {
    shop.draw();
  }
}

function add(shop, product, { button, quantity, act }) {
  if (!shop.attempt(act)) return;
  const text = quantity > 1 ? `${quantity} × ${named(product.name)} added to your cart.` : `${named(product.name)} is in your cart.`;
  toast(text, { kind: "added", action: { label: "View", run: () => openDrawer(shop) } });
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
    $("cart-count").animate?.([{ transform: "scale(1.35)" }, { transform: "scale(1)" }], { duration: 240, easing: "ease-out" });
  }
  button.dataset.added = "true";
  button.addEventListener("blur", () => delete button.dataset.added, { once: true });
}
