// A fresh project in target/packaging with the tarball installed as a shop would install it.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const target = join(import.meta.dirname, "..", "..", "target");

export const tarball = join(target, readdirSync(target).find((name) => /^cocart-wasm-.*\.tgz$/.test(name)) ?? "no tarball: make package");

export function project(name) {
  const folder = join(target, "packaging", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(import.meta.dirname, "app"), folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, private: true, type: "module" }));
  // Offline: the package has no dependencies to ask a registry for, and must not get any.
  execFileSync("npm", ["install", "--offline", "--no-package-lock", "--ignore-scripts", tarball], { cwd: folder, stdio: "pipe" });
  return folder;
}

/** A page with one script, without an inline byte: that is what the strict policy allows. */
export function writePage(folder, script) {
  writeFileSync(join(folder, "index.html"), `<!doctype html><meta charset="utf-8"><title>…</title><script type="module" src="${script}"></script>\n`);
}
