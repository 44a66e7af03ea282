// The commands that the documentation names: whether each could be typed as it stands.
// Run for real elsewhere: the README's quick start (tests/packaging/readme.test.mjs), the snapshot command (tests/node/snapshot*.test.mjs).
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError, readArguments } from "../../../pkg-template/cli/arguments.js";
import { ROOT } from "./blocks.mjs";

const read = (path) => readFileSync(join(ROOT, path), "utf8");
const makefile = read("Makefile");
const members = /members = \[(.*)\]/.exec(read("Cargo.toml"))[1].match(/[^", ]+/g);

/** Other people's programs: that they exist is all that is known here. */
const FOREIGN = /^(python3 -m http\.server|npx (http-server|lighthouse(@\d+)?)|git (commit|push)|cargo (install|mutants)|npm (init|ci)|true)\b/;

/** A command line's words; quotes hold words together. */
const words = (line) => [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ""));

/** An option or a placeholder that a reader fills in: `[PART=]`, `<module>`, `…`. */
const isPlaceholder = (word) => /^[<[]|…|>$/.test(word);

function make(args) {
  for (const word of args.map((one) => one.replace(/[[\]]/g, ""))) {
    const [name, value] = word.split("=");
    if (value !== undefined && !makefile.includes(`$(${name})`) && !new RegExp(`^${name} \\?=`, "m").test(makefile) && !read("scripts/browser.sh").includes(`\${${name}:-`)) {
      return `make knows no ${name}=`;
    }
    if (value === undefined && !new RegExp(`^${name}:`, "m").test(makefile)) return `make has no target ${name}`;
  }
  return undefined;
}

function cargo([verb, ...args], line) {
  const at = (flag) => args.includes(flag) && args[args.indexOf(flag) + 1];
  if (!["run", "test", "bench", "build", "clippy", "fmt"].includes(verb)) return `cargo ${verb} is none of ours`;
  const home = at("-p") ? packageFolder(at("-p")) : ".";
  if (!home) return `no package ${at("-p")}`;
  const target = at("--test") || at("--bench");
  const places = at("--bench") ? [`benches/${target}.rs`] : [`tests/${target}.rs`, `tests/${target}/main.rs`];
  if (target && !places.some((path) => existsSync(join(ROOT, home, path)))) return `no ${target} in ${home}`;
  const own = line.split(" -- ")[1];
  if (verb === "run" && own) {
    const source = ["cli.rs", "main.rs"].map((file) => join(home, "src", file)).filter((path) => existsSync(join(ROOT, path))).map(read).join("\n");
    for (const word of words(own).filter((one) => one.startsWith("--"))) {
      if (!source.includes(`pub ${word.slice(2).replaceAll("-", "_")}:`)) return `${home} knows no ${word}`;
    }
  }
  return undefined;
}

const packageFolder = (name) => members.find((member) => read(join(member, "Cargo.toml")).includes(`name = "${name}"`));

/** The snapshot that `--since` reads is its reader's: another stands in. */
function snapshot(args, env) {
  const own = args.map((word, at) => (args[at - 1] === "--since" ? join(ROOT, "tools/endpoint/shop/snapshot.json") : word));
  try {
    readArguments(own, env);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

function node(args) {
  const [file] = args.filter((word) => !word.startsWith("-"));
  return existsSync(join(ROOT, file)) ? undefined : `${file} is not there`;
}

function npmInstall(args) {
  const { version } = JSON.parse(read("pkg-template/package.json"));
  const known = new RegExp(`^(cocart-wasm|[./]*(cocart-wasm/)?target/cocart-wasm-${version.replaceAll(".", "\\.")}\\.tgz|react|vue|svelte|next|workbox-[a-z]+)$`);
  const strange = args.filter((word) => !word.startsWith("-")).find((word) => !known.test(word));
  return strange && `npm install ${strange} is nothing that the documentation should name`;
}

/**
 * What is wrong with a line of a shell; nothing where it could be typed. `env` is what lines before exported.
 * @param {string} line @param {Record<string, string>} [env]
 */
export function complaint(line, env = {}) {
  const bare = line.replace(/\s+#.*$/, "").trim();
  if (bare === "" || bare.startsWith("#")) return undefined;
  const parts = bare.split(/ (?:&&|\|\|) /);
  if (parts.length > 1) return parts.map((part) => complaint(part, env)).find(Boolean);
  const [, name, value] = /^export (\w+)=(.*)$/.exec(bare) ?? [];
  if (name) {
    env[name] = value;
    return /^COCART_/.test(name) && !read("pkg-template/cli/arguments.js").includes(`env.${name}`) ? `nothing reads ${name}` : undefined;
  }
  if (FOREIGN.test(bare)) return undefined;
  const [program, ...args] = words(bare.replace(/^time /, ""));
  if (program === "make") return make(args.filter((word) => word !== "…"));
  if (program === "npx" && args[0] === "cocart-wasm") return snapshot(args.slice(1), env);
  if (program === "npm" && args[0] === "install") return npmInstall(args.slice(1));
  if (program === "node") return node(args.filter((word) => !isPlaceholder(word)));
  if (program === "cargo") return cargo(args, bare);
  if (/^scripts\//.test(program)) return existsSync(join(ROOT, program)) && statSync(join(ROOT, program)).mode & 0o111 ? undefined : `${program} cannot be run`;
  return `${program} is no command of the documentation's`;
}

/** The commands of a page outside its fences: indented lines and code in the text. */
export function commandsIn(text) {
  const prose = text.replace(/^```[^]*?^```/gm, (fence) => "\n".repeat(fence.split("\n").length - 1));
  const found = [];
  const starts = /^(time )?(make|npx|npm|cargo|node|scripts\/[\w-]+\.sh)( |$)/;
  for (const [at, line] of prose.split("\n").entries()) {
    const indented = /^ {4}(\S.*)$/.exec(line)?.[1];
    const spans = indented && starts.test(indented) ? [indented] : [...line.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
    for (const code of spans) if (starts.test(code)) found.push({ line: at + 1, code });
  }
  return found;
}
