/**
 * Something that can go wrong in ordinary use: a bad setting, a taken port, no network. It reaches the user as one
 * line (with an optional excerpt of a tool's own output below it), never as a stack trace.
 */
export class Failure extends Error {
  /**
   * @param {string} message one sentence: what is wrong and what to do about it
   * @param {{ output?: string }} [detail] the output of a tool that failed; both its ends are shown
   */
  constructor(message, detail = {}) {
    super(message);
    this.name = 'Failure';
    this.output = detail.output ?? '';
  }
}

/** @param {unknown} error */
export function printFailure(error) {
  if (error instanceof Failure) {
    if (error.output) process.stderr.write(`\n${excerpt(error.output)}\n`);
    process.stderr.write(`\npesewa: ${error.message}\n`);
    return;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`\npesewa: a fault in Pesewa itself, please report it.\n${stack}\n`);
}

/**
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/**
 * Some tools give the cause first, some last.
 * @param {string} text
 */
function excerpt(text) {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= 40) return lines.join('\n');
  return [...lines.slice(0, 15), `… ${lines.length - 40} lines left out …`, ...lines.slice(-25)].join('\n');
}
