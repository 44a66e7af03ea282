// The replay endpoint with a recording on its stage, and the ways in which its steps are gone through.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CartError, createCart } from "../../../pkg/index.js";
import { GOLDEN, read, snapshotsOf } from "./recordings.mjs";
import { until } from "./until.mjs";

const TARGET = process.env.CARGO_TARGET_DIR ?? join(import.meta.dirname, "../../../target");

/** Starts the endpoint on a port of its own; `stop` ends it. */
export async function startReplay() {
  const child = spawn(join(TARGET, "debug/cocart-endpoint"), ["replay", "--dir", GOLDEN, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    once(child, "exit").then(([code]) => assert.fail(`the endpoint ended with ${code}; "make endpoint" builds it`)),
  ]);
  const base = /http:\/\/[^\s/]+/.exec(line)[0];
  const { store, remove } = snapshotsOf(GOLDEN);
  const control = async (init) => (await fetch(`${base}/__control`, init)).json();
  return {
    base,
    stop: () => (child.kill(), remove()),
    /** Puts a recording on the stage. */
    async stage(name) {
      const progress = await control({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ scenario: name }) });
      assert.equal(progress.error, undefined, name);
      return new Stage({ base, name, control, recording: read(GOLDEN, `${name}.json`), store: JSON.parse(JSON.stringify(store(name)).replaceAll("{base}", base)) });
    },
  };
}

const once = (emitter, kind) => new Promise((done) => emitter.once(kind, (...what) => done(what)));

class Stage {
  at = 0;
  /** How each step was gone through. */
  ways = [];
  /** How often the package looked where nobody was recorded to look. */
  looks = 0;
  #carts = [];
  #last = new Map();

  constructor(all) {
    Object.assign(this, all);
  }

  /** A cart of the package at the recorded shop. */
  async shopper({ store = this.store, ...options } = {}) {
    const fetch = (...request) => this.#fetch(...request);
    const cart = await createCart({ storeUrl: this.base, store, storage: "memory", profile: "v4.3", fetch, ...options });
    this.#carts.push(cart);
    return cart;
  }

