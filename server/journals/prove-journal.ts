import { actOn } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { entryContent, entryHash, GENESIS_HASH, journalContent, journalDigest } from '@/server/ledger/core/hash';
import type { Entry } from '@/server/ledger/core/types';
import { ENTRY_COLUMNS, type EntryRow, type JournalRow, toEntry, toJournal } from '@/server/ledger/rows';
import { readSeal } from '@/server/ledger/seals/read-seal';
import { type Seal, sealFault } from '@/server/ledger/seals/seal';
import type { Party } from './party';
import { findInBooks } from './read-journal';

export interface EntryProof {
  readonly entry: Entry;
  readonly party: Party;
  readonly previousHash: string;
  /** What the hash is of. */
  readonly content: string;
  readonly recomputed: string;
  readonly seal: {
    readonly headSequence: number;
    readonly headHash: string;
    readonly links: number;
    readonly chain: 'verified' | 'broken' | 'not_walked';
  } | null;
}

export interface JournalProof {
  readonly journalId: string;
  readonly content: string;
  readonly digest: string;
  readonly sumMinor: bigint;
  readonly entries: readonly EntryProof[];
  readonly seal: {
    readonly seal: Seal;
    readonly number: number;
    readonly publicKeyPem: string;
    readonly fault: string | null;
  } | null;
  readonly faults: readonly string[];
  readonly verifiedAtMs: number;
  readonly livemode: boolean;
}

/** A busy account may have millions of entries between two seals: `books` walks them all, a page does not. */
const LINKS_MAX = 2_000;

/**
 * Recomputes a journal's place in the books: its digest, its entries' hashes, the way from each to the head that the first
 * seal after it signed, and the signature.
 * @throws Problem resource_missing
 */
export async function proveJournal(ctx: Context, id: string): Promise<JournalProof> {
  const { posted, books, parties } = await findInBooks(ctx, id);
  const on = actOn(ctx, books);
  const { journal, entries } = posted;
  const digest = journalDigest(journal);
  const sumMinor = entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const seal = await readCoveringSeal(on, entries);
  const proofs: EntryProof[] = [];
  for (const entry of entries) {
    const previousHash = await readHash(on, entry.accountId, entry.sequence - 1);
    proofs.push({
      entry,
      party: parties.get(entry.accountId) as Party,
      previousHash,
      content: entryContent(previousHash, entry, digest),
      recomputed: entryHash(previousHash, entry, digest),
      seal: seal === null ? null : await walkToHead(on, entry, seal.seal),
    });
  }
  return {
    journalId: id,
    content: journalContent(journal),
    digest,
    sumMinor,
    entries: proofs,
    seal,
    faults: faultsOf(sumMinor, proofs, seal?.fault ?? null),
    verifiedAtMs: await nowMs(on),
    livemode: on.principal.mode === 'live',
  };
}

function faultsOf(sumMinor: bigint, proofs: readonly EntryProof[], sealProblem: string | null): string[] {
  const faults: string[] = [];
  if (sumMinor !== 0n) faults.push('Debits and credits differ.');
  for (const { entry, party, recomputed, seal } of proofs) {
    const name = `Entry ${entry.sequence} of account ${party.number}`;
    if (recomputed !== entry.hash) faults.push(`${name} does not hash to what it says.`);
    if (seal?.chain === 'broken') faults.push(`${name} does not lead to the sealed head ${seal.headSequence}.`);
  }
  if (sealProblem !== null) faults.push(`The seal does not hold: ${sealProblem}.`);
  return faults;
}

async function readHash({ db, principal }: Context, accountId: string, sequence: number): Promise<string> {
  if (sequence === 0) return GENESIS_HASH;
  const { rows } = await db.pool.query<{ hash: string }>(
    `select encode(hash, 'hex') as hash from entries where tenant_id = $1 and account_id = $2 and sequence = $3`,
    [principal.tenantId, accountId, sequence],
  );
  // An entry that is gone leaves a hash that nothing hashes to.
  return rows[0]?.hash ?? '';
}

/** The first seal after the journal: all heads of a seal are of one moment, so it covers every entry or none. */
async function readCoveringSeal({ db, principal }: Context, entries: readonly Entry[]): Promise<JournalProof['seal']> {
  const [first] = entries;
  if (first === undefined) return null;
  const { rows } = await db.pool.query<{ seal_id: string; number: string }>(
    `select h.seal_id, (select count(*) from seals s where s.tenant_id = $1 and s.id <= h.seal_id) as number
     from (
       select * from seal_heads x where x.tenant_id = $1 and x.account_id = $2 and x.sequence >= $3
       order by x.sequence, x.seal_id limit 1
     ) h`,
    [principal.tenantId, first.accountId, first.sequence],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const seal = await readSeal(db.pool, principal.tenantId, row.seal_id);
  if (seal === null) throw new Error(`Seal ${row.seal_id} has heads and is not there.`);
  const { rows: keys } = await db.pool.query<{ public_key: string }>('select public_key from seal_keys where id = $1', [
    seal.keyId,
  ]);
  const publicKeyPem = keys[0]?.public_key ?? '';
  const fault = publicKeyPem === '' ? 'its key is unknown' : sealFault(seal, publicKeyPem);
  return { seal, number: Number(row.number), publicKeyPem, fault };
}

/** Every entry from this one to the head that was signed, each hashed on the one before. */
async function walkToHead({ db, principal }: Context, entry: Entry, seal: Seal): Promise<EntryProof['seal']> {
  const head = seal.heads.find(({ accountId }) => accountId === entry.accountId);
  if (head === undefined) return null;
  const links = head.sequence - entry.sequence;
  const found = { headSequence: head.sequence, headHash: head.hash, links };
  if (links < 0) return { ...found, chain: 'broken' };
  if (links > LINKS_MAX) return { ...found, chain: 'not_walked' };
  const { rows } = await db.pool.query<EntryRow & { journal: JournalRow }>(
    `select ${ENTRY_COLUMNS}, to_json(r) as journal from entries e
     cross join lateral (
       select j.tenant_id::text, j.id::text, j.kind, j.account_id::text, j.operation, j.reference, j.fingerprint, j.currency,
         j.amount_minor::text, j.fee_minor::text, j.tax_minor::text, ${sqlMs('j.posted_at')}::text as posted_at_ms,
         ${sqlMs('j.business_at')}::text as business_at_ms, j.description, j.metadata, j.service_version_id::text,
         j.reversal_of::text, j.hold_id::text, j.actor, j.request_id
       from journals j where j.tenant_id = e.tenant_id and j.id = e.journal_id limit 1
     ) r
     where e.tenant_id = $1 and e.account_id = $2 and e.sequence > $3 and e.sequence <= $4 order by e.sequence`,
    [principal.tenantId, entry.accountId, entry.sequence, head.sequence],
  );
  let hash = entry.hash;
  for (const row of rows) {
    hash = entryHash(hash, toEntry(row), journalDigest(toJournal(row.journal)));
    if (hash !== row.hash) return { ...found, chain: 'broken' };
  }
  return { ...found, chain: rows.length === links && hash === head.hash ? 'verified' : 'broken' };
}

async function nowMs({ db, clock }: Context): Promise<number> {
  const { rows } = await db.pool.query<{ ms: string }>(`select ${sqlMs(sqlNow(1))} as ms`, [clock.fixedMs()]);
  return Number(rows[0]?.ms);
}
