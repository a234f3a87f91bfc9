import { createHash } from 'node:crypto';
import { formatId } from '@/contracts/ids';
import { ROLE_SCOPES, type Role } from '@/contracts/roles';
import type { Database } from '@/db/client';
import { APPLICATION_ROLE, openDatabase } from '@/db/client';
import type { Context, Principal } from '@/server/kernel/context';
import type { Log } from '@/server/kernel/log';
import type { SecretBox } from '@/server/kernel/secret-box';
import type { SealKey } from '@/server/ledger/seals/seal';
import { installPaymentPorts } from '@/server/payments/ports';
import type { Act } from './acts';
import { BUSINESSES, OPERATORS_PEOPLE } from './businesses';
import { ScriptedProviders } from './scripted-providers';
import { openSimulatedLedger, type SimulatedLedger, standingClock, UNHURRIED } from './simulated-ledger';

/** One set of books that the story is about. */
export interface Books {
  readonly clientId: string;
  readonly clientCode: string;
  readonly tenantId: string;
}

/** Who an actor of the story has become. */
interface Person {
  readonly kind: 'login' | 'api_key';
  /** Of the user or the key. */
  readonly id: string;
  readonly role: Role | null;
  readonly scopes: readonly string[];
  readonly isOperator: boolean;
  /** Of the log-in; a key is its own. */
  readonly session: string;
  readonly address: string;
}

/** What the story is carried out with, and what it has made so far. */
export interface Stage {
  readonly db: Database;
  /** By business: each has a time of its own. */
  readonly ledgers: ReadonlyMap<string, SimulatedLedger>;
  readonly secretBox: SecretBox;
  readonly sealKey: SealKey;
  readonly log: Log;
  readonly providers: ScriptedProviders;
  readonly books: ReadonlyMap<string, Books>;
  readonly operator: Books;
  readonly people: Map<string, Person>;
  /** Services by business and name: their codes. */
  readonly services: Map<string, string>;
  /** Wallets by business and customer. */
  readonly wallets: Map<string, string>;
  readonly password: string;
  /** What each business's webhook endpoint answers. */
  readonly answers: Map<string, number>;
  close(): Promise<void>;
}

export interface StageParts {
  readonly url: string;
  readonly secretBox: SecretBox;
  readonly sealKey: SealKey;
  readonly log: Log;
  readonly operator: Books;
  readonly books: ReadonlyMap<string, Books>;
  readonly password: string;
}

const CONNECTIONS = 8;

export async function openStage(parts: StageParts): Promise<Stage> {
  const db = openDemoDatabase(parts.url);
  const ledgers = new Map<string, SimulatedLedger>();
  for (const { id } of BUSINESSES) {
    ledgers.set(id, await openSimulatedLedger(parts.url, await lastPostedMs(db, parts.books.get(id))));
  }
  const providers = new ScriptedProviders();
  installPaymentPorts(db, {
    providers: providers.directory(),
    log: parts.log,
    callbackOrigin: 'http://127.0.0.1',
    deliverCallback: async () => {},
    sendCode: async () => false,
  });
  return {
    ...parts,
    db,
    ledgers,
    providers,
    people: new Map(),
    services: new Map(),
    wallets: new Map(),
    answers: new Map(),
    close: async () => {
      for (const ledger of ledgers.values()) await ledger.close();
      await db.pool.end();
    },
  };
}

/** Where the books of an interrupted try stand: their time does not go back. */
async function lastPostedMs(db: Database, books: Books | undefined): Promise<number> {
  if (books === undefined) return 0;
  const { rows } = await db.pool.query<{ ms: string | null }>(
    'select (extract(epoch from max(posted_at)) * 1000)::bigint as ms from journals where tenant_id = $1',
    [books.tenantId],
  );
  return Number(rows[0]?.ms ?? 0);
}

function openDemoDatabase(url: string): Database {
  return openDatabase({
    url,
    maxConnections: CONNECTIONS,
    role: APPLICATION_ROLE,
    applicationName: 'pesewa-demo',
    settings: { lock_timeout: '5s', statement_timeout: '60s', ...UNHURRIED },
  });
}

