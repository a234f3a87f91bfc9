import { headers } from 'next/headers';

/** Where the visitor reaches this server, and so their programs the API: what is in front of it may say. */
export async function baseUrl(): Promise<string> {
  const visitor = await headers();
  const host = visitor.get('x-forwarded-host') ?? visitor.get('host') ?? 'localhost';
  const proto = visitor.get('x-forwarded-proto')?.split(',')[0]?.trim() ?? 'http';
  return `${proto === 'https' ? 'https' : 'http'}://${host}`;
}
