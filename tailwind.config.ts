import type { Config } from 'tailwindcss';

/** Names in classes, values in `app/globals.css`: light and dark change the variables, never a class. */
export default {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  darkMode: ['selector', '[data-theme="dark"]'],
  theme: {
    extend: {
      colors: {
        paper: 'var(--paper)',
        surface: 'var(--surface)',
        sunken: 'var(--sunken)',
        line: { DEFAULT: 'var(--line)', strong: 'var(--line-strong)', input: 'var(--line-input)' },
        ink: { DEFAULT: 'var(--ink)', 2: 'var(--ink-2)', 3: 'var(--ink-3)' },
        green: { DEFAULT: 'var(--green)', ink: 'var(--green-ink)', tint: 'var(--green-tint)', on: 'var(--on-green)' },
        gold: { DEFAULT: 'var(--gold)', tint: 'var(--gold-tint)', line: 'var(--gold-line)' },
        red: { DEFAULT: 'var(--red)', tint: 'var(--red-tint)' },
        amber: { DEFAULT: 'var(--amber)', tint: 'var(--amber-tint)' },
        blue: { DEFAULT: 'var(--blue)', tint: 'var(--blue-tint)' },
        focus: 'var(--focus)',
        // shadcn's names, so that its components read as they were written.
        background: 'var(--paper)',
        foreground: 'var(--ink)',
        primary: { DEFAULT: 'var(--green)', foreground: 'var(--on-green)' },
        secondary: { DEFAULT: 'var(--surface)', foreground: 'var(--ink)' },
        muted: { DEFAULT: 'var(--sunken)', foreground: 'var(--ink-2)' },
        accent: { DEFAULT: 'var(--sunken)', foreground: 'var(--ink)' },
        border: 'var(--line-strong)',
        input: 'var(--line-input)',
        ring: 'var(--focus)',
      },
      fontFamily: { sans: ['var(--font-sans)'], mono: ['var(--font-mono)'] },
      fontSize: {
        12: ['12px', '16px'],
        13: ['13px', '20px'],
        14: ['14px', '22px'],
        16: ['16px', '26px'],
        20: ['20px', '28px'],
        28: ['28px', '36px'],
      },
      borderRadius: { control: 'var(--radius-control)', card: 'var(--radius-card)' },
    },
  },
} satisfies Config;
