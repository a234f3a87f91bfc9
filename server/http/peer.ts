import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Behind Next.js a handler sees no socket. Our server writes the peer's address into a header under a name that only
 * this process knows, so that nobody outside can.
 */
const holder = globalThis as typeof globalThis & { pesewaPeerHeader?: string };

function headerName(): string {
  holder.pesewaPeerHeader ??= `x-peer-${randomUUID()}`;
  return holder.pesewaPeerHeader;
}

export function stampPeer(incoming: IncomingMessage): void {
  incoming.headers[headerName()] = incoming.socket.remoteAddress ?? '';
}

export function stampedPeer(request: Request): string | null {
  return request.headers.get(headerName()) || null;
}
