/** Megabytes of old space. Without a bound V8 lets garbage lie until the machine's memory is its limit. */
const HEAP_MB = 192;

/** Flags of Node.js that the server runs with, here and in the bench. */
export const serverFlags = ['--enable-source-maps', `--max-old-space-size=${HEAP_MB}`];
