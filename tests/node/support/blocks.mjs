// The code blocks of the documentation, and what is done with each: run, compiled, or left alone.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..", "..");

/** README.md and every page under docs/, as `{ file, text }` with the path from the root. */
export function pages() {
  const found = readdirSync(join(ROOT, "docs"), { recursive: true, withFileTypes: true });
  const docs = found.filter((entry) => entry.isFile() && entry.name.endsWith(".md")).map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
  return ["README.md", "pkg-template/README.md", ...docs.sort()].map((file) => ({ file, text: readFileSync(join(ROOT, file), "utf8") }));
}

/** What a fence's first words say is done with its block. */
const WAYS = {
  js: "run",
  "js browser": "bundle",
  jsx: "bundle",
  ts: "bundle",
  html: "page",
  vue: "vue",
  svelte: "svelte",
  sh: "shell",
  yaml: "yaml",
  php: "php",
  json: "json",
  text: "leave",
};

/** The blocks of a page: `{ file, line, language, way, code }`. */
export function blocks({ file, text }) {
  const list = [];
  let open;
  for (const [at, line] of text.split("\n").entries()) {
    if (!line.startsWith("```")) open?.lines.push(line);
    else if (open) {
      list.push({ ...open, code: open.lines.join("\n") });
      open = undefined;
    } else {
      const language = line.slice(3).trim();
      open = { file, line: at + 1, language, way: WAYS[language], lines: [] };
    }
  }
  if (open) throw new Error(`${file}:${open.line}: a block that never ends`);
  return list;
}

const PRINTED = /^(\s*)console\.log\((.*)\); \/\/ (.+)$/;

/** The code with each `console.log(…); // text` held to its text: a call of `expectPrinted` with the line's number. */
export function held(code, firstLine) {
  const expected = [];
  const lines = code.split("\n").map((line, at) => {
    const [, indent, what, text] = PRINTED.exec(line) ?? [];
    if (text === undefined) return line;
    expected.push({ line: firstLine + 1 + at, text });
    return `${indent}globalThis.expectPrinted(${expected.length - 1}, ${what});`;
  });
  return { code: lines.join("\n"), expected };
}

/** Whether what was printed is what a comment says: quotes of either kind, and `…` for anything. */
export function isPrinted(printed, text) {
  const plain = (of) => of.replaceAll("'", '"').replace(/\s+/g, " ").trim();
  const pattern = plain(text).split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  return new RegExp(`^${pattern}$`).test(plain(printed));
}
