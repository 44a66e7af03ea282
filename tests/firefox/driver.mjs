// Firefox over WebDriver: as little of it as these tests need.
import { spawn } from "node:child_process";
import { freePort } from "../support/port.mjs";

/** Looks until there is something, for two minutes at least. */
export async function until(what) {
  for (let at = 0; at < 480; at += 1) {
    const value = await what().catch(() => undefined);
    if (value) return value;
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error("it took too long");
}

/** Starts geckodriver and a headless Firefox; `close` ends both. */
export async function openFirefox() {
  const port = await freePort();
  const driver = spawn(process.env.GECKODRIVER, ["--port", String(port), "--binary", process.env.FIREFOX], { stdio: "ignore" });
  async function call(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (value?.error) throw new Error(value.message);
    return value;
  }
  await until(() => call("GET", "/status"));
  // A busy machine may take minutes to start a browser.
  const { sessionId } = await call("POST", "/session", { capabilities: { alwaysMatch: { "moz:firefoxOptions": { args: ["-headless"] } } } });
  const at = `/session/${sessionId}`;
  return {
    goto: (url) => call("POST", `${at}/url`, { url }),
    reload: () => call("POST", `${at}/refresh`, {}),
    title: () => call("GET", `${at}/title`),
    /** What a function's body returns on the page. */
    run: (script, ...args) => call("POST", `${at}/execute/sync`, { script, args }),
    async click(css) {
      const element = await call("POST", `${at}/element`, { using: "css selector", value: css });
      await call("POST", `${at}/element/${Object.values(element)[0]}/click`, {});
    },
    async close() {
      await call("DELETE", at).catch(() => undefined);
      driver.kill();
    },
  };
}
