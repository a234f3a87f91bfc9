/**
 * Megabytes of old space. Without a bound V8 lets garbage lie until the machine's memory is its limit; with a tight one it
 * collects all the time, which was measured as a p99 twice as long.
 */
const HEAP_MB = 320;

/** Flags of Node.js that the server runs with, here and in the bench. */
export const serverFlags = ['--enable-source-maps', `--max-old-space-size=${HEAP_MB}`];
