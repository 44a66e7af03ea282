#!/usr/bin/env node
// Writes docs/errors.md: `node scripts/errors.mjs`. Codes, statuses and messages of the engine come from the package itself, which is asked for each.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { elsewhere, open, own, refusals, unauthorized } from "./errors/own.mjs";
import { v1 } from "./errors/v1.mjs";
import { cart, details, products, protocol } from "./errors/v2.mjs";

const ROOT = join(import.meta.dirname, "..");
export const PAGE = join(ROOT, "docs", "errors.md");

const send = (to, [method, path, body]) => to.request(method, path, { body, headers: typeof body === "string" ? { "Content-Type": "application/json" } : undefined });

/** What the engine answers to a row's request. */
export async function answer({ profile, given = [], ask }) {
  const to = await open({ profile });
  for (const request of given) {
    const { status, body } = send(to, request);
    if (status >= 400) throw new Error(`${request.join(" ")}: ${body.code}`);
  }
  const { status, body } = send(to, ask);
  to.close();
  return { status, code: body.code, message: body.message, details: body.data?.details };
}

const cell = (text) => String(text).replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
const table = (head, rows) => [`| ${head.join(" | ")} |`, `| ${head.map(() => "---").join(" | ")} |`, ...rows.map((row) => `| ${row.map(cell).join(" | ")} |`)].join("\n");

async function met(rows) {
  const cells = [];
  for (const row of rows) {
    const { status, code, message } = await answer(row);
    if (code !== row.code) throw new Error(`${row.code}: ${row.ask.join(" ")} answered ${status} ${code}`);
    cells.push([`\`${code}\``, status, message, row.when, row.what]);
  }
  return table(["code", "status", "message", "when", "what to do"], cells);
}

async function ours() {
  const cells = [];
  for (const { code, comes, when, what, meet, proof } of own) {
    const found = meet && (await meet());
    if (meet && found.code !== code) throw new Error(`${code}: met ${found.code}`);
    cells.push([`\`${code}\``, comes, when, what, meet ? "here" : `\`${proof}\``]);
  }
  return table(["code", "comes as", "when", "what to do", "provoked"], cells);
}

/** The page, whole. */
export async function render() {
  // first what has to happen before the module is loaded
  const first = await ours();
  const told = (rows) => table(["code", "status", "when"], rows.map(([code, status, when]) => [`\`${code}\``, status, when]));
  return `# Errors

<!-- Written by \`node scripts/errors.mjs\` (after \`make package\`), held by tests/node/errors.test.mjs. -->

Rows with a message were provoked in the package when this page was written, and show what came.

A refusal is a \`CartError\`: \`code\`, \`message\`, \`status\` (what the server would have sent; 0 where there is none), \`data\`, \`retryable\`. Go by the code; messages are for people, change with
[the shop's language](languages.md), and here show an example's product. \`cart.request\` and \`cart.fetch\` answer with the error document instead of throwing. \`codes\` has the codes an app is likely to
act on as constants.

\`\`\`js
import { CartError, codes, createCart } from "cocart-wasm";

const cart = await createCart({ store: { format: 1, complete: true, products: [{ id: 1, name: "Mug", price: "10", stock_status: "outofstock" }] }, storage: "memory" });
try {
  cart.addItem({ id: 1 });
} catch (error) {
  console.log(error instanceof CartError, error.code === codes.PRODUCT_OUT_OF_STOCK, error.status); // true true 404
}
cart.close();
\`\`\`

A change that is accepted here and refused by the shop later is a *conflict* (\`cart.conflicts\`, event \`conflict\`) with the shop's code and words.

## This package's own

${first}

## API v2: the cart

${await met(cart)}

## Requests that are wrong

${await met(protocol)}

## API v2: products

From a snapshot with its catalogue (\`--catalogue\`); otherwise the shop answers, with codes of its own.

${await met(products)}

## API v1: the cart

Statuses and messages are v1's own. API v1's products answer as v2's.

${await met(v1)}

## Refusals only the shop can give

When a change is told to it. Each becomes a conflict with the shop's words; \`retry()\` asks once more, \`dismiss()\` lets go.

${told(refusals)}

## A new sign-in

When a change is told to the shop. What waits is kept; \`cart.sync()\` rejects with \`cocart_wasm_unauthorized\`.

${told(unauthorized)}

## Answers of routes that are the shop's alone

The engine gives none of these to a guest, and no test here provokes them; they come as the shop sends them: rejections of \`cart.login\`, \`cart.sessions\`, \`cart.products\`, or answers of \`cart.fetch\`.

${told(elsewhere)}
`;
}

if (process.argv[1] === import.meta.filename) {
  const text = await render();
  let before = "";
  try {
    before = readFileSync(PAGE, "utf8");
  } catch {
    // the first time
  }
  writeFileSync(PAGE, text);
  console.log(before === text ? "docs/errors.md is as it was" : "docs/errors.md is new");
  process.exit(0);
}

export { details, elsewhere, own, refusals, unauthorized, v1 };
export const v2 = [...cart, ...protocol, ...products];
