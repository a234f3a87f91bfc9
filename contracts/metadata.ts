import { z } from 'zod';

export const METADATA_KEYS_MAX = 50;
export const METADATA_KEY_LENGTH_MAX = 40;
export const METADATA_VALUE_LENGTH_MAX = 500;
export const METADATA_BYTES_MAX = 8192;

const metadataValue = z.union([z.string().max(METADATA_VALUE_LENGTH_MAX), z.number(), z.boolean(), z.null()], {
  error: `must be a string of at most ${METADATA_VALUE_LENGTH_MAX} characters, a number, true, false or null`,
});

/** Free facts of the caller's. Scalars only, so that it can be shown, searched and exported as a flat list. */
export const metadataSchema = z
  .record(z.string().min(1).max(METADATA_KEY_LENGTH_MAX), metadataValue)
  .check((context) => {
    if (Object.keys(context.value).length > METADATA_KEYS_MAX) {
      context.issues.push({
        code: 'custom',
        message: `may have at most ${METADATA_KEYS_MAX} keys`,
        input: context.value,
      });
    } else if (utf8Length(JSON.stringify(context.value)) > METADATA_BYTES_MAX) {
      context.issues.push({
        code: 'custom',
        message: `may take at most ${METADATA_BYTES_MAX} bytes as JSON`,
        input: context.value,
      });
    }
  })
  .meta({
    description: `Your own data: up to ${METADATA_KEYS_MAX} keys of at most ${METADATA_KEY_LENGTH_MAX} characters with scalar values; ${METADATA_BYTES_MAX} bytes as JSON in all.`,
    example: { tier: 'pro' },
  });

export type Metadata = z.output<typeof metadataSchema>;

/** As answers show it: what was stored is not judged again. */
export const metadataViewSchema = z.record(z.string(), z.unknown()).meta({
  description: 'Your own data, as you sent it; an empty object when there is none.',
  example: {},
});

/** Short metadata, which is nearly all of it, needs no encoder. */
function utf8Length(text: string): number {
  return text.length * 3 <= METADATA_BYTES_MAX ? text.length : new TextEncoder().encode(text).length;
}
