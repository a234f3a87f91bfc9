import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import type { ReactNode } from 'react';
import './globals.css';

const sans = localFont({
  src: '../components/fonts/geist-sans-latin.woff2',
  variable: '--font-geist-sans',
  weight: '400 600',
  display: 'swap',
});

const mono = localFont({
  src: '../components/fonts/geist-mono-latin.woff2',
  variable: '--font-geist-mono',
  weight: '400 600',
  display: 'swap',
  adjustFontFallback: false,
  fallback: ['ui-monospace', 'SF Mono', 'Menlo', 'Liberation Mono', 'monospace'],
});

export const metadata: Metadata = {
  title: { default: 'Pesewa', template: '%s · Pesewa' },
  description: 'Prepaid wallets on a double-entry ledger.',
  applicationName: 'Pesewa',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#121412' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${sans.variable} ${mono.variable}`} suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
