import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FIXTURES, type Fixture, fixtureHtml } from './testing';

/** What a person reads, a space between elements. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script|title)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<noscript>[\s\S]*?<\/noscript>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,])/g, '$1');
}

const pageOf = (name: string): string => fixtureHtml(FIXTURES[name] as Fixture);

/** The words of the design's table, state by state. */
const COPY: Readonly<Record<string, readonly string[]>> = {
  start: [
    'Top up Ama’s wallet 50.00 Fee 1.00 You pay GHS 51.00',
    'How do you want to pay?',
    'Mobile money',
    'Mobile money number 10 digits. Example: 024 123 4567',
    'No money moves until you approve on your phone.',
    'We never ask for your PIN on this page.',
    'Pay GHS 51.00',
    'Payment number 7K4M-2Q9X Help: call Volta Data, 030 290 0148',
    'Cancel and go back to Volta Data',
  ],
  card: ['You type your card on a page of Paystack, our card partner. Then you come back here.', 'Go to the card page'],
  'start-bank': [
    'We show you an account number. You send GHS 51.00 to it from your bank’s app.',
    'Show the account number',
  ],
  kenya: [
    'M-Pesa Safaricom',
    'M-Pesa number 10 digits. Example: 0712 345 678',
    'Pay KES 663',
    'Top up Wanjiru’s wallet 650',
  ],
  phone: ['020 is a Telecel number and you chose MTN. Choose Telecel, or type your MTN number.'],
  locked: [
    'Your mobile money number 024 ••• 4567',
    'This is the number Volta Data has for Ama. To change it, ask Volta Data.',
  ],
  unavailable: [
    'MTN is not answering right now',
    'We do not send requests that may get lost. Pay another way, or come back in a few minutes.',
    'Not working now',
  ],
  otp: [
    'Type the code we sent',
    'We sent an SMS with 6 digits to 024 ••• 4567.',
    'It works until 10:51.',
    'This code is not your PIN. Never share your PIN.',
    'Confirm and pay GHS 51.00',
    'Send the code again',
    'Change the number',
  ],
  'otp-error': ['That code is not right. You have 3 tries left.'],
  waiting: [
    'Approve on your phone',
    'We sent a request to 024 ••• 4567. Type your PIN on that phone, not here.',
    'Sent to MTN',
    'Waiting for you to approve',
    'MTN confirms',
    'MTN waits until 10:47 4:12',
    'Approve only if the phone shows both of these: Amount GHS 51.00 To VOLTA DATA',
    'This page moves on by itself.',
    'I have approved it',
    'No request on the phone?',
    'Check that the phone is on and has signal. Close any other menu open on it.',
    'Dial *170#, choose My Wallet, then My Approvals.',
    'Still nothing? Wait until 10:47. Then you can try again.',
    'Wrong number?',
    'Only one request can be open, so that nobody pays twice. This one ends at 10:47, or when you press Cancel on that phone.',
    'Change the number',
    'You are offline',
    'You can still approve: your phone does not need internet for that. This page catches up when you are back.',
  ],
  'waiting-telecel': ['Dial *110#. If Telecel Cash does not open, the network has a problem: pay another way.'],
  'waiting-mpesa': ['M-Pesa waits until 13:43 0:48', 'choose M-PESA Products, then SIM Card Update.'],
  confirming: [
    'MTN is confirming',
    'This takes a few seconds. Do not pay again.',
    'You can close this page. The link keeps working.',
    'Look now',
    'I have not approved it yet',
  ],
  change: [
    'The first request is still open',
    'If we send a second one now, you could pay twice. Press Cancel on 024 ••• 4567, or wait until it ends at 10:47.',
    'I pressed Cancel',
    'Keep waiting',
  ],
  checking: [
    'We’re checking with MTN',
    'Do not pay again yet.',
    'MTN has not told us if you paid.',
    'If MTN took your money, it goes to Ama’s wallet.',
    'We ask again at 10:49, then every few minutes.',
    'Check now',
  ],
  unknown: [
    'MTN has not answered us',
    'Do not pay again.',
    'A person is now asking MTN about your payment.',
    'You will see the answer here by 10:42 on Monday 23 November.',
    'Go back to Volta Data',
  ],
  success: [
    'GHS 50.00 added to Ama’s wallet',
    'Added to Ama’s wallet + 50.00 Fee 1.00 You paid GHS 51.00 New balance GHS 62.40',
    'Receipt number 7K4M-2Q9X MTN number 48213907715 Paid from 024 ••• 4567, MTN MoMo Paid to Volta Data When 21 Nov 2026, 10:43',
    'Go back to Volta Data',
    'Print or save this receipt',
  ],
  paid: ['This is already paid', 'You do not need to pay again.', 'Go back to Volta Data'],
  failed: [
    'You cancelled on the phone',
    'Want to pay? Send the request again and type your PIN. Did not press Cancel? The phone may have closed the request by itself.',
    'Send the request again',
    'Use another number or way to pay',
  ],
  'failed-funds': [
    'Not enough money',
    'This MTN MoMo has less than GHS 51.00.',
    'Put money in at an agent, then send the request again. Or pay from another number, by card or from your bank.',
  ],
  'failed-pin': [
    'The PIN was wrong',
    'Send the request again and type the PIN slowly. Too many wrong PINs lock your MoMo.',
    'We cannot see or change your PIN.',
  ],
  'failed-busy': [
    'Another request is open on this phone',
    'Finish or close the other menu on the phone. Wait 2 minutes, then send the request again.',
  ],
  'failed-phone': [
    'We could not reach the phone',
    'may be off or have no signal.',
    'Two SIM cards? Check that the MTN one is on.',
  ],
  'failed-limit': [
    'This MoMo has reached its limit',
    'Try again tomorrow. Or pay from another number, by card or from your bank.',
    'Use another number or way to pay',
  ],
  'failed-number': [
    'This number has no MTN MoMo',
    'Check the number and the network.',
    'Change the number',
    'Use another way',
  ],
  'too-many': [
    'Too many requests to this phone',
    'To keep phones safe from unwanted requests, we send only a few in a row. You can send one more at 11:15.',
    'Pay another way',
  ],
  expired: [
    'Nobody approved in time',
    'MTN closed the request at 10:47.',
    'Got an SMS from MTN that you paid? Then do not pay again. It will be added to Ama’s wallet.',
    'Send a new request',
    'Use another number or way to pay',
  ],
  closed: ['This link has ended', 'Still want to top up? Start again from Volta Data.', 'Go back to Volta Data'],
  bank: [
    'Send GHS 51.00 from your bank',
    'Use your bank’s app. Type exactly what you see here.',
    'Account number 144 100 278 8359 Bank Ecobank Ghana Name PAYSTACK VOLTA DATA Exact amount GHS 51.00',
    'Any other amount must be checked by a person and takes longer.',
    'I have sent it',
    'Pay another way',
  ],
};

