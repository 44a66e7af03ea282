// A client in the manner of the official TypeScript SDK: the same addresses, headers, bodies and readings of the answer, in our
// own words (spec/sdk-peer.md). It knows nothing of the engine but calls whatever `fetch` is global, as the SDK does.

export class HttpError extends Error {
  constructor(message, { httpCode = 0, errorCode, responseData } = {}) {
    super(message);
    Object.assign(this, { httpCode, errorCode, responseData });
  }
}

class Answer {
  constructor(statusCode, headers, text) {
    Object.assign(this, { statusCode, headers, text });
  }
  toObject() {
    return this.text === "" ? {} : JSON.parse(this.text);
  }
  get(path, fallback) {
    return path.split(".").reduce((value, name) => value?.[name], this.toObject()) ?? fallback;
  }
  getHeader(name) {
    return this.headers.get(name);
  }
  getTotalPages() {
    return Number(this.getHeader("X-WP-TotalPages"));
  }
  isNotModified() {
    return this.statusCode === 304;
  }
}

export class SdkClient {
  cartKey = null;
  tags = new Map();
  events = [];

  constructor(storeUrl, { mainPlugin = "basic", timeout = 30_000, maxRetries = 0, etag = true, jwtToken } = {}) {
    Object.assign(this, { storeUrl: storeUrl.replace(/\/+$/, ""), mainPlugin, timeout, maxRetries, etag, jwtToken });
  }

  async request(method, endpoint, params = {}, data) {
    const query = { ...params };
    if (this.cartKey && !this.jwtToken) query.cart_key = this.cartKey;
    const [from, to] = this.mainPlugin === "legacy" ? ["_fields", "fields"] : ["fields", "_fields"];
    if (from in query) {
      query[to] ??= query[from];
      delete query[from];
    }
    const search = new URLSearchParams(query).toString();
    return this.send(method, `${this.storeUrl}/wp-json/cocart/v2/${endpoint}${search && `?${search}`}`, data);
  }

  requestRaw(method, route, params, data) {
    const search = new URLSearchParams(params).toString();
    return this.send(method, `${this.storeUrl}/wp-json/${route}${search && `?${search}`}`, data);
  }

  async send(method, url, data) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "User-Agent": "client/1.0" };
    if (this.jwtToken) headers.Authorization = `Bearer ${this.jwtToken}`;
    else if (this.cartKey) headers[this.mainPlugin === "legacy" ? "CoCart-API-Cart-Key" : "Cart-Key"] = this.cartKey;
    if (this.etag && method === "GET" && this.tags.has(url)) headers["If-None-Match"] = this.tags.get(url).tag;
    for (let attempt = 0; ; attempt += 1) {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), this.timeout);
      let response;
      try {
        response = await fetch(url, { method, headers, body: data ? JSON.stringify(data) : undefined, signal: controller.signal });
      } catch (error) {
        const isTimeout = error instanceof DOMException && error.name === "AbortError";
        throw new HttpError(String(error.message), { errorCode: isTimeout ? "request_timeout" : "network_error" });
      } finally {
        clearTimeout(timer);
      }
      const text = await response.text();
      const held = response.status === 304 ? this.tags.get(url) : undefined;
      const answer = new Answer(response.status, held?.headers ?? response.headers, held?.text ?? text);
      const key = answer.getHeader("Cart-Key") || answer.getHeader("CoCart-API-Cart-Key");
      if (key !== null) this.cartKey = key;
      const tag = answer.getHeader("ETag");
      if (this.etag && method === "GET" && tag && !held) this.tags.set(url, { tag, text, headers: response.headers });
      this.events.push({ method, url, status: response.status });
      if ([429, 503].includes(response.status) && attempt < this.maxRetries) continue;
      if (response.status >= 400) {
        const { code, message } = answer.toObject();
        throw new HttpError(`${method} ${url}: ${message} [${code}]`, { httpCode: response.status, errorCode: code, responseData: answer.toObject() });
      }
      return answer;
    }
  }

  /** Reads every page of a list, as the SDK's paginator does. */
  async *pages(params) {
    for (let page = 1, last = 1; page <= last; page += 1) {
      const answer = await this.request("GET", "products", { ...params, page: String(page) });
      last = answer.getTotalPages();
      yield answer;
    }
  }
}
