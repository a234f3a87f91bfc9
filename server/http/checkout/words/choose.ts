import { en, type Words } from './en';
import { fr } from './fr';
import { sw } from './sw';

/** Every language of the checkout, the one for everybody else first. */
export const LANGUAGES: readonly Words[] = [en, fr, sw];

const ASKED_MAX = 20;

/**
 * The words for a browser's `Accept-Language` (RFC 9110, 12.5.4): the language it likes best of those there are, whatever
 * its region; English where it names none of them.
 */
export function wordsFor(acceptLanguage: string | null): Words {
  const asked = (acceptLanguage ?? '')
    .split(',', ASKED_MAX)
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((text) => text.trim());
      const quality = parameters.find((text) => /^q=/i.test(text));
      return { language: range.split('-')[0]?.toLowerCase() ?? '', weight: weightOf(quality) };
    })
    .filter(({ weight }) => weight > 0);
  let best: { readonly words: Words; readonly weight: number } | null = null;
  for (const { language, weight } of asked) {
    const words = LANGUAGES.find(({ lang }) => lang === language);
    // Among equals the one named first.
    if (words !== undefined && (best === null || weight > best.weight)) best = { words, weight };
  }
  return best?.words ?? en;
}

/** What cannot be read is wanted least, not most. */
function weightOf(quality: string | undefined): number {
  if (quality === undefined) return 1;
  const value = Number(quality.slice(2));
  return Number.isFinite(value) && value >= 0 && value <= 1 ? value : 0.001;
}
