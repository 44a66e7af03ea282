// The part of a cart that an app extends. `cart.js` builds on it and calls it by symbols, so that nothing of it is public by accident.
import { CartError, codes, failure } from "./errors.js";
import { paramsOf, segment } from "./params.js";

export const begin = Symbol("begin");
export const around = Symbol("around");
export const show = Symbol("show");
export const guessed = Symbol("guessed");
export const say = Symbol("say");
export const changed = Symbol("changed");

const NO_NAMESPACE = "cocart_update_cart_no_namespace_error";

/** What an app adds to a cart, around the engine: hooks, callbacks of `cart/update`, a language. */
export class ExtendedCart extends EventTarget {
  #engine;
  #syncs;
  #translate;
  /** The hooks and what they are applied to, where `createCart` was asked for them. */
  #moments;
  #callbacks = new Map();
  /** The requests of a callback that is at work: what it believes the plugin does. */
  #recorded;

  [begin]({ sync, translate, Moments, profile }, engine) {
    this.#engine = engine;
    this.#syncs = sync !== "off";
    this.#translate = translate;
    this.#moments =
      Moments &&
      new Moments({
        cart: this,
        profile,
        tell: (hook, cause) => this.#failed(`A listener of ${hook}`, hook, cause),
        snapshot: () => this.#said(engine.snapshot()),
        lookUp: (id) => {
          const { status, body } = engine.ask("GET", `/cocart/v2/products/${segment(id)}`);
          return status === 200 ? body : undefined;
        },
      });
  }

  // With CoCart's names, arguments and moments

  /** Registers a filter or an action; lower priorities run first. Returns the undo. */
  addFilter(name, listener, priority) {
    if (!this.#moments) {
      throw failure(codes.INVALID_OPTION, "Hooks are loaded by those who use them: createCart({ hooks: true }).");
    }
    const undo = this.#moments.hooks.add(name, listener, priority);
    this.#engine.tell("change");
    return () => this.#changed(undo());
  }

  /** Takes a listener out, or all of that name; whether there was one. */
  removeFilter(name, listener, priority) {
    return this.#changed(this.#moments?.hooks.remove(name, listener, priority) ?? false);
  }

  /** Whether anybody, or this listener, listens to `name`. */
  hasFilter(name, listener) {
    return this.#moments?.hooks.has(name, listener) ?? false;
  }

  /** As in WordPress, actions are filters whose value nobody looks at. */
  addAction(name, listener, priority) {
    return this.addFilter(name, listener, priority);
  }

  removeAction(name, listener, priority) {
    return this.removeFilter(name, listener, priority);
  }

  hasAction(name, listener) {
    return this.hasFilter(name, listener);
  }

  /**
   * What a plugin's `cart/update` namespace does, as far as it can be foretold: what `callback`
   * does to the cart is shown until the server answers, and never sent. Returns the undo.
   */
  registerCallback(namespace, callback) {
    if (typeof namespace !== "string" || !namespace || typeof callback !== "function") {
      throw failure(codes.INVALID_OPTION, "A callback is a namespace and a function.");
    }
    this.#callbacks.set(namespace, callback);
    return () => this.#callbacks.get(namespace) === callback && this.#callbacks.delete(namespace);
  }

  /** A request with everything around it; `ask(body)` is the engine's own answer. */
  [around](asked, ask) {
    const isWrite = asked.method.toUpperCase() !== "GET";
    if (this.#recorded && isWrite) {
      this.#recorded.push([asked.method, asked.path, asked.body]);
      return { status: 200, headers: {}, body: this[show]() };
    }
    if (this.#moments?.hooks.filtering && isWrite) {
      throw failure(codes.BUSY, "A filter cannot change the cart.");
    }
    let envelope;
    const extended = (body) => {
      let answer = ask(body);
      // WordPress's `_envelope`: what it holds is the answer
      if (answer.body?.headers && asked.list?.some(([name]) => name === "_envelope")) answer = { ...(envelope = answer), ...answer.body };
      if (answer.body?.code === NO_NAMESPACE) answer = this.#remember({ ...asked, body }, answer);
      return this.#translate ? { ...answer, body: this.#said(answer.body) } : answer;
    };
    const { status, body, ...answer } = this.#moments ? this.#moments.respond(asked, extended) : extended(asked.body);
    if (!envelope) return { ...answer, status, body };
    return { ...envelope, body: Object.freeze({ ...envelope.body, status, body }) };
  }

  /** A `cart/update` that only the shop understands is kept for it, with what a callback foretells. */
  #remember(asked, answer) {
    const fields = paramsOf(asked);
    const callback = this.#callbacks.get(fields.namespace);
    if (!fields.namespace || !(callback || this.#syncs)) return answer;
    this.#recorded = [];
    let effects = [];
    let refused;
    try {
      const verdict = callback?.(fields, this);
      if (verdict instanceof CartError) refused = verdict;
      effects = this.#recorded;
    } catch (error) {
      if (error instanceof CartError) refused = error;
      else this.#failed(`The callback of ${fields.namespace}`, fields.namespace, error);
    } finally {
      this.#recorded = undefined;
    }
    if (refused) return { ...answer, status: refused.status || 400, body: Object.freeze(refused.toJSON()) };
    return { ...answer, ...this.#engine.update(fields, effects) };
  }

  /** The cart, or another document of one, as it is shown. */
  [show](document) {
    const shown = this.#said(document ?? this.#engine.snapshot());
    if (!this.#moments) return shown;
    return this.#moments.show(shown, !document && this.#engine.status().confirmed).document;
  }

  /** JSON pointers to what filters say otherwise than the engine. */
  [guessed]({ confirmed }) {
    if (!this.#moments || confirmed) return [];
    return this.#moments.show(this.#said(this.#engine.snapshot()), false).estimated;
  }

  [changed]() {
    this.#moments?.changed();
  }

  [say](text) {
    return this.#translate ? this.#translate.say(text) : text;
  }

  #said(document) {
    return this.#translate ? this.#translate.document(document) : document;
  }

  #changed(found) {
    if (found) this.#engine.tell("change");
    return found;
  }

  #failed(what, hook, cause) {
    const message = `${what} failed: ${cause?.message ?? cause}`;
    this.#engine.tell("error", { code: codes.HOOK_FAILED, message, data: { status: 0 }, hook, cause });
  }
}
