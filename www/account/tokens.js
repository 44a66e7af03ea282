// A sign-in that rests nowhere: its tokens live in the memory of this shop's open pages. A page that opens asks the others.

/** Who is open answers within a blink; a page must not wait for nobody. */
const PATIENCE_MS = 120;

/** A `storage` for `jwt()`; `subscribe` tells of what other pages did. @param {string} name */
export function sharedMemory(name) {
  const listeners = new Set();
  const channel = globalThis.BroadcastChannel && new BroadcastChannel(name);
  /** `undefined` while nobody has said anything, `null` when nobody is signed in. */
  let text;
  let heard;
  const first = new Promise((done) => {
    heard = done;
    setTimeout(done, channel ? PATIENCE_MS : 0);
  });

  channel?.addEventListener("message", ({ data: { kind, text: said } }) => {
    if (kind === "ask") {
      if (text) channel.postMessage({ kind: "answer", text });
      return;
    }
    // An answer may have been overtaken by what has happened since it was given.
    if ((kind === "answer" && text !== undefined) || said === text) return;
    text = said;
    heard();
    listeners.forEach((listener) => listener());
  });
  channel?.postMessage({ kind: "ask" });

  const say = (now) => {
    const known = text ?? null;
    text = now;
    if (known !== now) channel?.postMessage({ kind: "is", text: now });
  };
  return {
    getItem: () => first.then(() => text ?? null),
    setItem: (key, now) => say(now),
    removeItem: () => say(null),
    subscribe: (listener) => listeners.add(listener),
  };
}
