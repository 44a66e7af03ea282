#!/usr/bin/env node
import { ShopError } from "./client.js";
import { HELP, UsageError, readArguments } from "./arguments.js";
import { version } from "./importer.js";
import { Progress } from "./progress.js";
import { report, reportText } from "./report.js";
import { makeSnapshot } from "./snapshot.js";
import { writeOut } from "./output.js";

/** What the command ends with. */
const EXIT = { made: 0, failed: 1, usage: 2, refused: 3, overBudget: 4 };

async function main() {
  const settings = readArguments(process.argv.slice(2), process.env);
  if (settings.show === "help") return void (await writeOut(HELP));
  if (settings.show === "version") return void (await writeOut(`${version()}\n`));
  const progress = new Progress(process.stderr, settings.quiet);
  try {
    const text = await makeSnapshot(settings, progress);
    const sizes = report(text);
    await writeOut(`${text}\n`, settings.out);
    progress.note(reportText(sizes));
    if (settings.report) await writeOut(`${JSON.stringify(sizes, null, 2)}\n`, settings.report);
    if (settings.budget !== undefined && sizes.perProduct.gzip > settings.budget) {
      progress.note(`over budget: ${sizes.perProduct.gzip} bytes gzip for each product, ${settings.budget} allowed`);
      process.exitCode = EXIT.overBudget;
    }
  } finally {
    progress.end();
  }
}

main().catch((error) => {
  if (error?.code === "EPIPE") return void (process.exitCode = EXIT.failed);
  const known = error instanceof UsageError || error instanceof ShopError;
  process.stderr.write(`cocart-wasm: ${known ? error.message : (error?.stack ?? error)}\n`);
  if (error instanceof UsageError) process.stderr.write("cocart-wasm snapshot --help says more\n");
  process.exitCode = error instanceof UsageError ? EXIT.usage : error?.refused ? EXIT.refused : EXIT.failed;
});
