// A fetch that keeps the latest exchanges with the shop, for the inspector.
import { redactBody, redactHeaders, redactUrl } from "./redact.js";

const KEPT = 30;

/** @param {typeof fetch} own */
export function recorder(own = (...request) => fetch(...request)) {
  const exchanges = [];
  const listeners = new Set();
  const tell = () => listeners.forEach((listener) => listener());

  async function recording(input, init) {
    const started = performance.now();
    const entry = {
      at: new Date(),
      method: init?.method ?? "GET",
      url: redactUrl(input),
      asked: { headers: redactHeaders(new Headers(init?.headers)), body: redactBody(typeof init?.body === "string" ? init.body : "") },
    };
    exchanges.unshift(entry);
    exchanges.length = Math.min(exchanges.length, KEPT);
    tell();
    try {
      const response = await own(input, init);
      entry.status = response.status;
      entry.headers = redactHeaders(response.headers);
      // Read beside the cart, which gets the response itself.
      response
        .clone()
        .text()
        .then((text) => (entry.body = redactBody(text)))
        .catch(() => undefined)
        .finally(tell);
      return response;
    } catch (error) {
      entry.failure = error.name === "AbortError" ? "Given up" : "No answer";
      throw error;
    } finally {
      entry.ms = Math.round(performance.now() - started);
      tell();
    }
  }

  return { fetch: recording, exchanges, subscribe: (listener) => listeners.add(listener) };
}
