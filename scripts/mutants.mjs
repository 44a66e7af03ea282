// What the tests of src/sync do not notice: every mutant that cargo-mutants lists, all of them built into one binary in which COCART_MUTANT picks
// one (a build for each takes days). Each is run against the named tests, then the unit tests, then the simulator; who survives all three is printed.
// usage: nice node scripts/mutants.mjs [part of a mutant's name]
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const FILES = "src/sync/*.rs";
/** What a run may take, beside ten times what it takes unchanged. */
const SECONDS = 5;
const KILOBYTES = 4_000_000;
/** Asked by every mutated function: which mutant this process is to be. */
const CHOICE = `
#[doc(hidden)]
#[allow(missing_docs)]
pub fn mutant() -> u32 {
    static CHOSEN: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    *CHOSEN.get_or_init(|| std::env::var("COCART_MUTANT").ok().and_then(|id| id.parse().ok()).unwrap_or(u32::MAX))
}
`;

const [, , wanted = ""] = process.argv;
const tree = resolve(process.env.CARGO_TARGET_DIR ?? "target", "mutants");
// a target of its own: cargo tells a copy of the workspace from the workspace itself by nothing but its times
const env = { ...process.env, CARGO_TARGET_DIR: join(tree, "target") };
const options = { encoding: "utf8", maxBuffer: 2 ** 30, stdio: ["ignore", "pipe", "inherit"], env };
const listed = execFileSync("cargo", ["mutants", "--list", "--json", "-p", "cocart-wasm", "-f", FILES], options);
// (the length of a constant table, which no other would fit, is in no function)
const mutants = JSON.parse(listed).filter((mutant) => mutant.function).map((mutant, id) => ({ ...mutant, id }));
const sources = new Map([...new Set(mutants.map(({ file }) => file))].map((file) => [file, readFileSync(file, "utf8")]));

const refused = join(tree, "refused.json");
const known = new Set(existsSync(refused) ? JSON.parse(readFileSync(refused, "utf8")) : []);
for (const mutant of mutants) mutant.broken = known.has(mutant.name);
copyRest();
for (let errors = 1; errors > 0; ) errors = dropBroken();
writeFileSync(refused, JSON.stringify(mutants.filter(({ broken }) => broken).map(({ name }) => name)));
const built = mutants.filter(({ broken }) => !broken);
console.log(`${mutants.length} mutants, ${mutants.length - built.length} do not build`);

const stages = [
  { name: "named tests", run: [binary("simulation", "failures"), "-q"] },
  { name: "unit tests", run: [binary("cocart-wasm", "lib"), "-q", "sync::"] },
  { name: "simulator", run: [binary("simulation", "mutations"), "-q", "it_holds", "itself_holds"] },
];
for (const stage of stages) {
  const start = Date.now();
  if (run(stage, -1, 600).status !== 0) throw new Error(`the ${stage.name} fail without a mutant`);
  stage.seconds = SECONDS + (Date.now() - start) / 100;
}
const chosen = built.filter(({ name }) => name.includes(wanted));
const results = chosen.map(({ id, name }) => {
  const stage = stages.find((each) => run(each, id, each.seconds).status !== 0);
  if (!stage) console.log(`survives: ${name}`);
  return { name, by: stage?.name ?? "nobody" };
});
writeFileSync(join(tree, "results.json"), JSON.stringify(results, null, 1));
for (const { name } of [...stages, { name: "nobody" }]) {
  console.log(`found by ${name}: ${results.filter(({ by }) => by === name).length} of ${results.length}`);
}

/** Everything the build needs beside the mutated files, written only where it changed. */
function copyRest() {
  const listed = execFileSync("git", ["ls-files", "-z", "Cargo.*", "src", "benches", "tools", "tests/simulation", "tests/*.rs", "pkg-template"], options);
  const files = new Set(listed.split("\0").filter((file) => file && existsSync(file)));
  // what an earlier run copied and is there no more
  const before = ["src", "tests"].map((folder) => join(tree, folder)).filter((folder) => existsSync(folder));
  for (const folder of before) {
    for (const name of readdirSync(folder, { recursive: true })) {
      const path = join(folder, name);
      if (path.endsWith(".rs") && !files.has(relative(tree, path))) rmSync(path);
    }
  }
  for (const file of [...files].filter((each) => !sources.has(each))) {
    const content = file === "src/lib.rs" ? readFileSync(file, "utf8") + CHOICE : readFileSync(file);
    write(file, content);
  }
}

