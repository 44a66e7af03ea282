// Installing the shop as an app, opening it offline, and passing to a new version of it.
import { bar, unbar } from "./bars.js";

const LOOK_AGAIN_MS = 10 * 60_000;

export function wireInstall() {
  let offer;
  const buttons = document.querySelectorAll("[data-install]");
  const show = (shown) => buttons.forEach((button) => (button.hidden = !shown));
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    show(true);
  });
  addEventListener("appinstalled", () => show(false));
  for (const button of buttons) {
    button.addEventListener("click", async () => {
      show(false);
      const asked = offer;
      offer = undefined;
      await asked?.prompt();
    });
  }
}

/** Registers the service worker; when it has a new version complete, the shopper decides when to pass over. */
export async function wireUpdates() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.kind === "version-ready") {
      bar("version", {
        text: "A new version of this shop is ready. Your cart stays as it is.",
        action: { label: "Use it now", run: () => serviceWorker.controller?.postMessage({ kind: "use-version" }) },
      });
    }
    if (data?.kind === "version-used") {
      unbar("version");
      location.reload();
    }
  });
  try {
    await serviceWorker.register("sw.js", { type: "module" });
  } catch (error) {
    console.warn("This shop will not open offline:", error);
    return;
  }
  let looked = 0;
  const look = () => {
    if (document.hidden || !navigator.onLine || Date.now() - looked < LOOK_AGAIN_MS) return;
    looked = Date.now();
    serviceWorker.controller?.postMessage({ kind: "look-for-version" });
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  (globalThis.requestIdleCallback ?? setTimeout)(look);
}
