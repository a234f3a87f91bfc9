import net from 'node:net';

/**
 * A TCP proxy between a batcher and PostgreSQL that reads enough of the protocol to cut at an exact place, once. It
 * knows a batch's two trips by what their messages say: `ledger_load` begins one, `ledger_append` ends it, and COMMIT
 * is in the append's own message or in one behind it.
 */
export const FAULTS = [
  /** Nothing of the batch reaches PostgreSQL. */
  'before_load',
  /** Loaded and locked, but the answer never arrives. */
  'after_load',
  /** The answer arrived; nothing of the append reaches PostgreSQL. */
  'before_append',
  /** Half of the append's bytes reach PostgreSQL. */
  'within_append',
  /** PostgreSQL appends; COMMIT never reaches it. */
  'before_commit',
  /** PostgreSQL commits; its answer is swallowed and the connection reset. */
  'after_commit',
  /** The append gets stuck on the way; the connection stays open. */
  'stall_before_append',
  /** PostgreSQL commits; its answer gets stuck; the connection stays open. */
  'stall_after_commit',
  /** Everything arrives, a byte at a time, both ways. */
  'byte_by_byte',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface CuttingProxy {
  readonly port: number;
  /** The next batch on any connection meets the fault. `away` refuses every connection after it until `restore`. */
  arm(fault: Fault, away?: boolean): void;
  /** Whether the armed fault has happened. */
  readonly struck: boolean;
  restore(): void;
  close(): Promise<void>;
}

export async function openCuttingProxy(target: { host: string; port: number }): Promise<CuttingProxy> {
  const state: ProxyState = { fault: null, away: false, goesAway: false, struck: false, sockets: new Set() };
  const server = net.createServer((client) => {
    if (state.away) {
      client.destroy();
      return;
    }
    relay(client, net.connect(target), state);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    port: address.port,
    arm: (fault, away = false) => {
      Object.assign(state, { fault, goesAway: away, struck: false });
    },
    get struck() {
      return state.struck;
    },
    restore: () => {
      state.fault = null;
      state.away = false;
    },
    close: async () => {
      for (const socket of state.sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface ProxyState {
  fault: Fault | null;
  away: boolean;
  goesAway: boolean;
  struck: boolean;
  readonly sockets: Set<net.Socket>;
}

/** What one connection is in the middle of. */
interface Relay {
  readonly client: net.Socket;
  readonly server: net.Socket;
  readonly state: ProxyState;
  mode: 'open' | 'load_sent' | 'commit_sent' | 'stuck' | 'byte_by_byte';
}

function relay(client: net.Socket, server: net.Socket, state: ProxyState): void {
  const link: Relay = { client, server, state, mode: 'open' };
  for (const socket of [client, server]) {
    socket.setNoDelay(true);
    state.sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      state.sockets.delete(socket);
      client.destroy();
      server.destroy();
    });
  }
  // The start-up message has no type byte; everything after it has.
  const fromClient = messageSplitter(false, (message) => onClientMessage(link, message));
  const fromServer = messageSplitter(true, (message) => onServerMessage(link, message));
  client.on('data', fromClient);
  server.on('data', fromServer);
}

function onClientMessage(link: Relay, message: Buffer): void {
  if (link.mode === 'stuck') return;
  const text = message.toString('latin1').toLowerCase();
  const says = {
    load: text.includes('ledger_load'),
    append: text.includes('ledger_append'),
    commit: /\bcommit\b/.test(text),
  };
  const passing = passingOf(link, says, message.length);
  if (passing !== 'none') {
    forward(link, link.server, passing === 'whole' ? message : message.subarray(0, passing));
    if (passing === 'whole') return;
  }
  if (link.state.fault === 'stall_before_append') stick(link);
  else cut(link);
}

/** How much of a client's message reaches PostgreSQL; less than the whole strikes. */
function passingOf(
  link: Relay,
  says: { load: boolean; append: boolean; commit: boolean },
  length: number,
): 'whole' | 'none' | number {
  const isEnd = says.append || says.commit;
  switch (link.state.fault) {
    case 'before_load':
      return says.load ? 'none' : 'whole';
    case 'after_load':
      if (says.load) link.mode = 'load_sent';
      return 'whole';
    case 'before_append':
    case 'stall_before_append':
      return isEnd ? 'none' : 'whole';
    case 'within_append':
      return isEnd ? Math.ceil(length / 2) : 'whole';
    case 'before_commit':
      // In one message with the append, COMMIT is what its end says: everything up to it may arrive.
      if (says.commit && says.append) return length - 8;
      return says.commit ? 'none' : 'whole';
    case 'after_commit':
    case 'stall_after_commit':
      if (says.commit) link.mode = 'commit_sent';
      return 'whole';
    case 'byte_by_byte':
      if (says.load) {
        link.mode = 'byte_by_byte';
        link.state.struck = true;
      }
      return 'whole';
    case null:
      return 'whole';
  }
}

function onServerMessage(link: Relay, message: Buffer): void {
  const isReady = message[0] === 0x5a;
  const isIdle = isReady && message[5] === 0x49;
  if (link.mode === 'stuck') return;
  if (link.mode === 'load_sent') {
    cut(link);
    return;
  }
  if (link.mode === 'commit_sent') {
    if (!isIdle) return;
    // Idle again: the transaction is over, and by its COMMIT.
    if (link.state.fault === 'stall_after_commit') stick(link);
    else cut(link);
    return;
  }
  forward(link, link.client, message);
}

function forward(link: Relay, to: net.Socket, message: Buffer): void {
  if (link.mode !== 'byte_by_byte') {
    to.write(message);
    return;
  }
  for (const byte of message) to.write(Uint8Array.of(byte));
}

function strike(link: Relay): void {
  link.state.struck = true;
  link.state.fault = null;
  link.state.away = link.state.goesAway;
}

/** Both ends see the connection reset. */
function cut(link: Relay): void {
  strike(link);
  link.mode = 'stuck';
  link.client.resetAndDestroy();
  // PostgreSQL may still be reading what was passed on: an orderly end lets it.
  link.server.end();
}

/** Nothing passes any more, and nobody is told. */
function stick(link: Relay): void {
  strike(link);
  link.mode = 'stuck';
}

/** Cuts a byte stream into protocol messages: type (but for the first of a client), length, content. */
function messageSplitter(typed: boolean, onMessage: (message: Buffer) => void): (chunk: Buffer) => void {
  let waiting = Buffer.alloc(0);
  let hasType = typed;
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      const header = hasType ? 1 : 0;
      if (waiting.length < header + 4) return;
      const size = header + waiting.readInt32BE(header);
      if (waiting.length < size) return;
      const message = waiting.subarray(0, size);
      waiting = waiting.subarray(size);
      hasType = true;
      onMessage(message);
    }
  };
}
