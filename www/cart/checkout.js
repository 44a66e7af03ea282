// Handing the cart over to the shop's own checkout.
import { $, plain } from "../lib/dom.js";

export function wireCheckout({ cart }) {
  const button = $("checkout");
  button.addEventListener("click", async () => {
    button.disabled = true;
    $("checkout-note").textContent = "Going through the cart with the shop …";
    try {
      location.assign(await cart.checkout());
    } catch (error) {
      $("checkout-note").textContent =
        error.code === "cocart_wasm_offline" ? "The shop cannot be reached just now. Your cart is safe here; try again in a while." : plain(error.message);
    } finally {
      button.disabled = false;
      if (document.activeElement === document.body) button.focus();
    }
  });
}