const NOTHING_TAKEN = [
  'refused',
  'failed',
  'expired',
  'too-many',
  'closed',
  ...Object.keys(FIXTURES).filter((name) => name.startsWith('failed-')),
];
const UNCLEAR = ['waiting', 'confirming', 'change', 'checking', 'unknown', 'card-page', 'bank'];

describe('every state says what the design says', () => {
  it.each(Object.entries(COPY))('%s', (name, words) => {
    const text = textOf(pageOf(name));
    for (const said of words) expect(text).toContain(said);
  });

  it('says first that no money was taken where that is known, and nowhere else', () => {
    for (const name of Object.keys(FIXTURES)) {
      expect(textOf(pageOf(name)).includes('No money was taken.'), name).toBe(NOTHING_TAKEN.includes(name));
    }
    for (const name of UNCLEAR) expect(NOTHING_TAKEN).not.toContain(name);
  });

  it('shows the new balance to who paid alone', () => {
    expect(textOf(pageOf('success'))).toContain('62.40');
    expect(textOf(pageOf('paid'))).not.toContain('62.40');
    expect(textOf(pageOf('paid'))).not.toContain('New balance');
  });

  it('says in test mode that no real money moves, and in live mode nothing of it', () => {
    for (const [name, fixture] of Object.entries(FIXTURES)) {
      expect(textOf(fixtureHtml(fixture, { mode: 'test' })), name).toContain('Test mode. No real money moves.');
      expect(textOf(fixtureHtml(fixture)), name).not.toContain('Test mode');
    }
  });
});

