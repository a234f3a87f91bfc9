import { z } from 'zod';
import { MOBILE_CHANNELS } from '@/contracts/channels';

/**
 * What the payer has chosen while a code is asked of them: kept with the top-up, so that no number stands in an address and
 * the link can be opened again.
 */
const draftSchema = z.object({
  channel: z.enum(MOBILE_CHANNELS),
  /** E.164 digits without a plus. */
  phone: z.string(),
  isNetworkConfirmed: z.boolean(),
  codeSentAtMs: z.number(),
  codeUntilMs: z.number(),
  /** After a wrong code. */
  triesLeft: z.number().nullable(),
  /** On test books where nothing sends messages. */
  testCode: z.string().nullable(),
});

export type Draft = z.output<typeof draftSchema>;

/** Null for none, and for one that an earlier release wrote otherwise: then the choice is made again. */
export function readDraft(text: string | null): Draft | null {
  if (text === null) return null;
  const parsed = draftSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

export function writeDraft(draft: Draft | null): string | null {
  return draft === null ? null : JSON.stringify(draft);
}
