// A service worker speaks to every window it controls; this one too passes to a new version.
navigator.serviceWorker?.addEventListener("message", ({ data }) => data?.kind === "version-used" && location.reload());
