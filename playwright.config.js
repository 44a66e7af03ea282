import { defineConfig } from "@playwright/test";

const address = `http://127.0.0.1:${process.env.E2E_PORT}`;

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  reporter: "list",
  // Generous: these tests share their machine with compilers, and a change in doubt is held for half a minute.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  // A shared machine may stall for seconds; what passes only at a second try is named as flaky in the last lines.
  retries: 2,
  // One endpoint serves all tests, and its outages are everyone's.
  workers: 1,
  use: {
    baseURL: address,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: ["--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
  webServer: {
    command: `"${process.env.CARGO_TARGET_DIR}/debug/cocart-endpoint" serve --port ${process.env.E2E_PORT} --profile v4.9 --www www --pkg pkg`,
    url: address,
  },
});
