// Every block of code in the documentation is run, or at least compiled; every link leads somewhere. Of commands it is held that they could be typed as they
// stand (support/commands.mjs says which of them are run elsewhere); of PHP, that its brackets close, since there is no PHP here.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { build } from "esbuild";
import { parse as parseYaml } from "yaml";
import { ROOT, blocks, held, isPrinted, pages } from "./support/blocks.mjs";
import { commandsIn, complaint } from "./support/commands.mjs";
import { demoShop } from "./support/demo-shop.mjs";

const folder = join(ROOT, "target", "docs-blocks");
const PAGES = pages();

before(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(join(ROOT, "pkg"), join(folder, "node_modules", "cocart-wasm"), "dir");
});

/** Writes a block where it finds the package under its name. */
function write(name, code) {
  const file = join(folder, name);
  writeFileSync(file, code);
  return file;
}

/** Runs a block as a module of its own on a page of https://shop.example. */
async function run({ code, line }, name) {
  const { code: checked, expected } = held(code, line);
  const file = write(`${name}.mjs`, checked);
  const wrong = [];
  const met = new Set();
  const { log } = console;
  const { fetch } = globalThis;
  globalThis.fetch = await demoShop();
  globalThis.expectPrinted = (at, ...values) => {
    const printed = values.map((value) => (typeof value === "string" ? value : inspect(value, { breakLength: Infinity }))).join(" ");
    met.add(at);
    if (!isPrinted(printed, expected[at].text)) wrong.push(`line ${expected[at].line} printed ${printed}, and says ${expected[at].text}`);
  };
  console.log = () => {};
  try {
    await import(pathToFileURL(file));
  } finally {
    console.log = log;
    globalThis.fetch = fetch;
  }
  for (const [at, { line: where }] of expected.entries()) if (!met.has(at)) wrong.push(`line ${where} was never reached`);
  assert.deepEqual(wrong, []);
}

