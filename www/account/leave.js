// Who is signed in, and signing out: the shop is told everything first, or the shopper decides that it need not be.
import { CartError } from "../pkg/index.js";
import { $, count, write } from "../lib/dom.js";
import { toast } from "../shell/toasts.js";
import { closeAccount } from "./account.js";

let busy = false;

export function drawLeaving({ cart, auth }, who) {
  const { billing_first_name: first, billing_last_name: last, billing_email: email } = cart.getSnapshot().customer.billing_address;
  const whole = auth.user?.display_name || [first, last].filter(Boolean).join(" ");
  write($("account-name"), whole);
  write($("account-email"), auth.user?.email || email || "");
  const { pending } = cart.status;
  write($("account-kept"), pending === 0 ? "The shop has everything." : `The shop has not been told ${count(pending, "change")} yet.`);
  // What could not be told was told meanwhile, or somebody else signed out.
  if (pending === 0 || who === "guest") $("leaving").hidden = true;
  else write($("leaving-text"), lost(pending));
}

const lost = (pending) => `The shop has not been told ${count(pending, "change")}. If you sign out now, ${pending === 1 ? "it is" : "they are"} lost.`;

export function wireLeaving(shop) {
  for (const id of ["sign-out", "leave-instead"]) $(id).addEventListener("click", () => leave(shop));
  $("leave-anyway").addEventListener("click", () => leave(shop, { discard: true }));
  $("stay").addEventListener("click", () => {
    $("leaving").hidden = true;
    shop.draw();
    $($("sign-in").hidden ? "sign-out" : "username").focus();
  });
  $("account").addEventListener("close", () => {
    $("leaving").hidden = true;
    shop.draw();
  });
}

const goodbyes = () => ["sign-out", "leave-instead", "leave-anyway"].map($);

async function leave(shop, { discard = false } = {}) {
  if (busy) return;
  busy = true;
  for (const button of goodbyes()) button.setAttribute("aria-busy", "true");
  try {
    await shop.cart.logout({ discard });
    closeAccount();
    toast("You are signed out. Your cart stays with your account.");
  } catch (error) {
    if (!(error instanceof CartError)) throw error;
    const { pending } = shop.cart.status;
    if (pending === 0) {
      closeAccount();
      toast(error.message, { kind: "error" });
      return;
    }
    write($("leaving-text"), lost(pending));
    $("leaving").hidden = false;
    shop.draw();
    $("stay").focus();
  } finally {
    busy = false;
    for (const button of goodbyes()) button.removeAttribute("aria-busy");
    shop.draw();
  }
}