  close() {
    for (const cart of this.#carts) cart.close();
  }

  /**
   * Before it merges, the package looks at the guest's cart, which no recorded client did: such a look shows that cart as
   * it was recorded last.
   */
  async #fetch(input, init = {}) {
    const { pathname, searchParams } = new URL(input.url ?? input);
    const sent = new Headers(init.headers ?? input.headers).get("authorization");
    const who = sent ?? searchParams.get("cart_key");
    const next = this.step?.request;
    const isNext = next && next.method === init.method && next.path === pathname && (next.headers?.Authorization ?? null) === sent;
    const isLook = init.method === "GET" && pathname.endsWith("/v2/cart") && !isNext && this.#last.has(who);
    if (isLook) {
      this.looks += 1;
      return new Response(this.#last.get(who), { headers: { "content-type": "application/json" } });
    }
    const answer = await fetch(input, init);
    const text = await answer.clone().text();
    if (answer.status === 200 && text.includes('"cart_hash"')) this.#last.set(who, text);
    return answer;
  }

  get step() {
    return this.recording.steps[this.at];
  }

  /** The recorded answer of a step, in this server's address. */
  recorded(at = this.at) {
    const { status, headers, body, raw_body } = this.recording.steps[at].response;
    const text = JSON.stringify(body ?? null).replaceAll("{base}", this.base);
    return { status, headers, body: JSON.parse(text), raw: raw_body };
  }

  /** The package tells the server: one recorded request goes out, its answer becomes the cart. */
  async told(cart, act) {
    const expected = this.recorded();
    const gone = Promise.resolve(act(cart));
    const outcome = await Promise.all([gone, this.#reaches(this.at + 1)]).then(([value]) => value, (error) => error);
    await until(() => !cart.status.syncing);
    const { cart_key: recorded } = this.recording.vars ?? {};
    if (recorded && expected.body?.cart_key === recorded) this.clientKey = cart.getSnapshot().cart_key;
    if (expected.status < 400 && expected.body?.items && !(outcome instanceof Error)) this.#sameCart(cart, expected.body);
    await this.#done("told");
    return outcome;
  }

  /** The package passes a request through: the app gets what was recorded, as a document or as an error. */
  async passed(act) {
    const expected = this.recorded();
    const outcome = await Promise.resolve(act()).catch((error) => error);
    if (outcome instanceof Response) {
      const text = await outcome.text();
      assert.equal(outcome.status, expected.status, this.#where());
      if (expected.body !== null) assert.deepEqual(JSON.parse(text), expected.body, this.#where());
      outcome.body_text = text;
    } else if (expected.status >= 400) {
      assert.ok(outcome instanceof CartError, `${this.#where()}: ${outcome?.stack ?? JSON.stringify(outcome)}`);
      assert.equal(outcome.status, expected.status, this.#where());
      if (expected.body) {
        assert.equal(outcome.code, expected.body.code, this.#where());
        assert.equal(outcome.message, expected.body.message, this.#where());
      }
    } else {
      assert.ok(!(outcome instanceof Error), `${this.#where()}: ${outcome?.stack}`);
      if (outcome !== undefined) assert.deepEqual(outcome, expected.body, this.#where());
    }
    await this.#done("passed");
    return outcome;
  }

  /** The package answers by itself, as the server did; the recorded request is made beside it. */
  async computed(act) {
    const { status, body } = this.recorded();
    const got = await attempt(act);
    assert.equal(got.status, status, this.#where());
    assert.deepEqual(withoutNotices(got.body), withoutNotices(body), this.#where());
    await this.#ask();
    await this.#done("computed");
    return got;
  }

  /** The package answers better than the server, whose defect this step shows. */
  async defect(act) {
    const got = await attempt(act);
    assert.equal(got.status, 200, this.#where());
    await this.#ask();
    await this.#done("defect");
    return got.body;
  }

  /** Somebody else asks: another device, another program, a stranger. */
  async world() {
    const answer = await this.#ask();
    await this.#done("world");
    return answer;
  }

  /** Every step was gone through, and nothing was asked that was not recorded. */
  async end() {
    this.close();
    assert.equal(this.at, this.recording.steps.length, `${this.name} has steps left`);
    const { failures, done } = await this.control();
    assert.deepEqual(failures, []);
    assert.ok(done);
    return this.ways;
  }

  #where() {
    return `${this.name}#${this.at} ${this.step.request.method} ${this.step.request.path}`;
  }

  /** The cart the app sees is the recorded one; what its notices say was told already. */
  #sameCart(cart, expected) {
    const got = cart.getSnapshot();
    const { cart_key: recorded } = this.recording.vars ?? {};
    const named = recorded && expected.cart_key === recorded ? { ...expected, cart_key: got.cart_key } : expected;
    assert.deepEqual(withoutNotices(got), withoutNotices(named), this.#where());
  }

  async #ask() {
    const request = JSON.stringify(this.step.request);
    const { cart_key: recorded } = this.recording.vars ?? {};
    // the recorded guest goes by the key that the package made
    const { method, path, query, headers, body } = JSON.parse(this.clientKey ? request.replaceAll(recorded, this.clientKey) : request);
    // what the endpoint does not look for keys in is compared as it was
    if (headers?.["X-CoCart-API"]) headers["X-CoCart-API"] = recorded;
    const { raw_body } = this.step.request;
    const search = new URLSearchParams(query ?? {}).toString();
    const json = body !== undefined && body !== null ? { "content-type": "application/json" } : {};
    const sent = raw_body ?? (body !== undefined && body !== null ? JSON.stringify(body) : undefined);
    const answer = await fetch(`${this.base}${path}${search && `?${search}`}`, { method, headers: { ...json, ...headers }, body: sent });
    const text = await answer.text();
    assert.equal(answer.status, this.recorded().status, `${this.#where()}: ${text.slice(0, 300)}`);
    return { status: answer.status, headers: answer.headers, text, body: this.recorded().body };
  }

  async #done(way) {
    await this.#reaches(this.at + 1);
    this.ways.push(way);
    this.at += 1;
  }

  /** Until the endpoint has answered so many steps, and not one more. */
  async #reaches(step) {
    await until(async () => {
      const { done, next, failures } = await this.control();
      assert.deepEqual(failures, [], this.#where());
      const at = done ? this.recording.steps.length : next.step;
      assert.ok(at <= step, `${this.#where()}: one request too many`);
      return at === step;
    }, () => this.#where());
  }
}

async function attempt(act) {
  try {
    const answer = await act();
    return answer?.status && answer.headers ? answer : { status: 200, body: answer };
  } catch (error) {
    if (!(error instanceof CartError)) throw error;
    return { status: error.status, body: error.toJSON() };
  }
}

function withoutNotices(body) {
  if (body === null || typeof body !== "object" || !("notices" in body)) return body;
  const { notices, ...rest } = body;
  return rest;
}
