import { setTimeout as wait } from "node:timers/promises";

/** Why the shop could not be read. `refused`: the keys are the reason; `status`: its answer's. */
export class ShopError extends Error {
  constructor(message, { cause, status, refused = false } = {}) {
    super(message, { cause });
    this.name = "ShopError";
    this.status = status;
    this.refused = refused;
  }
}

/** Answers that another try may change. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Troubles of the network that another try does not change. */
const LASTING = /ENOTFOUND|CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_INVALID|ERR_SSL/;
const LONGEST_PAUSE = 120_000;

/**
 * Reads a shop's REST API: a few requests at a time, each tried again after what may pass, and none while the shop asks for a pause.
 * Its messages never hold the keys.
 */
export class Client {
  #options;
  #running = 0;
  #queue = [];
  #notBefore = 0;

  /** @param {{base: string, key?: string, secret?: string, timeout: number, retries: number, concurrency: number, perPage: number, agent: string, pause?: number}} options */
  constructor(options) {
    this.#options = { pause: 500, ...options };
  }

  /** `GET`s a route: `{ body, headers }`. `open`: without the keys. */
  async get(route, query = {}, { open = false } = {}) {
    if (this.#running >= this.#options.concurrency) await new Promise((turn) => this.#queue.push(turn));
    this.#running += 1;
    try {
      return await this.#persist(route, query, open);
    } finally {
      this.#running -= 1;
      this.#queue.shift()?.();
    }
  }

  /** Every element of a list, over all its pages; `onPage(done, total)`. `elements` finds the list in an answer. */
  async all(route, query = {}, { open, onPage = () => {}, elements = (body) => body } = {}) {
    // a product that is made or deleted meanwhile moves the others to other pages: read again what does not add up
    for (let attempt = 1; ; attempt += 1) {
      const { list, totals } = await this.#pages(route, query, { open, onPage, elements });
      const byId = new Map(list.map((element) => [element.id, element]));
      const moved = totals.size > 1 || byId.size < list.length;
      if (!moved || attempt === 3) return moved ? [...byId.values()] : list;
    }
  }

  async #pages(route, query, { open, onPage, elements }) {
    const { perPage } = this.#options;
    const page = async (number) => {
      const { body, headers } = await this.get(route, { ...query, per_page: perPage, page: number }, { open });
      const list = elements(body);
      if (!Array.isArray(list)) throw new ShopError(`GET ${route} answered with something else than a list.`);
      return { list, headers };
    };
    const first = await page(1);
    const count = (name, { headers } = first) => (headers.has(name) ? Number(headers.get(name)) : undefined);
    const [pages, total] = [count("x-wp-totalpages"), count("x-wp-total")];
    const totals = new Set([total]);
    const lists = [first.list];
    let done = first.list.length;
    onPage(done, pages === undefined ? undefined : Math.max(total ?? 0, done));
    if (pages === undefined) {
      // a proxy has taken the headers away: on until a page is not full
      while (lists.at(-1).length === perPage) lists.push((await page(lists.length + 1)).list);
    } else {
      const rest = Array.from({ length: Math.max(0, pages - 1) }, async (_, at) => {
        const { list, headers } = await page(at + 2);
        lists[at + 1] = list;
        totals.add(count("x-wp-total", { headers }));
        done += list.length;
        onPage(done, Math.max(total ?? 0, done));
      });
      await Promise.all(rest);
    }
    return { list: lists.flat(), totals };
  }

  async #persist(route, query, open) {
    const { retries, pause } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      const early = this.#notBefore - Date.now();
      if (early > 0) await wait(early);
      const { answer, trouble, passing, retryAfter } = await this.#once(route, query, open);
      if (answer) return answer;
      if (!passing || attempt >= retries) {
        if (passing && attempt > 0) trouble.message += ` (tried ${attempt + 1} times)`;
        throw trouble;
      }
      const backoff = pause * 2 ** attempt * (0.75 + Math.random() / 2);
      const rest = Math.min(retryAfter ?? backoff, LONGEST_PAUSE);
      // who asks for a pause asks it of every request
      if (retryAfter !== undefined) this.#notBefore = Math.max(this.#notBefore, Date.now() + rest);
      else await wait(rest);
    }
  }

  async #once(route, query, open) {
    const { base, key, secret, timeout, agent } = this.#options;
    const url = new URL(`${base}/${route}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const headers = { accept: "application/json", "user-agent": agent };
    if (key && !open) headers.authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`;
    const where = `GET ${url.pathname}`;
    let response;
    let text;
    try {
      // a redirect is refused: the keys go where they were meant to go
      response = await fetch(url, { headers, redirect: "manual", signal: AbortSignal.timeout(timeout) });
      text = await response.text();
    } catch (cause) {
      const why = cause?.name === "TimeoutError" ? `no whole answer within ${timeout / 1000} s` : describe(cause);
      return { passing: !LASTING.test(why), trouble: this.#error(`${where}: ${why}`, { cause }) };
    }
    if (response.ok) {
      const body = parse(text);
      if (body !== undefined) return { answer: { body, headers: response.headers } };
      const begin = text.trim().slice(0, 60).replaceAll(/\s+/g, " ");
      return { passing: true, trouble: this.#error(`${where}: the answer is not JSON, or was cut (it begins "${begin}")`) };
    }
    return {
      passing: PASSING.has(response.status),
      retryAfter: retryAfter(response.headers.get("retry-after")),
      trouble: this.#refusal(where, response, parse(text), Boolean(headers.authorization)),
    };
  }

  #refusal(where, { status, headers }, body, withKeys) {
    const said = body?.code ? `${body.code}: ${strip(body.message)}` : "without saying why";
    if (status >= 300 && status < 400) {
      return this.#error(`${where}: the shop sends on to ${headers.get("location")}; give that address as --url.`, { status });
    }
    if ((status === 401 || status === 403) && withKeys) {
      const hint =
        status === 403 || body?.code === "woocommerce_rest_cannot_view"
          ? "The key's user must be a shop manager or administrator, the key must be allowed to read, and the server must pass the Authorization header on to PHP."
          : "Look whether key and secret are whole and belong to this shop (WooCommerce, Settings, Advanced, REST API).";
      return this.#error(`${where}: the shop refused the keys (${status}, ${said}). ${hint}`, { status, refused: true });
    }
    if (status === 404 && body?.code !== undefined) return this.#error(`${where}: there is no such route (404, ${said}).`, { status });
    if (status === 404) return this.#error(`${where}: there is no REST API at this address (404). Is --url the shop's own address, and are its permalinks not "plain"?`, { status });
    return this.#error(`${where}: the shop answered ${status}, ${said}.`, { status });
  }

  #error(message, options) {
    const { key, secret } = this.#options;
    const hidden = [key, secret].filter(Boolean).reduce((text, word) => text.replaceAll(word, "…"), message);
    return new ShopError(hidden, options);
  }
}

function parse(text) {
  try {
    // some shops' PHP files begin with a byte order mark
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function describe(error) {
  const inner = error?.cause ?? error;
  return [inner?.code, inner?.message].filter(Boolean).join(", ") || String(error);
}

const strip = (text) => String(text ?? "").replaceAll(/<[^>]*>/g, "").slice(0, 200);

/** Seconds, or a date. */
function retryAfter(value) {
  if (value === null) return undefined;
  const seconds = Number(value);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