function write(file, content) {
  const to = join(tree, file);
  if (existsSync(to) && readFileSync(to).equals(Buffer.from(content))) return;
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, content);
}

/** Writes all mutants that are not known to be broken, and finds those that the compiler refuses. */
function dropBroken() {
  for (const [file, source] of sources) write(file, mutated(source, mutants.filter((each) => each.file === file && !each.broken)));
  const args = ["check", "--profile", "native", "-p", "cocart-wasm", "--features", "simulation", "--message-format=json"];
  const out = spawnSync("cargo", args, { ...options, cwd: tree }).stdout.split("\n").filter((line) => line.startsWith("{"));
  const errors = out.map((line) => JSON.parse(line).message).filter((message) => message?.level === "error" && message.spans.length > 0);
  for (const { spans, rendered } of errors) {
    const of = (some) => some.map(idAt).filter((id) => id !== undefined);
    const ids = [of(spans.filter((span) => span.is_primary)), of(spans)].find((some) => some.length > 0);
    if (!ids) throw new Error(`no mutant's doing: ${rendered}`);
    for (const id of ids) mutants[id].broken = true;
  }
  return errors.length;
}

/** The mutant in whose version of a function a message points. */
function idAt({ file_name, line_start }) {
  if (!sources.has(file_name)) return undefined;
  const lines = readFileSync(join(tree, file_name), "utf8").split("\n").slice(0, line_start);
  const marks = lines.map((line) => /^\/\*(?:mutant (\d+)|original|end)\*\//.exec(line)).filter(Boolean);
  return marks.at(-1)?.[1] && Number(marks.at(-1)[1]);
}

/** A source with every function's body there as often as it has mutants, and once as it is. */
function mutated(source, own) {
  const starts = [0];
  for (const line of source.split("\n")) starts.push(starts.at(-1) + line.length + 1);
  const at = ({ line, column }) => starts[line - 1] + column - 1;
  const bodies = new Map();
  for (const mutant of own) {
    const { span } = mutant.function;
    const [from, to] = [at(span.start), at(span.end)];
    // as rustfmt has it: the first line that ends in a brace, below comments and attributes
    const open = /^(?!\s*(?:\/\/|#)).*\{$/m.exec(source.slice(from, to));
    const head = from + open.index + open[0].length;
    if (!bodies.has(head)) bodies.set(head, { tail: to - 1, type: mutant.function.return_type, mutants: [] });
    bodies.get(head).mutants.push(mutant);
  }
  let text = source;
  for (const [head, { tail, type, mutants: all }] of [...bodies].sort(([a], [b]) => b - a)) {
    const boxed = /^-> impl (.*)$/s.exec(type);
    const arm = (code) => (boxed ? `{ let one: Box<dyn ${boxed[1]} + '_> = Box::new({${code}}); one }` : `{${code}}`);
    const variants = all.map(({ id, span, replacement }) => {
      const code = source.slice(head, at(span.start)) + replacement + source.slice(at(span.end), tail);
      return `\n/*mutant ${id}*/ ${id} => ${arm(code)}`;
    });
    const whole = `match crate::mutant() {${variants.join("")}\n/*original*/ _ => ${arm(source.slice(head, tail))}\n}\n/*end*/`;
    text = text.slice(0, head) + whole + text.slice(tail);
  }
  return text.replaceAll("const fn ", "fn ");
}

function binary(of, name) {
  const which = name === "lib" ? ["--lib"] : ["--test", name];
  const args = ["test", "--profile", "native", "-p", of, ...which, "--no-run", "--message-format=json"];
  const out = execFileSync("cargo", args, { ...options, cwd: tree }).split("\n").filter((line) => line.startsWith("{"));
  return out.map((line) => JSON.parse(line)).filter(({ executable }) => executable).at(-1).executable;
}

function run({ run: [program, ...args] }, id, seconds) {
  const env = { ...process.env, COCART_MUTANT: String(id), RUST_BACKTRACE: "0" };
  return spawnSync("bash", ["-c", `ulimit -v ${KILOBYTES}; exec "$0" "$@"`, program, ...args], { env, timeout: Math.ceil(seconds * 1000), killSignal: "SIGKILL", stdio: "ignore" });
}
