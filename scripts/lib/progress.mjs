const interactive = Boolean(process.stdout.isTTY) && !process.env.CI;
const coloured = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
const titleWidth = 44;
const quietMs = 1_000;
const heartbeatMs = 20_000;

/** @param {string} code */
const paint = (code) => (/** @type {string} */ text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint('1');
export const dim = paint('2');
export const green = paint('32');
export const red = paint('31');

// A closed terminal must not keep the shutdown from finishing.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

/** @param {string} [line] */
export function say(line = '') {
  process.stdout.write(`${line}\n`);
}

/** @param {number} ms */
export function formatDuration(ms) {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs one step and says so: a counting line on a terminal; elsewhere a line once it takes longer than a second, a
 * sign of life now and then, and a line at the end.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = performance.now();
  const elapsed = () => formatDuration(performance.now() - startedAt);
  const timers = interactive
    ? [setInterval(() => process.stdout.write(`\r  … ${title.padEnd(titleWidth)} ${dim(elapsed())}`), 200)]
    : [
        setTimeout(() => say(`  … ${title}`), quietMs),
        setInterval(() => say(`  … ${title} (${elapsed()} so far)`), heartbeatMs),
      ];
  const settle = (/** @type {string} */ mark) => {
    for (const timer of timers) clearInterval(timer);
    if (interactive) process.stdout.write('\r\u001b[2K');
    say(`  ${mark} ${title.padEnd(titleWidth)} ${dim(elapsed())}`);
  };
  try {
    const result = await work();
    settle(green('✓'));
    return result;
  } catch (error) {
    settle(red('✗'));
    throw error;
  }
}
