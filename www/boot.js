// Opens the shop, and says so when it cannot be opened: this file imports nothing, so that it runs whatever else is missing.

import("./app.js").then(({ start }) => start()).catch(tell);

function tell(error) {
  const $ = (id) => document.getElementById(id);
  console.error(error);
  // Nothing that was fetched failed, or the browser is too old to run it.
  const able = typeof WebAssembly === "object";
  const [title, text] = !able
    ? ["This browser cannot open the shop", "It needs WebAssembly, which this browser does not have or is told not to use."]
    : navigator.onLine
      ? ["The shop did not open", "A part of this page could not be loaded. That mostly passes; what was in your cart is safe."]
      : ["You are offline", "The shop opens offline after the first visit with a network. It tries again as soon as there is one."];
  $("problem-title").textContent = title;
  $("problem-text").textContent = text;
  $("problem-cause").textContent = able && navigator.onLine ? error.message : "";
  $("problem").hidden = false;
  $("grid").replaceChildren();
  $("filters").hidden = true;
  $("products").setAttribute("aria-busy", "false");
  $("problem-retry").addEventListener("click", () => location.reload());
  addEventListener("online", () => location.reload(), { once: true });
  for (const status of document.querySelectorAll("[data-status]")) {
    status.dataset.state = "failed";
    status.querySelector(".status-text").textContent = "Not open";
  }
}
