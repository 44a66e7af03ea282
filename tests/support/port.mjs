// For programs that have to be told their port.
import { createServer } from "node:net";

/** A port that nobody listens at. */
export function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
