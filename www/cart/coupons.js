// Coupons: a code to enter, and those in force.
import { $, each, h, icon, icons, listOf, plain, write } from "../lib/dom.js";
import { money } from "../lib/money.js";

export function drawCoupons(cart, shop) {
  const coupons = listOf(cart.coupons);
  $("coupons").hidden = coupons.length === 0;
  each($("coupons"), coupons, (one) => one.coupon, (one) => row(one, cart.currency, shop));
  settle(shop);
}

/** A code that is not known on this device, and what was said of it: the shop may know it. */
let asked;

const waits = (shop, code) => shop.cart.pending.some((command) => command.type === "apply-coupon" && command.coupon === code);

/** What became of the code that the shop was asked about. */
function settle(shop) {
  if (!asked || waits(shop, asked.code)) return;
  const { code, message } = asked;
  asked = undefined;
  if (codes(shop.cart.getSnapshot()).includes(code.toLowerCase())) {
    say(`The shop knows ${code}: it is in force.`, "done");
    $("coupon-code").value = "";
  } else {
    say(message, "error");
  }
}

function row(coupon, currency, shop) {
  const code = plain(coupon.coupon);
  const saving = /^-?\d+$/.test(coupon.saving) ? money(coupon.saving, currency) : plain(coupon.saving_html ?? coupon.saving);
  const remove = () => {
    if (!shop.attempt(() => shop.cart.removeCoupon(coupon.coupon))) return;
    say(`${code.toUpperCase()} was taken off.`, "done");
    $("coupon-code").focus();
  };
  return h(
    "li",
    { class: "coupon" },
    h("span", { class: "coupon-code" }, code),
    h("span", { class: "coupon-saving" }, saving),
    h("button", { type: "button", class: "icon-button", "aria-label": `Take coupon ${code} off`, "data-action": "remove-coupon", onclick: remove }, icon(icons.cross)),
  );
}

const codes = (cart) => listOf(cart.coupons).map((one) => one.coupon);

function say(text, kind) {
  const note = $("coupon-note");
  write(note, text);
  note.dataset.kind = kind;
  $("coupon-code").setAttribute("aria-invalid", String(kind === "error"));
}

export function wireCoupons(shop) {
  const input = $("coupon-code");
  input.addEventListener("input", () => {
    asked = undefined;
    say("", "");
  });
  $("coupon-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const code = input.value.trim();
    if (!code) {
      say("Enter the code first.", "error");
      input.focus();
      return;
    }
    const before = codes(shop.cart.getSnapshot());
    const waiting = shop.cart.pending.length;
    asked = undefined;
    let answer;
    try {
      answer = shop.cart.applyCoupon(code);
    } catch (error) {
      say(plain(error.message), "error");
      return;
    } finally {
      shop.draw();
    }
    if (codes(answer).length > before.length) {
      say(plain(answer.notices?.success?.at(-1) ?? "The code is in force."), "done");
      input.value = "";
      return;
    }
    input.select();
    const message = plain(answer.notices?.error?.at(-1) ?? "The shop does not know this code.");
    // A code that is known and does not hold is refused here; any other waits for the shop.
    if (shop.cart.pending.length > waiting) {
      asked = { code, message };
      say(`${code} is not known on this device; the shop is asked${shop.cart.status.online ? "" : " as soon as it can be reached"}.`, "waiting");
    } else {
      say(message, "error");
    }
  });
}
