// Figures as text and as Markdown.
import { cpus } from "node:os";

export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

export const low = (list) => Math.min(...list);

export const figure = (number) =>
  number >= 1000 ? Math.round(number).toLocaleString("en-US") : number >= 100 ? number.toFixed(0) : number >= 1 ? number.toFixed(1) : number.toFixed(2);

/** A table in Markdown that is also fit for a terminal. */
export function table(head, rows) {
  const width = head.map((cell, at) => Math.max(...[head, ...rows].map((row) => [...String(row[at])].length)));
  const pad = (cell, at) => (at ? String(cell).padStart(width[at]) : String(cell).padEnd(width[at]));
  const line = (row) => `| ${row.map(pad).join(" | ")} |`;
  const rule = `| ${width.map((size, at) => (at ? `${"-".repeat(size - 1)}:` : "-".repeat(size))).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

const OPERATIONS = ["change", "add", "remove"];

/** One work's table: minimum, median, and how many times as long as the first row (the median of the rounds' ratios). */
export function contest(rows) {
  const [first] = rows;
  const cells = ({ name, times, fold }) => [
    name,
    ...OPERATIONS.flatMap((operation) => {
      const list = times[operation];
      const base = first.times[operation];
      const ratio = list.length === base.length ? median(list.map((time, at) => time / base[at])) : median(list) / median(base);
      return [figure(low(list)), figure(median(list)), ratio >= 10 ? figure(ratio) : ratio.toFixed(2)];
    }),
    fold ? figure(fold) : "–",
  ];
  return table(["µs", ...OPERATIONS.flatMap((operation) => [`${operation}, min`, "median", "ratio"]), "+ folding"], rows.map(cells));
}

export function machine(browser) {
  const [{ model }] = cpus();
  return `${cpus().length} × ${model.trim()}, Chromium ${browser.version()}, Node ${process.versions.node}`;
}
