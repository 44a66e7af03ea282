// Handing the cart over to the shop's own checkout.
import { CartError, codes } from "../pkg/index.js";
import { $, plain } from "../lib/dom.js";

export function wireCheckout({ cart }) {
  const button = $("checkout");
  button.addEventListener("click", async () => {
    button.disabled = true;
    $("checkout-note").textContent = "Going through the cart with the shop …";
    try {
      location.assign(await cart.checkout());
    } catch (error) {
      // What is no refusal is the network's doing: the part of the package that hands over could not be loaded.
      const refused = error instanceof CartError && error.code !== codes.OFFLINE;
      $("checkout-note").textContent = refused ? plain(error.message) : "The shop cannot be reached just now. Your cart is safe here; try again in a while.";
    } finally {
      button.disabled = false;
      if (document.activeElement === document.body) button.focus();
    }
  });
}
