// The entry `cocart-wasm/axios`.
import { basicHeader } from "./basic.js";

/**
 * An adapter for axios, whose old versions know no `fetch`: requests go through `cart.fetch`.
 * Newer ones can do without it: `{ adapter: "fetch" }` and `cart.install()`.
 */
export function axiosAdapter(cart) {
  return async (config) => {
    const { baseURL, url = "", method = "get", data, params, auth, timeout, withCredentials, validateStatus } = config;
    const address = new URL(/^([a-z][a-z\d+.-]*:)?\/\//i.test(url) || !baseURL ? url : `${baseURL.replace(/\/+$/, "")}/${url.replace(/^\/+/, "")}`, globalThis.location?.href);
    const search = config.paramsSerializer?.(params) ?? new URLSearchParams(params ?? {}).toString();
    if (search) address.search += `${address.search ? "&" : ""}${search}`;
    const headers = new Headers();
    for (const [name, value] of Object.entries(config.headers ?? {})) {
      if (typeof value === "string" || typeof value === "number") headers.set(name, value);
    }
    if (auth) headers.set("Authorization", basicHeader({ username: "", password: "", ...auth }));
    const controller = new AbortController();
    const abort = (reason) => controller.abort(reason);
    config.cancelToken?.promise.then(abort);
    config.signal?.addEventListener?.("abort", () => abort(config.signal.reason));
    if (config.signal?.aborted) abort(config.signal.reason);
    const timer = timeout ? setTimeout(() => abort(failed(`timeout of ${timeout}ms exceeded`, "ECONNABORTED", config)), timeout) : undefined;
    let response;
    try {
      const body = ["get", "head"].includes(method.toLowerCase()) ? undefined : data;
      const init = { method: method.toUpperCase(), headers, body, signal: controller.signal };
      if (withCredentials) init.credentials = "include";
      const answer = await cart.fetch(address.href, init);
      response = { data: await answer.text(), status: answer.status, statusText: answer.statusText, headers: Object.fromEntries(answer.headers), config, request: answer };
    } catch (error) {
      if (controller.signal.aborted) throw controller.signal.reason;
      throw failed("Network Error", error?.code ?? null, config);
    } finally {
      clearTimeout(timer);
    }
    if (!validateStatus || validateStatus(response.status)) return response;
    response.data = read(response.data);
    throw failed(`Request failed with status code ${response.status}`, null, config, response);
  };
}

function failed(message, code, config, response) {
  return Object.assign(new Error(message), { isAxiosError: true, code, config, response, request: response?.request });
}

/** What axios would make of the text of an error; of an answer it does so itself. */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
