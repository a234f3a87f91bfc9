import type { DebitTarget, HttpTarget } from './jobs';

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
    case 'debit':
      return target.batchOf === null ? debitMaker(target, host) : batchMaker(target, target.batchOf, host);
  }
}

/** What an answer of status 200 has to say besides, so that no refusal inside a batch counts as a success. */
export function requiredText(target: HttpTarget): string | null {
  if (target.kind !== 'debit' || target.batchOf === null) return null;
  return `"counts":{"total":${target.batchOf},"succeeded":${target.batchOf},"failed":0,"replayed":0}`;
}

function debitMaker(target: DebitTarget, host: string): (n: number) => string {
  // Every body has the same length, since the reference is padded.
  const body = `{${termsOf(target)},"reference":"${target.prefix}-`;
  const length = body.length + REFERENCE_DIGITS + 2;
  const middle = `/debit HTTP/1.1\r\n${host}${headersOf(target, length)}${body}`;
  return (n) => `POST /v1/wallets/${oneOf(target.wallets)}${middle}${referenceDigits(n)}"}`;
}

function batchMaker(target: DebitTarget, size: number, host: string): (n: number) => string {
  const begin = `{"type":"debit",${termsOf(target)},"wallet_id":"`;
  const middle = `","reference":"${target.prefix}-`;
  return (n) => {
    const items = Array.from(
      { length: size },
      (_, i) => `${begin}${oneOf(target.wallets)}${middle}${referenceDigits(n * size + i)}"}`,
    );
    const body = `{"items":[${items.join(',')}]}`;
    return `POST /v1/batches HTTP/1.1\r\n${host}${headersOf(target, body.length)}${body}`;
  };
}

function termsOf({ serviceCode }: DebitTarget): string {
  const service = serviceCode === null ? '' : `,"client_service_code":"${serviceCode}"`;
  return `"amount":100,"description":"10 SMS messages sent"${service}`;
}

function headersOf({ secret }: DebitTarget, length: number): string {
  return `Authorization: Bearer ${secret}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
}

function referenceDigits(n: number): string {
  return String(n).padStart(REFERENCE_DIGITS, '0');
}

function oneOf(wallets: readonly string[]): string {
  return wallets[Math.floor(Math.random() * wallets.length)] as string;
}
