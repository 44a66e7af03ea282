// The customer's place in the shop: who is signed in, in the header, in a bar and in a dialog of its own.
import { codes } from "../pkg/index.js";
import { $, count, write } from "../lib/dom.js";
import { bar, unbar } from "../shell/bars.js";
import { toast } from "../shell/toasts.js";
import { drawForm, wireForm } from "./form.js";
import { drawLeaving, wireLeaving } from "./leave.js";

/**
 * `guest`, `customer`, or `paused`: the cart is a customer's, and nobody here may speak for them, since the sign-in has run
 * out or the page was loaded anew.
 */
export function whoIs({ cart, auth }) {
  const { signedIn, unauthorized } = cart.status;
  if (!signedIn) return "guest";
  return auth.signedIn && !unauthorized ? "customer" : "paused";
}

/** What to call the customer; the cart knows it when the sign-in does not. */
export function nameOf({ cart, auth }) {
  const { billing_first_name: first, billing_email: email } = cart.getSnapshot().customer.billing_address;
  return (auth.user?.first_name || first || auth.user?.display_name || email || "").trim();
}

export function openAccount() {
  const dialog = $("account");
  if (dialog.open) return;
  dialog.showModal();
  const field = $("sign-in").hidden ? $("account-title") : $("username");
  field.focus();
}

export function closeAccount() {
  $("account").close();
}

export function drawAccount(shop) {
  const who = whoIs(shop);
  const name = nameOf(shop);
  drawLeaving(shop, who);
  const button = $("open-account");
  button.dataset.who = who;
  write($("account-word"), { guest: "Sign in", customer: name || "Your account", paused: "Sign in again" }[who]);
  write($("account-about"), who === "customer" ? ": signed in" : "");
  const asks = !$("leaving").hidden;
  write($("account-title"), asks ? "Sign out?" : { guest: "Sign in", customer: name ? `Hello, ${name}` : "Your account", paused: "Please sign in again" }[who]);
  $("drawer-guest").hidden = who !== "guest";
  $("sign-in").hidden = asks || who === "customer";
  $("signed-in").hidden = asks || who !== "customer";
  drawForm(shop, who, name);
  drawBar(shop, who, name);
}

/** A cart that is a customer's, with nobody to speak for them. */
function drawBar({ cart }, who, name) {
  if (who !== "paused") return unbar("account");
  const { pending, handedOver } = cart.status;
  const hello = `Please sign in again${name ? `, ${name}` : ""}.`;
  const why = handedOver ? "Then you see whether your order has gone through." : pending > 0 ? `${count(pending, "change")} ${pending === 1 ? "is" : "are"} kept here until then.` : "Your cart is kept here meanwhile.";
  return bar("account", { text: `${hello} ${why}`, action: { label: "Sign in", run: openAccount } });
}

export function wireAccount(shop) {
  const { cart, auth, tokens } = shop;
  const dialog = $("account");
  $("open-account").addEventListener("click", openAccount);
  for (const link of document.querySelectorAll("[data-sign-in]")) link.addEventListener("click", openAccount);
  $("close-account").addEventListener("click", closeAccount);
  dialog.addEventListener("click", (event) => event.target === dialog && closeAccount());
  // What opened it may be gone, as the bar is once somebody has signed in.
  dialog.addEventListener("close", () => {
    const { activeElement: now } = document;
    if (now === document.body || now?.getClientRects().length === 0) $($("drawer").open ? "close-cart" : "open-account").focus();
  });
  wireForm(shop);
  wireLeaving(shop);

  cart.addEventListener("error", ({ detail }) => {
    if (detail.code === codes.UNAUTHORIZED) shop.draw();
    // The number is all that is left of them.
    if (detail.code === "cocart_wasm_signed_out_pending") toast(`${count(Number(detail.message), "change")} of the account before went unsaved.`, { kind: "error" });
  });
  // `basic()` tells of nothing: there is one page only that it is of.
  auth.subscribe?.(shop.draw);
  tokens.subscribe(() => heard(shop));
  join(shop);
  $("open-account").disabled = false;
}

/** Another page signed in or out. */
async function heard(shop) {
  const { auth } = shop;
  if (auth.signedIn) await auth.authorization();
  else await auth.load();
  await join(shop);
  shop.draw();
}

/** What another page's sign-in is for this one: its cart is here already, by storage, where a browser has any. */
async function join({ cart, auth }) {
  if (!auth.signedIn) return;
  const { unauthorized, signedIn, storage } = cart.status;
  const mine = String(auth.user?.user_id) === String(cart.getSnapshot().cart_key);
  // A page that asked when there was nobody yet goes on; one that shares nothing has to ask for the cart itself.
  if ((unauthorized && mine) || (!signedIn && storage === "memory")) await cart.login().catch(() => undefined);
}
