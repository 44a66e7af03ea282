import { rename, rm, writeFile } from "node:fs/promises";

/** Writes to a file, which is whole or not there, or to standard output until everything has gone out. */
export async function writeOut(text, file) {
  if (file === undefined) {
    return new Promise((done, fail) => {
      process.stdout.once("error", fail);
      process.stdout.write(text, (error) => (error ? fail(error) : done()));
    });
  }
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
