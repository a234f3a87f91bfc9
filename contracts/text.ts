import { z } from 'zod';

/**
 * Text that people read. Control characters (tab and line ends aside) and lone surrogates are refused: the database
 * cannot hold the one, and would silently change the other under a hash that covers it.
 */
const READABLE = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u;

export const readableText = (maxLength: number, minLength = 1) =>
  z
    .string()
    .min(minLength)
    .max(maxLength)
    .regex(READABLE, 'may not contain control characters')
    // JSON Schema's patterns are Unicode's anyway and have no place for flags.
    .meta({ pattern: READABLE.source });

export const descriptionSchema = readableText(500).meta({
  description: 'What the money was for, as a person reads it.',
  example: '10 SMS messages sent',
});

export const reasonSchema = readableText(500).meta({ description: 'Why; kept in the audit log.' });

/** Compared byte for byte. */
export const referenceSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
  .meta({
    description: 'Your own reference, unique per wallet and operation for ever; repeating it repeats the first answer.',
    example: 'sms_batch_8821',
  });

export const customerIdSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII')
  .meta({ description: 'Your own id of the customer.', example: 'cus_abc123' });

/** An instant with its zone, as epoch milliseconds. Finer than a millisecond is cut off. */
export const instantSchema = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date and time with a zone, such as 2026-08-01T00:00:00Z' })
  .transform((text) => Date.parse(text))
  .meta({ description: 'ISO 8601 time with its zone.', format: 'date-time', example: '2030-01-01T00:00:00Z' });
