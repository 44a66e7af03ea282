// Packs the package's JavaScript: what every storefront loads becomes one file, `core.js`, so that a page without a bundler asks once and not
// link by link. What is loaded when an option asks for it, and every further entry, stays a file of its own on top of that.
// usage: node scripts/bundle.mjs <folder of the package>
import { build } from "esbuild";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { closure, imports, onDemand } from "./imports.mjs";

const folder = process.argv[2];
const at = (file) => join(folder, file);
const core = closure([at("index.js")]);
const rest = readdirSync(folder).filter((file) => file.endsWith(".js")).map(at).filter((file) => !core.has(file));
const shared = rest.flatMap(imports).filter((file) => core.has(file));
/** What these files bring along beside what is in `core.js`. */
const beyondCore = (files) => [...closure(files)].filter((file) => !core.has(file)).map((file) => basename(file));
const { exports: entries } = JSON.parse(readFileSync(at("package.json"), "utf8"));
const further = Object.entries(entries).filter(([name, { default: file }]) => file && name !== "." && name !== "./sw");
/** What a service worker is to keep, by the name of the entry. */
const kept = {
  ".": ["index.js", "core.js", ...beyondCore([...core].flatMap(onDemand)), "cocart_wasm_bg.wasm"],
  ...Object.fromEntries(further.map(([name, { default: file }]) => [name.slice(2), beyondCore([at(file)])])),
};

const inside = (path) => ({ name: "package", setup: ({ onResolve }) => void onResolve({ filter: /^\.\// }, ({ kind, path: to }) => (kind === "entry-point" ? undefined : path(at(to)))) });
const beside = (file) => ({ path: `./${basename(file)}`, external: true });
const options = { bundle: true, minify: true, format: "esm", target: "es2022", packages: "external", logLevel: "warning", outdir: folder, allowOverwrite: true };
const ofCore = { ...options, write: false, metafile: true, plugins: [inside((file) => (core.has(file) ? undefined : beside(file)))] };

const contents = [...new Set([at("index.js"), ...shared])].map((file) => `export * from "./${basename(file)}";`).join("\n");
const packed = await build({ ...ofCore, stdin: { contents, resolveDir: folder } });
const { metafile } = await build({ ...ofCore, entryPoints: [at("index.js")] });
await build({
  ...options,
  entryPoints: rest,
  plugins: [inside((file) => beside(core.has(file) ? "core.js" : file))],
  define: { PACKAGE_FILES: JSON.stringify(kept) },
});
for (const file of core) rmSync(file);
writeFileSync(at("core.js"), packed.outputFiles[0].contents);
const [{ exports: names }] = Object.values(metafile.outputs);
writeFileSync(at("index.js"), `export{${names}}from"./core.js";\n`);
