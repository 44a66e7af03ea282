// Signing in. What is typed leaves this form for the shop alone, and is gone from it when the dialog closes.
import { CartError, codes } from "../pkg/index.js";
import { $, count, listOf, named, plain, write } from "../lib/dom.js";
import { toast } from "../shell/toasts.js";
import { closeAccount, nameOf } from "./account.js";

/** A shop that was out of reach is asked again after so long, twice as long each time. */
const AGAIN_MS = 3_000;
const AGAIN_AT_MOST_MS = 60_000;

const FIELDS = ["username", "password"];

let busy = false;
/** While the shop is out of reach: when it is asked again. */
let waiting;
let pause = AGAIN_MS;

export function drawForm({ cart }, who, name) {
  const { item_count: items } = cart.getSnapshot();
  write($("account-text"), { guest: forGuest(items), paused: forPaused(cart.status, name), customer: "" }[who]);
  $("leave-line").hidden = who !== "paused";
}

/** What becomes of a guest's cart; the shop does it, and says so nowhere. */
function forGuest(items) {
  if (items === 0) return "With an account your cart is the same on all your devices.";
  const [what, comes] = items === 1 ? ["The one thing", "comes"] : [`The ${items} things`, "come"];
  return `${what} in your cart ${comes} with you. Where your account’s cart holds the same, the number from here counts; all else in it stays.`;
}

function forPaused({ pending }, name) {
  const whose = name ? `This cart is ${name}’s` : "This cart belongs to an account";
  return `${whose}, and stays here as it is until you sign in${pending > 0 ? `; then the shop is told ${count(pending, "change")}` : ""}.`;
}

export function wireForm(shop) {
  const form = $("sign-in");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    pause = AGAIN_MS;
    submit(shop);
  });
  form.addEventListener("input", () => {
    stopWaiting();
    if (!busy) say("");
  });
  $("show-password").addEventListener("click", () => show($("password").type === "password"));
  $("account").addEventListener("close", () => {
    stopWaiting();
    form.reset();
    show(false);
    say("");
  });
  // Whoever waits for the shop waits no longer than it takes.
  const back = () => waiting && submit(shop);
  addEventListener("online", back);
  shop.cart.addEventListener("online", back);
}

function show(shown) {
  $("password").type = shown ? "text" : "password";
  $("show-password").setAttribute("aria-pressed", String(shown));
}

function stopWaiting() {
  clearTimeout(waiting);
  waiting = undefined;
}

/** @param {string} text @param {{ kind?: string, field?: string }} [options] */
function say(text, { kind = "error", field } = {}) {
  const note = $("sign-in-note");
  write(note, text);
  note.dataset.kind = kind;
  for (const id of FIELDS) $(id).setAttribute("aria-invalid", String(id === field));
  if (field) $(field).focus();
}

async function submit(shop) {
  stopWaiting();
  if (busy) return;
  const [username, password] = FIELDS.map((id) => $(id).value);
  if (!username.trim()) return say("Enter your user name or e-mail.", { field: "username" });
  if (!password) return say("Enter your password.", { field: "password" });
  work(true);
  say("Asking the shop …", { kind: "waiting" });
  try {
    const before = cartBefore(shop);
    const document = await shop.cart.login({ username: username.trim(), password });
    work(false);
    // Browsers offer to keep a password when its form is gone.
    show(false);
    closeAccount();
    toast(welcome(shop, document, before));
  } catch (error) {
    work(false);
    if (!(error instanceof CartError)) throw error;
    failed(shop, error);
  } finally {
    shop.draw();
  }
}

function work(now) {
  busy = now;
  $("sign-in").setAttribute("aria-busy", String(now));
  write($("sign-in-now"), now ? "Signing in …" : "Sign in");
}

function failed(shop, error) {
  // Closed meanwhile: nobody waits for it.
  if (!$("account").open) return;
  if (error.code === codes.OFFLINE) {
    say("The shop cannot be reached just now. Leave this open, and you are signed in as soon as it can; your cart is safe here.", { kind: "waiting" });
    waiting = setTimeout(() => submit(shop), pause);
    pause = Math.min(2 * pause, AGAIN_AT_MOST_MS);
    return;
  }
  if (error.status >= 500) {
    // CoCart breaks down over a user name that it does not know.
    say("The shop could not do this. Is the user name right? If it is, please try again in a while.", { field: "username" });
    return;
  }
  const ofPassword = error.code === codes.AUTHENTICATION_ERROR && /password/i.test(error.message);
  say(plain(error.message), { field: ofPassword ? "password" : "username" });
  if (ofPassword) $("password").select();
}

/** What was in the cart at the moment of signing in, and whose it was. */
function cartBefore({ cart }) {
  const lines = listOf(cart.getSnapshot().items);
  return { wasGuest: !cart.status.signedIn, keys: new Set(lines.map((line) => line.item_key)) };
}

function welcome(shop, document, { wasGuest, keys }) {
  const { cart } = shop;
  const shown = cart.getSnapshot();
  const name = nameOf(shop);
  const hello = name ? `Hello, ${name}.` : "You are signed in.";
  if (String(shown.cart_key) !== String(document.user_id)) return `${hello} Your cart goes to your account as soon as the shop can be reached.`;
  if (!wasGuest) return `${hello} The shop knows everything again.`;
  const lines = listOf(shown.items);
  const there = lines.filter((line) => !keys.has(line.item_key));
  if (keys.size === 0) return shown.item_count > 0 ? `${hello} Your cart has ${count(shown.item_count, "thing")} in it.` : hello;
  if (there.length === 0) return `${hello} Your cart is in your account now.`;
  const names = there.slice(0, 3).map((line) => named(line.name));
  const more = there.length > 3 ? ` and ${there.length - 3} more` : "";
  return `${hello} Your cart is in your account now, beside what was there: ${names.join(", ")}${more}.`;
}
