// The tarball in the hands of those who will build with it. Each test is a project of its own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { close, open, titleOf, titleOfFolder } from "./browser.mjs";
import { project, tarball, writePage } from "./project.mjs";

const EXPECTED = "the cart holds 2";

before(open);
after(close);

/** Runs a program; what it printed is the failure's message. */
function run(program, args, cwd) {
  try {
    return execFileSync(program, args, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")}\n${error.stdout ?? error.message}${error.stderr ?? ""}`);
  }
}

/** For bundlers that leave `new URL(…, import.meta.url)` alone: the module goes beside the bundle, by hand. */
const copyModule = (folder) => copyFileSync(join(folder, "node_modules/cocart-wasm/cocart_wasm_bg.wasm"), join(folder, "dist/cocart_wasm_bg.wasm"));

test("a plain page under script-src 'self' 'wasm-unsafe-eval'", async () => {
  const folder = project("plain");
  // A page without a bundler names files; an import map would be an inline script.
  const source = run("sed", ['s#"cocart-wasm"#"./node_modules/cocart-wasm/index.js"#', "cart.js"], folder);
  writeFileSync(join(folder, "cart.js"), source);
  writePage(folder, "./entry.js");
  assert.equal(await titleOfFolder(folder), EXPECTED);
});

test("Vite, built", async () => {
  const folder = project("vite");
  writePage(folder, "/entry.js");
  const { build } = await import("vite");
  await build({ root: folder, configFile: false, logLevel: "warn" });
  assert.equal(await titleOfFolder(join(folder, "dist")), EXPECTED);
});

test("Vite, its development server", async () => {
  const folder = project("vite-dev");
  writePage(folder, "/entry.js");
  const { createServer } = await import("vite");
  // Without the exclusion Vite would bundle the package beforehand and lose the wasm file beside it.
  const server = await createServer({ root: folder, configFile: false, logLevel: "warn", server: { port: 0, host: "127.0.0.1" }, optimizeDeps: { exclude: ["cocart-wasm"] } });
  await server.listen();
  try {
    assert.equal(await titleOf(`http://127.0.0.1:${server.httpServer.address().port}/`), EXPECTED);
  } finally {
    await server.close();
  }
});

test("webpack", async () => {
  const folder = project("webpack");
  const { default: webpack } = await import("webpack");
  const stats = await new Promise((done, fail) =>
    webpack({ context: folder, mode: "production", entry: "./entry.js", output: { path: join(folder, "dist") }, performance: { hints: false } }, (error, result) => (error ? fail(error) : done(result))),
  );
  assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }), { errors: [], warnings: [] });
  writePage(join(folder, "dist"), "./main.js");
  assert.equal(await titleOfFolder(join(folder, "dist")), EXPECTED);
});

test("esbuild", async () => {
  const folder = project("esbuild");
  const { build } = await import("esbuild");
  const { warnings } = await build({ absWorkingDir: folder, entryPoints: ["entry.js"], bundle: true, format: "esm", outdir: "dist", logLevel: "silent" });
  assert.deepEqual(warnings, []);
  copyModule(folder);
  writePage(join(folder, "dist"), "./entry.js");
  assert.equal(await titleOfFolder(join(folder, "dist")), EXPECTED);
});

test("Rollup", async () => {
  const folder = project("rollup");
  const { rollup } = await import("rollup");
  // Rollup itself resolves no packages; this is what its resolve plugin would find.
  const resolve = { name: "resolve", resolveId: (name) => (name === "cocart-wasm" ? join(folder, "node_modules/cocart-wasm/index.js") : null) };
  const warnings = [];
  const bundle = await rollup({ input: join(folder, "entry.js"), plugins: [resolve], onwarn: (warning) => warnings.push(warning.message) });
  await bundle.write({ dir: join(folder, "dist"), format: "es" });
  assert.deepEqual(warnings, []);
  copyModule(folder);
  writePage(join(folder, "dist"), "./entry.js");
  assert.equal(await titleOfFolder(join(folder, "dist")), EXPECTED);
});

test("Node, as an ES module", () => {
  const folder = project("node");
  writeFileSync(join(folder, "main.js"), 'import { addTwoMugs } from "./cart.js";\nconsole.log(await addTwoMugs());\n');
  assert.equal(run("node", ["main.js"], folder).trim(), EXPECTED);
});

test("a bundle for a browser holds nothing of what it does not use", async () => {
  const folder = project("unused");
  writeFileSync(join(folder, "unused.js"), 'import { createCart } from "cocart-wasm";\nconsole.log("hello");\n');
  const { build } = await import("esbuild");
  const { outputFiles } = await build({ absWorkingDir: folder, entryPoints: ["unused.js"], bundle: true, format: "esm", write: false, logLevel: "silent" });
  assert.match(outputFiles[0].text, /^(\/\/.*\n)?console\.log\("hello"\);\n$/);
});

for (const [module, resolution] of [["esnext", "bundler"], ["nodenext", "nodenext"], ["node16", "node16"]]) {
  test(`TypeScript with moduleResolution ${resolution}`, () => {
    const folder = project(`types-${resolution}`);
    renameSync(join(folder, "consumer.ts"), join(folder, "main.ts"));
    const tsc = createRequire(import.meta.url).resolve("typescript/package.json").replace("package.json", "bin/tsc");
    run("node", [tsc, "--strict", "--noEmit", "--target", "es2022", "--lib", "es2023,dom", "--types", "", "--module", module, "--moduleResolution", resolution, "main.ts"], folder);
  });
}

test("publint has nothing to say", () => {
  run("publint", ["run", tarball, "--strict"]);
});

test("are the types wrong? No.", () => {
  // ES modules only, by design; and the wasm file is an entry without types.
  run("attw", [tarball, "--profile", "esm-only", "--exclude-entrypoints", "./cocart_wasm_bg.wasm", "--no-emoji"]);
});
