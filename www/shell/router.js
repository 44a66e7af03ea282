// Two views, told apart by the query, so that every address opens offline as well.
import { $ } from "../lib/dom.js";
import { bar, unbar } from "./bars.js";

const PARAM = "product";

/** The address of a product's view; what else the query holds (`?pane`) stays. */
export function addressOf(product) {
  const url = new URL(location.href);
  url.searchParams.set(PARAM, product.slug || product.id);
  url.hash = "";
  return url.search;
}

export function home() {
  const url = new URL(location.href);
  url.searchParams.delete(PARAM);
  return url.search || "./";
}

/** A link within the shop: followed here, but not when a new tab is asked for. */
export function goOnClick(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { href } = event.currentTarget;
  history.replaceState({ top: scrollY }, "");
  history.pushState({}, "", href);
  changed?.(true);
}

let changed;

/**
 * Shows the view of the address, now and whenever it changes.
 * @param {{ products: object[], title: string, product: (product: object) => HTMLElement }} options
 */
export function route({ products, title, product: draw }) {
  changed = (moved) => {
    const wanted = new URLSearchParams(location.search).get(PARAM);
    const found = wanted && products.find((one) => one.slug === wanted || String(one.id) === wanted);
    $("home").hidden = Boolean(found);
    $("product").hidden = !found;
    // An old link: all the rest is better than an empty page.
    if (wanted && !found) bar("missing", { text: "That product is not here any more. This is all we have." });
    else unbar("missing");
    if (found) {
      const heading = draw(found);
      document.title = `${heading.textContent} – ${title}`;
      if (moved) {
        scrollTo(0, 0);
        heading.focus({ preventScroll: true });
      }
    } else {
      document.title = title;
      if (moved) {
        scrollTo(0, history.state?.top ?? 0);
        $("main").focus({ preventScroll: true });
      }
    }
  };
  addEventListener("popstate", () => changed(true));
  changed(false);
}
