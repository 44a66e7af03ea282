// The snapshot command as a person runs it, and in this process.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { readArguments } from "../../../pkg/cli/arguments.js";
import { makeSnapshot } from "../../../pkg/cli/snapshot.js";
import { KEY, SECRET } from "./woocommerce.mjs";

const MAIN = join(import.meta.dirname, "..", "..", "..", "pkg", "cli", "main.js");
export const KEYS = { COCART_SNAPSHOT_KEY: KEY, COCART_SNAPSHOT_SECRET: SECRET };

/** Runs the command; `{ code, out, err }`. */
export function run(args, env = KEYS) {
  const { PATH } = process.env;
  return new Promise((done) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH, ...env } });
    const [out, err] = [[], []];
    child.stdout.on("data", (chunk) => out.push(chunk));
    child.stderr.on("data", (chunk) => err.push(chunk));
    child.on("close", (code) => done({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
  });
}

/** The snapshot of a shop, made in this process; `notes` collects what a person would read. */
export async function snapshotOf(url, args = [], { notes = [], pause = 1 } = {}) {
  const say = (text) => void notes.push(text);
  const progress = { step: () => {}, note: say, warn: say, end: () => {} };
  return JSON.parse(await makeSnapshot({ ...readArguments(["snapshot", "--url", url, ...args], KEYS), pause }, progress));
}
