// Trouble on demand: the switches of the development endpoint. A real shop has none, and then they do not show.
import { $, count, h, listOf, plain, write } from "../lib/dom.js";

const CONTROL = "__control";
const WATCH_MS = 2000;

const WEATHERS = [
  { id: "works", label: "Works", trouble: {} },
  { id: "slow", label: "Slow, 3 s", trouble: { latency_ms: 3000 } },
  { id: "error", label: "Fails (500)", trouble: { outage: "error" } },
  { id: "portal", label: "Captive portal", trouble: { captive_portal: true } },
  { id: "off", label: "Off", trouble: { outage: "drop" } },
];
const CALM = { outage: "none", latency_ms: 0, captive_portal: false };

let asked = 0;

/** The endpoint's report; nothing where something newer was asked meanwhile. */
async function ask(orders) {
  asked += 1;
  const turn = asked;
  const response = await fetch(CONTROL, orders && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(orders) });
  if (!response.ok || !response.headers.get("content-type")?.includes("json")) throw new Error(`${response.status}`);
  const report = await response.json();
  return turn === asked ? report : undefined;
}

const weatherOf = ({ trouble }) =>
  WEATHERS.find(({ trouble: own }) => Object.entries({ ...CALM, ...own }).every(([name, value]) => trouble[name] === value))?.id;

/** @returns {Promise<boolean>} whether the shop is a development endpoint */
export async function wireEndpoint(shop) {
  let report;
  try {
    report = await ask();
  } catch {
    return false;
  }
  for (const element of document.querySelectorAll("[data-dev]")) element.hidden = false;
  const order = async (orders) => {
    try {
      show(await ask(orders));
      write($("switch-note"), "");
    } catch {
      write($("switch-note"), "The development endpoint itself does not answer.");
      return;
    }
    // The switch plays the network coming back: nobody wants to sit out a pause for it.
    shop.cart.sync().catch(() => undefined);
  };
  $("weathers").append(
    ...WEATHERS.map(({ id, label, trouble }) =>
      h(
        "label",
        { class: "chip" },
        h("input", { type: "radio", name: "weather", value: id, onchange: () => order({ ...CALM, ...trouble }) }),
        h("span", {}, label),
      ),
    ),
  );
  const first = () => listOf(shop.cart.getSnapshot().items)[0];
  $("lose-answer").addEventListener("click", () => order({ lose_answers: 1 }));
  $("raise-price").addEventListener("click", () => {
    const product = shop.productById(first()?.id);
    if (product) order({ product: { id: product.id, price: raised(product.price), regular_price: raised(product.price), sale_price: null } });
  });
  $("sell-out").addEventListener("click", () => first() && order({ product: { id: first().id, stock_status: "outofstock" } }));
  $("expire-cart").addEventListener("click", () => order({ clear_cart: shop.cart.getSnapshot().cart_key }));
  $("end-sign-ins").addEventListener("click", () => order({ revoke_tokens: true }));
  $("reset-shop").addEventListener("click", () => order({ reset: true }));
  $("plug").addEventListener("click", () => order({ ...CALM, ...(weatherOf(report) === "off" ? {} : { outage: "drop" }) }));

  const show = (now) => {
    // A choice made meanwhile stands; its own report follows.
    if (!now) return;
    report = now;
    const weather = weatherOf(report);
    for (const input of $("weathers").querySelectorAll("input")) input.checked = input.value === weather;
    const { requests, writes_applied: writes, answers_lost: lost } = report.counters;
    write($("counters"), `It has seen ${count(requests, "request")}, applied ${count(writes, "change")} and lost ${count(lost, "answer")}.`);
    const off = weather === "off";
    write($("plug"), off ? "Switch the shop on again" : "Switch the shop off");
    $("plug").setAttribute("aria-pressed", String(off));
  };
  const scenes = () => {
    const line = first();
    for (const id of ["raise-price", "sell-out", "expire-cart"]) $(id).disabled = !line;
    write($("scene-line"), line ? `For ${plain(line.name)}, the first line of the cart:` : "Put something into the cart for these:");
  };
  drawCustomers(report);
  shop.cart.subscribe(scenes);
  scenes();
  show(report);
  // Another window may use the same switches.
  setInterval(() => !$("inspector").hidden && !document.hidden && ask().then(show, () => undefined), WATCH_MS);
  return true;
}

/** Who may sign in here; a real shop does not say. */
function drawCustomers({ customers: [first, ...others] }) {
  if (!first) return;
  const names = [first, ...others].map(({ username }) => username).join(" or ");
  write($("demo-customers"), `In this demonstration you are ${names}, and the password is “${first.password}”.`);
  $("demo-customers").hidden = false;
}

const raised = (price) => (Number(price) * 1.25 + 0.01).toFixed(2);
