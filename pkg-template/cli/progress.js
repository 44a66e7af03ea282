/** What is being read, on standard error: one line that moves in a terminal, a line for each part elsewhere. */
export class Progress {
  #out;
  #quiet;
  #open = false;

  constructor(out, quiet = false) {
    this.#out = out;
    this.#quiet = quiet;
  }

  /** @param {string} what @param {number} done @param {number} [total] */
  step(what, done, total) {
    if (this.#quiet) return;
    const text = `${what}: ${done}${total === undefined || total === done ? "" : ` of ${total}`}`;
    if (this.#out.isTTY) {
      this.#out.write(`\r\x1b[K${text}`);
      this.#open = true;
    } else if (total === undefined || done === total) {
      this.#out.write(`${text}\n`);
    }
  }

  /** What a person has to know, whatever else is shown. */
  note(text) {
    this.end();
    if (!this.#quiet) this.#out.write(`${text}\n`);
  }

  /** What may be wrong; said even when quiet. */
  warn(text) {
    this.end();
    this.#out.write(`warning: ${text}\n`);
  }

  end() {
    if (this.#open) this.#out.write("\n");
    this.#open = false;
  }
}
