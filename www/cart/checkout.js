// Handing the cart over to the shop's own checkout.
import { CartError, codes } from "../pkg/index.js";
import { $, plain } from "../lib/dom.js";
import { openAccount } from "../account/account.js";

/** A checkout that has not come by then was stopped: it can be asked for again. */
const LEAVING_MS = 15_000;

export function wireCheckout({ cart }) {
  const button = $("checkout");
  const ready = (said = "") => {
    $("checkout-note").textContent = said;
    button.disabled = false;
    if (document.activeElement === document.body) button.focus();
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    $("checkout-note").textContent = "Going through the cart with the shop …";
    try {
      location.assign(await cart.checkout());
      setTimeout(ready, LEAVING_MS);
    } catch (error) {
      if (error.code === codes.UNAUTHORIZED) {
        ready("Please sign in again, then check out.");
        openAccount();
        return;
      }
      // What is no refusal is the network's doing: the part of the package that hands over could not be loaded.
      const refused = error instanceof CartError && error.code !== codes.OFFLINE;
      ready(refused ? plain(error.message) : "The shop cannot be reached just now. Your cart is safe here; try again in a while.");
    }
  });
  // Back from the checkout, and the page is as it was left.
  addEventListener("pageshow", ({ persisted }) => persisted && ready());
}
