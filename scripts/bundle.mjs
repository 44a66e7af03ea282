// Packs the package's JavaScript: what every storefront loads becomes one file, `core.js`, so that a page without a bundler asks once and not
// link by link. What is loaded when an option asks for it, and every further entry, stays a file of its own on top of that.
// usage: node scripts/bundle.mjs <folder of the package>
import { build } from "esbuild";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const files = readdirSync(folder).filter((file) => file.endsWith(".js"));
const source = Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
const found = (file, pattern) => [...source[file].matchAll(pattern)].map(([, name]) => name);
const imports = (file) => found(file, /\bfrom\s*"\.\/([^"]+)"/g);
const asksFor = (file) => found(file, /\bimport\("\.\/([^"]+)"\)/g);

/** These files, and what they import. */
function closure(entries) {
  const all = new Set();
  for (const waiting = [...entries]; waiting.length > 0; ) {
    const file = waiting.pop();
    if (!all.has(file)) waiting.push(...imports(file));
    all.add(file);
  }
  return all;
}

const core = closure(["index.js"]);
const rest = files.filter((file) => !core.has(file));
const shared = rest.flatMap(imports).filter((file) => core.has(file));
const onDemand = [...closure([...core].flatMap(asksFor))].filter((file) => !core.has(file));

const inside = (file) => ({ name: "package", setup: ({ onResolve }) => void onResolve({ filter: /^\.\// }, ({ path, kind }) => (kind === "entry-point" ? undefined : file(path.slice(2)))) });
const beside = (file) => ({ path: `./${file}`, external: true });
const options = { bundle: true, minify: true, format: "esm", target: "es2022", packages: "external", logLevel: "warning", outdir: folder, allowOverwrite: true };

const contents = [...new Set(["index.js", ...shared])].map((file) => `export * from "./${file}";`).join("\n");
const packed = await build({ ...options, write: false, stdin: { contents, resolveDir: folder }, plugins: [inside((file) => (core.has(file) ? undefined : beside(file)))] });
await build({
  ...options,
  entryPoints: rest.map((file) => join(folder, file)),
  plugins: [inside((file) => beside(core.has(file) ? "core.js" : file))],
  // what a service worker is to keep
  define: { PACKAGE_FILES: JSON.stringify(["index.js", "core.js", ...onDemand, "cocart_wasm_bg.wasm"]) },
});
for (const file of core) rmSync(join(folder, file));
writeFileSync(join(folder, "core.js"), packed.outputFiles[0].contents);
const names = found("index.js", /^export (?:async function|\{) (.*?)(?: \}|\()/gm).join(",");
writeFileSync(join(folder, "index.js"), `export{${names.replaceAll(" ", "")}}from"./core.js";\n`);
