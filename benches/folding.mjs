// With Web Locks this package folds its journal in a task of its own, every 64 changes where there is no shop to tell. The
// time that takes is added to the changes', so it is measured here: a lock that is granted is work that is done.
export const foldings = [];

const { locks } = navigator;
const request = locks.request.bind(locks);
locks.request = (name, options, granted) =>
  request(name, options, (lock) => {
    const started = performance.now();
    try {
      return granted(lock);
    } finally {
      foldings.push(performance.now() - started);
    }
  });
