import { connect, type Socket } from 'node:net';

export interface Exchange {
  /** The next request, or null when there is none to send any more. */
  next(): string | null;
  answered(status: number, body: string, latencyMs: number): void;
}

const HEADERS_END = '\r\n\r\n';
const LAST_CHUNK = '0\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const CHUNKED = /\r\ntransfer-encoding: *chunked/i;

/**
 * One HTTP/1.1 keep-alive connection in a closed loop: a request goes out when the answer before it is whole. It knows
 * just enough of HTTP to find the end of an answer, since what it costs is taken from the server on the same machine.
 * @returns when `next` has no more
 */
export function runConnection(socket: Socket, exchange: Exchange): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = '';
    let sentAtMs = 0;
    let done = false;
    const send = (): void => {
      const request = exchange.next();
      if (request === null) {
        done = true;
        socket.destroy();
        resolve();
        return;
      }
      sentAtMs = performance.now();
      socket.write(request, 'latin1');
    };
    const receive = (chunk: string): void => {
      received = received === '' ? chunk : received + chunk;
      const bodyStart = received.indexOf(HEADERS_END) + HEADERS_END.length;
      if (bodyStart < HEADERS_END.length) return;
      const headers = received.slice(0, bodyStart);
      const length = LENGTH.exec(headers)?.[1];
      if (length === undefined ? !lastChunkIsThere(headers, received) : received.length < bodyStart + Number(length))
        return;
      const latencyMs = performance.now() - sentAtMs;
      const body = received.slice(bodyStart);
      received = '';
      exchange.answered(Number(headers.slice(9, 12)), body, latencyMs);
      send();
    };
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      try {
        receive(chunk);
      } catch (error) {
        socket.destroy();
        reject(error);
      }
    });
    socket.on('error', reject);
    socket.on('close', () => {
      if (!done) reject(new Error(`The server closed a connection, ${received.length} bytes into an answer.`));
    });
    send();
  });
}

function lastChunkIsThere(headers: string, received: string): boolean {
  if (!CHUNKED.test(headers)) throw new Error(`An answer without a length:\n${headers}`);
  return received.endsWith(LAST_CHUNK);
}

export function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}
