import type { CheckoutSettingsObject } from '@/contracts/checkout-settings';

export interface CheckoutDraft {
  readonly displayName: string;
  readonly promptName: string;
  readonly supportPhone: string;
  readonly brandColour: string;
  /** One in a line. */
  readonly hosts: string;
}

export function draftOf(settings: CheckoutSettingsObject): CheckoutDraft {
  return {
    displayName: settings.display_name ?? '',
    promptName: settings.prompt_name ?? '',
    supportPhone: settings.support_phone ?? '',
    brandColour: settings.brand_colour ?? '',
    hosts: settings.return_hosts.join('\n'),
  };
}

export function bodyOf(draft: CheckoutDraft) {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    display_name: orNull(draft.displayName),
    prompt_name: orNull(draft.promptName),
    support_phone: orNull(draft.supportPhone.replaceAll(/[\s()-]/g, '')),
    brand_colour: orNull(draft.brandColour),
    return_hosts: [
      ...new Set(
        draft.hosts
          .split(/[\s,]+/)
          .map((host) => host.toLowerCase())
          .filter((host) => host !== ''),
      ),
    ],
  };
}

export function isSame(a: CheckoutDraft, b: CheckoutDraft): boolean {
  return JSON.stringify(bodyOf(a)) === JSON.stringify(bodyOf(b));
}

export function isColour(text: string): boolean {
  return /^#[0-9a-fA-F]{6}$/.test(text);
}

/** Whether black reads better on it than white: WCAG's relative luminance. */
export function isLight(colour: string): boolean {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.179;
}

/** `Volta Data` as `VD`. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => [...word][0]) : [...(words[0] ?? '?')].slice(0, 2);
  return letters.join('').toUpperCase();
}