/** The request of an act: the same name at every try, so that it can be told whether it was made. */
export function requestIdOf({ key }: Pick<Act, 'key'>): string {
  const number = createHash('sha256').update(`pesewa demo ${key}`).digest().readBigUInt64BE() >> 1n;
  return formatId('request', String(number));
}

/** Who is written down under a name of the story from now on. */
export function enter(
  stage: Stage,
  actor: string,
  person: Pick<Person, 'kind' | 'id' | 'role'> & { readonly scopes?: readonly string[] },
): void {
  const isOperator = actor === 'operator' || OPERATORS_PEOPLE.some((one) => one.actor === actor);
  const part = createHash('sha256').update(actor).digest();
  stage.people.set(actor, {
    ...person,
    scopes: person.scopes ?? (person.role === null ? [] : ROLE_SCOPES[person.role]),
    isOperator,
    session: String(part.readBigUInt64BE() >> 2n),
    // Addresses for documentation (RFC 5737).
    address: `${isOperator ? '198.51.100' : '203.0.113'}.${1 + ((part[0] ?? 0) % 254)}`,
  });
}

/** The request of an act, as its author would have made it on the books of the business. */
export function contextOf(
  stage: Stage,
  act: Act,
  { onOwnBooks = false }: { readonly onOwnBooks?: boolean } = {},
): Context {
  const person = stage.people.get(act.by);
  if (person === undefined) throw new Error(`${act.by} has not entered the story yet.`);
  const client = booksOf(stage, act.business);
  const books = onOwnBooks && person.isOperator ? stage.operator : client;
  const principal: Principal = {
    kind: person.kind,
    tenantId: books.tenantId,
    clientId: books.clientId,
    mode: 'test',
    credentialId: person.kind === 'login' ? person.session : person.id,
    actor: `${person.kind === 'login' ? 'user' : 'api_key'}:${person.id}`,
    scopes: person.scopes,
    role: person.role,
    isOperator: person.isOperator,
    actsOnClient: person.isOperator && !onOwnBooks,
  };
  return {
    principal,
    requestId: requestIdOf(act),
    address: person.address,
    ...servicesAt(stage, act),
    answer: null,
    secretBox: stage.secretBox,
    publicOrigin: 'http://localhost',
  };
}

/** What jobs work with at a moment of the story. */
export function servicesAt(stage: Stage, { business, atMs }: Pick<Act, 'business' | 'atMs'>) {
  const { db, secretBox, log } = stage;
  const ledger = stage.ledgers.get(business);
  if (ledger === undefined) throw new Error(`The story has no business ${business}.`);
  return { db, ledger: ledger.at(atMs), clock: standingClock(atMs), secretBox, log };
}

export function booksOf(stage: Stage, business: string): Books {
  const books = stage.books.get(business);
  if (books === undefined) throw new Error(`The story has no business ${business}.`);
  return books;
}

export async function walletOf(stage: Stage, business: string, customer: string): Promise<string> {
  const key = `${business}|${customer}`;
  const known = stage.wallets.get(key);
  if (known !== undefined) return known;
  const { rows } = await stage.db.pool.query<{ id: string }>(
    `select id from accounts where tenant_id = $1 and customer_id = $2 and type = 'CUSTOMER_WALLET' order by id limit 1`,
    [booksOf(stage, business).tenantId, customer],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`${customer} has no wallet.`);
  stage.wallets.set(key, id);
  return id;
}

export async function serviceOf(stage: Stage, business: string, name: string): Promise<string> {
  const key = `${business}|${name}`;
  const known = stage.services.get(key);
  if (known !== undefined) return known;
  const { rows } = await stage.db.pool.query<{ code: string }>(
    'select code from client_services where tenant_id = $1 and name = $2 order by id limit 1',
    [booksOf(stage, business).tenantId, name],
  );
  const code = rows[0]?.code;
  if (code === undefined) throw new Error(`There is no service ${name}.`);
  stage.services.set(key, code);
  return code;
}
