// The storefront: one cart, drawn again whenever it changes.
import { CartError, createCart } from "./pkg/index.js";
import { $, h, plain } from "./dom.js";
import { categories, productCard, sellable } from "./catalogue.js";
import { drawConflicts, drawDrawer } from "./drawer.js";
import { hush, notices, toast } from "./toasts.js";

const SNAPSHOT = "store-snapshot.json";
let cart;

start().catch((error) => {
  $("problem").textContent = `The shop could not be opened: ${error.message}`;
  $("problem").hidden = false;
  $("products").setAttribute("aria-busy", "false");
  console.error(error);
});

async function start() {
  offlineReady();
  const snapshot = await loadSnapshot();
  cart = await createCart({ storeUrl: new URL(".", location.href).href, store: snapshot, profile: "v4.3" });
  drawShop(snapshot);
  cart.subscribe(draw);
  for (const kind of ["pending", "sync", "online", "offline"]) cart.addEventListener(kind, drawStatus);
  cart.addEventListener("conflict", (event) => {
    toast(event.detail?.message ?? "The shop decided otherwise.", { kind: "error" });
    draw();
  });
  wireDrawer();
  draw();
  $("open-cart").disabled = false;
  // The back/forward cache brings the page back as it was, with other tabs' changes missing.
  addEventListener("pageshow", (event) => event.persisted && draw());
}

async function loadSnapshot() {
  const response = await fetch(SNAPSHOT);
  if (!response.ok) throw new Error(`${SNAPSHOT}: ${response.status}`);
  return response.json();
}

// Drawing

function drawShop(snapshot) {
  const { title, description } = snapshot.store ?? {};
  if (title) {
    document.title = plain(title);
    $("brand").textContent = plain(title);
  }
  if (description) $("tagline").textContent = plain(description);
  const products = sellable(snapshot);
  const groups = categories(snapshot, products);
  const categoryNames = new Map(groups.map((group) => [group.id, plain(group.name)]));
  const currency = cart.getSnapshot().currency;
  const cards = products.map((product) => [product, productCard(product, currency, { categoryNames, onAdd: add })]);
  const show = (id) => {
    const wanted = cards.filter(([product]) => id === undefined || product.category_ids?.includes(id));
    $("grid").replaceChildren(...wanted.map(([, card]) => card));
  };
  if (groups.length > 1) drawFilters(groups, categoryNames, show);
  show();
  $("products").setAttribute("aria-busy", "false");
}

function drawFilters(groups, names, show) {
  const choose = (button, id) => {
    for (const other of $("filters").children) other.setAttribute("aria-pressed", String(other === button));
    show(id);
  };
  const one = (label, id) => {
    const button = h("button", { type: "button", class: "filter", "aria-pressed": String(id === undefined), onclick: () => choose(button, id) }, label);
    return button;
  };
  $("filters").append(one("All"), ...groups.map((group) => one(names.get(group.id), group.id)));
  $("filters").hidden = false;
}

function draw() {
  const document_ = cart.getSnapshot();
  drawDrawer(document_, actions);
  drawConflicts(cart.conflicts, draw);
  document.documentElement.dataset.cartKey = document_.cart_key;
  const badge = $("cart-count");
  badge.textContent = String(document_.item_count);
  badge.dataset.count = String(document_.item_count);
  drawStatus();
}

function drawStatus() {
  const { online, pending, storage } = cart.status;
  const waiting = pending > 0 ? `${pending} waiting` : "";
  const text = online ? (pending > 0 ? `Saving · ${waiting}` : "Online") : ["Offline", waiting].filter(Boolean).join(" · ");
  const status = $("status");
  status.dataset.state = online ? (pending > 0 ? "saving" : "online") : "offline";
  status.dataset.pending = String(pending);
  if ($("status-text").textContent !== text) $("status-text").textContent = text;
  $("waiting").hidden = pending === 0 || online;
  $("waiting").textContent = `${pending === 1 ? "One change is" : `${pending} changes are`} kept on this device and will be told to the shop when it can be reached.`;
  $("saved").textContent =
    storage === "memory"
      ? "This browser lets nothing be kept, so your cart lasts as long as this page."
      : "Your cart is kept on this device and told to the shop as soon as it can be reached.";
}

// Acting. Answers come at once; only a refusal is an exception.

function attempt(act) {
  try {
    const answer = act();
    draw();
    return answer;
  } catch (error) {
    if (!(error instanceof CartError)) throw error;
    draw();
    toast(error.message, { kind: "error" });
    return undefined;
  }
}

function add(product, button) {
  const answer = attempt(() => cart.addItem({ id: product.id, quantity: 1, variation: product.chosen }));
  if (!answer) return;
  toast(`${plain(product.name)} is in your cart.`, { kind: "added", action: { label: "View", run: openDrawer } });
  $("cart-count").animate?.([{ transform: "scale(1.35)" }, { transform: "scale(1)" }], { duration: 240, easing: "ease-out" });
  button.dataset.added = "true";
  button.addEventListener("blur", () => delete button.dataset.added, { once: true });
}

const actions = {
  update(line, quantity) {
    if (String(quantity).trim() === "0") return actions.remove(line);
    return attempt(() => cart.updateItem(line.item_key, quantity));
  },
  remove(line) {
    const answer = attempt(() => cart.removeItem(line.item_key));
    if (answer) toast(`${plain(line.name)} was taken out.`, { action: { label: "Undo", run: () => actions.restore(line) } });
  },
  restore(line) {
    return attempt(() => cart.restoreItem(line.item_key));
  },
};

function openDrawer() {
  if ($("drawer").open) return;
  // Reading the cart the server's way shows what it has to say, once.
  const answer = attempt(() => cart.get());
  hush();
  $("drawer").showModal();
  notices(answer);
}

function wireDrawer() {
  const drawer = $("drawer");
  $("open-cart").addEventListener("click", openDrawer);
  $("close-cart").addEventListener("click", () => drawer.close());
  $("keep-shopping").addEventListener("click", () => drawer.close());
  drawer.addEventListener("click", (event) => event.target === drawer && drawer.close());
  $("checkout").addEventListener("click", checkout);
}

async function checkout() {
  const button = $("checkout");
  button.disabled = true;
  $("checkout-note").textContent = "Checking the cart with the shop …";
  try {
    location.assign(await cart.checkout());
  } catch (error) {
    $("checkout-note").textContent =
      error.code === "cocart_wasm_offline" ? "The shop cannot be reached. Your cart is safe; try again when you are online." : plain(error.message);
  } finally {
    button.disabled = false;
  }
}

// Installing

function offlineReady() {
  navigator.serviceWorker?.register("sw.js", { type: "module" }).catch((error) => console.warn("No offline start:", error));
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    const button = $("install");
    button.hidden = false;
    button.addEventListener("click", () => ((button.hidden = true), event.prompt()), { once: true });
  });
}
