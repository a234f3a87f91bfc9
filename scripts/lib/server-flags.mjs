/** Megabytes of old space. Without a bound V8 lets garbage lie until the machine's memory is its limit. */
const HEAP_MB = 224;
/** Megabytes of each half of new space: most of what a request makes is dead before it would be copied to the old one. */
const YOUNG_MB = 32;

/** Flags of Node.js that the server runs with, here and in the bench. */
export const serverFlags = [
  '--enable-source-maps',
  `--max-old-space-size=${HEAP_MB}`,
  `--max-semi-space-size=${YOUNG_MB}`,
];
