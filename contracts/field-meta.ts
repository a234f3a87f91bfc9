/** What the reference says of fields that many objects have, in one wording. For `.meta()`. */

export const idMeta = (prefix: string, meaning: string) => ({
  description: `${meaning} Begins with \`${prefix}_\`.`,
  example: `${prefix}_a1b2c3`,
});

export const timeMeta = (meaning: string, example = '2026-05-24T10:00:00Z') => ({
  description: meaning,
  format: 'date-time',
  example,
});

export const minorMeta = (meaning: string, example: number) => ({
  description: `${meaning} In minor units.`,
  example,
});

export const objectMeta = { description: 'The kind of object.' };

export const livemodeMeta = { description: 'False in test mode, true in live mode.', example: false };

export const currencyMeta = { description: 'ISO 4217 code, three capital letters.', example: 'GHS' };

/** Of the object that a path names. */
export const pathIdMeta = (prefix: string, noun: string) => ({
  description: `The ${noun}’s id. Begins with \`${prefix}_\`.`,
  example: `${prefix}_a1b2c3`,
});
