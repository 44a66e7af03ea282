// The table of listeners. Loaded with the option `hooks`.
import { CartError, codes, failure } from "./errors.js";

/** Listeners that call the cart, whose listeners call the cart … end here. */
const DEEPEST = 16;

/**
 * CoCart's hooks as WordPress keeps them: one table for filters and actions, lower priorities
 * first, equals in the order they came. A listener that throws is told of and changes nothing.
 */
export class Hooks {
  /** Counts the changes of the table: what was filtered before holds no longer. */
  version = 0;
  /** How many filters are at work: the cart is not to be changed from one. */
  filtering = 0;
  #lists = new Map();
  #depth = 0;
  #tell;

  /** @param {(hook: string, cause: unknown) => void} tell hears of listeners that failed */
  constructor(tell) {
    this.#tell = tell;
  }

  /** Returns the undo. */
  add(name, listener, priority = 10) {
    if (typeof name !== "string" || !name) invalid("A hook's name is a text.");
    if (typeof listener !== "function") invalid(`The listener of ${name} must be a function.`);
    if (!Number.isFinite(priority)) invalid(`The priority of ${name} must be a number.`);
    const entry = { listener, priority };
    const list = [...this.#list(name), entry];
    // sorting keeps equals in order
    this.#put(name, list.sort((a, b) => a.priority - b.priority));
    return () => this.#drop(name, (own) => own === entry);
  }

  /** Takes a listener out, or all of a name's; whether there was one. */
  remove(name, listener, priority) {
    return this.#drop(
      name,
      (own) =>
        (listener === undefined || own.listener === listener) && (priority === undefined || own.priority === priority),
    );
  }

  has(name, listener) {
    return this.#list(name).some((own) => listener === undefined || own.listener === listener);
  }

  /** The value as the listeners of `name` make it; `undefined` from one leaves it as it is. */
  apply(name, value, ...context) {
    let now = value;
    for (const { listener } of this.#list(name)) {
      this.filtering += 1;
      try {
        const next = listener(now, ...context);
        if (typeof next?.then === "function") throw new TypeError("a filter has to answer at once");
        if (next !== undefined) now = next;
      } catch (error) {
        this.failed(name, error);
      } finally {
        this.filtering -= 1;
      }
    }
    return now;
  }

  /** Tells the listeners of `name`; what they return counts nothing. */
  run(name, ...context) {
    const list = this.#list(name);
    if (list.length === 0) return;
    if (this.#depth >= DEEPEST) return void this.failed(name, new RangeError("listeners call one another without end"));
    this.#depth += 1;
    for (const { listener } of list) {
      try {
        const late = listener(...context);
        if (typeof late?.then === "function") late.then(undefined, (error) => this.failed(name, error));
      } catch (error) {
        this.failed(name, error);
      }
    }
    this.#depth -= 1;
  }

  /** A listener failed: nobody but the `error` event hears of it. */
  failed(hook, cause) {
    this.#tell(hook, cause);
  }

  #list(name) {
    return this.#lists.get(name) ?? [];
  }

  #put(name, list) {
    this.#lists.set(name, list);
    this.version += 1;
  }

  #drop(name, isMeant) {
    const list = this.#list(name);
    const rest = list.filter((own) => !isMeant(own));
    if (rest.length === list.length) return false;
    this.#put(name, rest);
    return true;
  }
}

/** What a validation filter's value says: an error to refuse with, or undefined. */
export function refusal(value, document, status) {
  if (value instanceof CartError) return value;
  return value === false ? new CartError({ ...document, data: { status } }, status) : undefined;
}

function invalid(message) {
  throw failure(codes.INVALID_OPTION, message);
}
