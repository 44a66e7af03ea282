/** `JSON.stringify` into localStorage after every change, or nothing. */
export function saveAs(key, saved) {
  const save = saved ? (state) => localStorage.setItem(key, JSON.stringify(state)) : () => {};
  save.forget = () => localStorage.removeItem(key);
  return save;
}

/** One listener, as a user interface is one. */
export function listening(read) {
  const listeners = new Set();
  let seen;
  listeners.add(() => (seen = read()));
  return () => {
    for (const listener of listeners) listener();
    return seen;
  };
}
