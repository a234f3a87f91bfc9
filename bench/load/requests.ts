import type { HttpTarget } from './jobs';

const REFERENCE_DIGITS = 9;

/** The text of request number n, as an ordinary client would send it. */
export function requestMaker(target: HttpTarget, port: number): (n: number) => string {
  const host = `Host: 127.0.0.1:${port}\r\n`;
  switch (target.kind) {
    case 'empty': {
      const request = `POST /empty HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;
      return () => request;
    }
    case 'page': {
      const end = `/transactions HTTP/1.1\r\n${host}Authorization: Bearer ${target.secret}\r\n\r\n`;
      return () => `GET /v1/wallets/${oneOf(target.wallets)}${end}`;
    }
    case 'debit': {
      // Every body has the same length, since the reference is padded.
      const body = `{"amount":1,"description":"10 SMS messages sent","reference":"${target.prefix}-`;
      const length = body.length + REFERENCE_DIGITS + 2;
      const middle =
        `/debit HTTP/1.1\r\n${host}Authorization: Bearer ${target.secret}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`;
      return (n) => `POST /v1/wallets/${oneOf(target.wallets)}${middle}${String(n).padStart(REFERENCE_DIGITS, '0')}"}`;
    }
  }
}

function oneOf(wallets: readonly string[]): string {
  return wallets[Math.floor(Math.random() * wallets.length)] as string;
}