describe('every page', () => {
  it.each(Object.entries(FIXTURES))('%s is one small file that loads nothing', (_name, fixture) => {
    const html = fixtureHtml(fixture);
    expect(html).not.toMatch(
      /<(?:img|iframe|object|embed)\b|\ssrc=|@import|url\(|https?:\/\/(?!volta\.example|partner\.example)/,
    );
    expect(html.match(/<link\b/g)).toHaveLength(1);
    expect(html).not.toMatch(/\sstyle=|\son[a-z]+=/);
    expect(Buffer.byteLength(html)).toBeLessThan(40_000);
    expect(gzipSync(html).length).toBeLessThan(12_000);
    const script = /<script nonce="preview">([\s\S]*)<\/script>/.exec(html)?.[1] ?? '';
    expect(script).not.toBe('');
    expect(gzipSync(script).length).toBeLessThan(2_500);
    expect(() => new Function(script)).not.toThrow();
  });

  it.each(Object.entries(FIXTURES))('%s has one heading and puts no number in an address', (_name, fixture) => {
    const html = fixtureHtml(fixture);
    expect(html.match(/<h1\b/g)).toHaveLength(1);
    for (const [, href = ''] of html.matchAll(/(?:href|action)="([^"]*)"/g)) {
      if (!href.startsWith('tel:')) expect(href).not.toMatch(/[0-9]{7}/);
    }
    // Everything that changes something is a form that is posted.
    for (const [form] of html.matchAll(/<form[^>]*>/g))
      expect(form).toMatch(/^<form(?: method="post" action="\/pay\/[^"]+")?>$/);
  });

  it('escapes what clients and customers call themselves', () => {
    const { frame, step } = FIXTURES['waiting'] as Fixture;
    const evil = '<script>alert(1)</script>"\'&';
    const html = fixtureHtml({
      step,
      frame: { ...frame, merchant: evil, owner: evil, payee: evil, backUrl: `https://x/?${evil}` },
    });
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('speaks of step changes, never of seconds', () => {
    const html = pageOf('waiting');
    expect(html).toContain('data-say="Request sent. Waiting for you to approve on your phone."');
    expect(html).toMatch(/<p class="vh" id="say" role="status" aria-live="polite"><\/p>/);
    expect(html).toMatch(/<time role="timer"[^>]*>4:12<\/time>/);
    expect(html).not.toMatch(/<time[^>]*aria-live/);
  });

  it('asks again without a script where it waits, and not where it is over', () => {
    for (const name of ['waiting', 'confirming', 'checking', 'change', 'card-page', 'bank']) {
      expect(pageOf(name), name).toMatch(/<noscript><meta http-equiv="refresh" content="1?0"><\/noscript>/);
    }
    for (const name of ['start', 'otp', 'success', 'paid', 'failed', 'closed']) {
      expect(pageOf(name), name).not.toContain('http-equiv="refresh"');
    }
  });
});

/** `CHECKOUT_PREVIEW_DIR=… npx vitest run --project unit server/http/checkout/pages.test.ts` writes every page, to be looked at. */
const previewDir = process.env['CHECKOUT_PREVIEW_DIR'];
it.runIf(previewDir !== undefined)('writes the pages down', () => {
  mkdirSync(previewDir as string, { recursive: true });
  for (const [name, fixture] of Object.entries(FIXTURES)) {
    for (const theme of ['light', 'dark'] as const) {
      writeFileSync(path.join(previewDir as string, `${name}.${theme}.html`), fixtureHtml(fixture, { theme }));
    }
  }
  const [waiting, start] = [FIXTURES['waiting'] as Fixture, FIXTURES['start'] as Fixture];
  writeFileSync(
    path.join(previewDir as string, 'offline.light.html'),
    fixtureHtml(waiting, { theme: 'light', isOffline: true }),
  );
  writeFileSync(
    path.join(previewDir as string, 'start-test.light.html'),
    fixtureHtml(start, { theme: 'light', mode: 'test' }),
  );
});