/** What a block imports by a path is a file of its reader's. */
const readersOwn = {
  name: "the reader's own files",
  setup: (build) => build.onResolve({ filter: /^\.{0,2}\// }, ({ path, importer }) => (importer.startsWith(join(ROOT, "pkg")) ? undefined : { path, external: true })),
};

/** Compiles a block for a browser, with the package's own modules: an import that is not there is an error. */
async function bundle(code, loader, name) {
  await build({
    stdin: { contents: code, loader, resolveDir: folder, sourcefile: name },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    jsx: "automatic",
    logLevel: "silent",
    loader: { ".wasm": "file" },
    outdir: folder,
    external: ["node:*", "react", "react/*", "react-dom/*", "next", "next/*", "vue", "svelte", "svelte/*", "workbox-*", "@reduxjs/*"],
    plugins: [readersOwn],
  });
}

const WAYS = {
  run,
  bundle: ({ code, language }, name) => bundle(code, language.split(" ")[0], name),
  json: ({ code }) => void JSON.parse(code),
  shell({ code }) {
    const env = {};
    assert.deepEqual(code.split("\n").map((line) => complaint(line, env)).filter(Boolean), []);
  },
  /** A workflow: its steps are commands. */
  yaml({ code }) {
    const steps = Object.values(parseYaml(code).jobs).flatMap((job) => job.steps);
    assert.ok(steps.some(({ run }) => run), "a workflow without a command");
    assert.deepEqual(steps.flatMap(({ run = "", env }) => run.split("\n").map((line) => complaint(line, { ...env }))).filter(Boolean), []);
  },
  php({ code }) {
    const open = [];
    for (const sign of code.replace(/'[^'\n]*'|\/\/.*$/gm, "")) {
      if ("([{".includes(sign)) open.push(")]}"["([{".indexOf(sign)]);
      else if (")]}".includes(sign)) assert.equal(open.pop(), sign);
    }
    assert.deepEqual(open, []);
    assert.match(code, /^add_(filter|action)\( '[a-z_]+', /m);
  },
  async page({ code }, name) {
    const scripts = [...code.matchAll(/<script type="module">([^]*?)<\/script>/g)].map(([, script]) => script);
    assert.ok(scripts.length > 0, "a page without a module");
    for (const script of scripts) await bundle(script.replace('"./node_modules/cocart-wasm/index.js"', '"cocart-wasm"'), "js", name);
  },
  async vue({ code }, name) {
    const { compileScript, parse } = await import("vue/compiler-sfc");
    const { descriptor, errors } = parse(code, { filename: `${name}.vue` });
    assert.deepEqual(errors, []);
    await bundle(compileScript(descriptor, { id: name, inlineTemplate: true }).content, "js", name);
  },
  async svelte({ code }, name) {
    const { compile } = await import("svelte/compiler");
    const { js, warnings } = compile(code, { filename: `${name}.svelte`, generate: "client" });
    assert.deepEqual(warnings.map(({ message }) => message), []);
    await bundle(js.code, "js", name);
  },
};

for (const page of PAGES) {
  const list = blocks(page);
  if (list.length === 0) continue;
  describe(page.file, () => {
    for (const block of list) {
      const { language, way, line } = block;
      if (way === "leave") continue;
      const name = `${page.file.replace(/\W+/g, "-")}-${line}`;
      test(`line ${line}: ${language || "a block without a language"} (${way})`, { timeout: 300_000 }, async () => {
        assert.ok(WAYS[way], `"${language}" is no language of the documentation's`);
        await WAYS[way](block, name);
      });
    }
  });
}

test("a block that prints something else, stops before it prints, or imports what is not there fails", async () => {
  await assert.rejects(run({ code: "console.log(1 + 1); // 3", line: 1 }, "wrong"), /line 2 printed 2, and says 3/);
  await assert.rejects(run({ code: "if (false) {\n  console.log(1); // 1\n}", line: 1 }, "unreached"), /line 3 was never reached/);
  await assert.rejects(bundle('import { openCart } from "cocart-wasm";\nopenCart();', "js", "absent"), /No matching export/);
});

/** Pages for those who build the repository, beside the package's own. */
const WORKSHOP = ["CONTRIBUTING.md", "ARCHITECTURE.md", "www/README.md", "tools/endpoint/README.md"].map((file) => ({ file, text: readFileSync(join(ROOT, file), "utf8") }));

test("every command that a page names could be typed as it stands", () => {
  const wrong = [];
  let found = 0;
  for (const { file, text } of [...PAGES, ...WORKSHOP]) {
    for (const { line, code } of commandsIn(text)) {
      found += 1;
      // `npx cocart-wasm snapshot` is the command's name, and `--help` is all it needs
      const said = code === "npx cocart-wasm snapshot" ? undefined : complaint(code, { COCART_SNAPSHOT_URL: "https://shop.example", COCART_SNAPSHOT_KEY: "ck_…", COCART_SNAPSHOT_SECRET: "cs_…" });
      if (said) wrong.push(`${file}:${line}: ${code}: ${said}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(found > 50, `only ${found} commands were found`);
});

test("a command that cannot be typed is told", () => {
  for (const line of [
    "make nonsense",
    "make test SPEED=9",
    "npx cocart-wasm snapshot --loud",
    "npx cocart-wasm build",
    "npm install ../cocart-wasm/target/cocart-wasm-9.9.9.tgz",
    "node --test tests/node/none.test.mjs",
    "node benches/none.mjs",
    "scripts/none.sh",
    "cargo run -p nobody -- serve",
    "cargo run -p cocart-endpoint -- serve --colour red",
    "cargo test --test none",
    "export COCART_SNAPSHOT_SECERT=cs_…",
    "curl https://shop.example",
  ]) {
    assert.ok(complaint(line), line);
  }
  assert.equal(complaint("npx cocart-wasm snapshot --public --url https://shop.example"), undefined);
});

/** GitHub's name for a heading. */
const anchor = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").trim().replaceAll(" ", "-");

test("every link of the documentation leads somewhere", () => {
  const lost = [];
  const anchors = new Map(PAGES.map(({ file, text }) => [join(ROOT, file), new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading)))]));
  for (const { file, text } of PAGES) {
    const prose = text.replace(/^```[^]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
    for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?|mailto):/.test(target)) continue;
      const [path, fragment] = target.split("#");
      const where = path === "" ? join(ROOT, file) : join(ROOT, dirname(file), path);
      const is = existsSync(where) && (fragment === undefined || anchors.get(where)?.has(fragment));
      if (!is) lost.push(`${file}: ${target}`);
    }
  }
  assert.deepEqual(lost, []);
});

after(() => delete globalThis.expectPrinted);

/** The chapters of CoCart's reference of API v1, in the order of its index. */
const CHAPTERS = `introduction getting-started errors knowledge-base authentication cart-key cookie index products cart clear-cart add-to-cart items count-items
  remove-item-from-cart restore-item-to-cart update-item-in-cart totals calculate logout load-cart-from-session extending hooks filters add-ons cocart-pro
  cocart-products woocommerce-extensions wp-config libraries tools demo changelog`.split(/\s+/);

test("every chapter of the reference has a page with an example, and a row that names its tests", () => {
  const table = PAGES.find(({ file }) => file === "docs/README.md").text;
  const rows = [...table.matchAll(/^\| \d+ ([\w-]+) \| \[[^\]]+\]\(reference\/([\w-]+)\.md\) \| (.+) \|$/gm)];
  assert.deepEqual(rows.map(([, chapter]) => chapter), CHAPTERS);
  for (const [, chapter, name, proof] of rows) {
    const page = PAGES.find(({ file }) => file === `docs/reference/${name}.md`);
    assert.ok(page, `${chapter} has no page`);
    assert.match(page.text, /\*\*What the server does\.\*\* .+\n\n\*\*How it is done here\.\*\* /, chapter);
    assert.ok(blocks(page).some(({ way }) => way === "run"), `${chapter} has no example that is run`);
    for (const [, test] of proof.matchAll(/`(tests\/[^`]+)`/g)) assert.ok(existsSync(join(ROOT, test)), `${chapter}: ${test} is not there`);
    for (const [, recording] of proof.matchAll(/`(v[12]_\w+)`/g)) assert.ok(existsSync(join(ROOT, "tests/golden", `${recording}.json`)), `${chapter}: ${recording} is not there`);
  }
});

test("the score card has all thirty rows, and each test it names is there", () => {
  const { text } = PAGES.find(({ file }) => file === "docs/score-card.md");
  const rows = [...text.matchAll(/^\| (\d+) \| .+ \| (.+) \| (.+) \|$/gm)];
  assert.deepEqual(rows.map(([, number]) => Number(number)), Array.from({ length: 30 }, (_, at) => at + 1));
  for (const [, number, here, proof] of rows) {
    const named = [...proof.matchAll(/`([^`]+)`/g)].map(([, file]) => file);
    for (const file of named) assert.ok(existsSync(join(ROOT, file)), `row ${number}: ${file} is not there`);
    assert.ok(named.length > 0 || /\*\*not (yet|done)\*\*/.test(here), `row ${number} is held by nothing and does not say so`);
  }
});
