import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDatabase } from '@/db/client';
import { AUDIT_ACCOUNT_ID } from './audit-chain';
import { proveBooks } from './books/prove';
import { auditChainFault, type ExportedAuditChain, exportAuditChain } from './seals/audit-chain-export';
import { chainFault, type ExportedChain, exportChain } from './seals/chain-export';
import { readSeal } from './seals/read-seal';
import { type Seal, sealFault } from './seals/seal';

const USAGE = `npm run books                                     prove every invariant; exit 1 and the rows when one fails
npm run books -- tenants                                    every tenant's id, client, mode and last seal
npm run books -- export-seal <tenant id> [seal id]          a seal as JSON; the newest when no id is given
npm run books -- public-key <key id>                        the public key a seal names, as PEM
npm run books -- export-chain <tenant id> <account id>      an account's entries with what they hash
npm run books -- export-audit-chain <tenant id>             a tenant's audit log as digests, with what they hash
npm run books -- verify-seal <seal.json> --public-key <key.pem> [--chain <chain.json>]
    needs no database: the signature, and with --chain that entries or audit log lead to the sealed head`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'public-key': { type: 'string' }, chain: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [command, ...rest] = positionals;
  if (values.help === true) return say(USAGE, 0);
  switch (command) {
    case undefined:
      return prove();
    case 'verify-seal':
      return verifySeal(rest[0], values['public-key'], values.chain);
    case 'tenants':
      return listTenants();
    case 'public-key':
      return printPublicKey(rest[0]);
    case 'export-seal':
      return exportSeal(rest[0], rest[1] ?? null);
    case 'export-chain':
      return exportAccountChain(rest[0], rest[1]);
    case 'export-audit-chain':
      return exportTenantAuditChain(rest[0]);
    default:
      return say(USAGE, 2);
  }
}

async function prove(): Promise<number> {
  return withDatabase(async (db) => {
    const startedAt = performance.now();
    const { findings, counts } = await proveBooks(db.pool);
    const seconds = ((performance.now() - startedAt) / 1000).toPrecision(2);
    const size = `${counts.accounts} accounts, ${counts.journals} journals, ${counts.entries} entries`;
    if (findings.length === 0) return say(`The books balance: ${size}, every invariant holds (${seconds} s).`, 0);
    for (const finding of findings) {
      console.log(`Invariant ${finding.invariant} is broken: ${finding.title}`);
      for (const row of finding.rows) console.log(`  ${JSON.stringify(row)}`);
    }
    return say(`${findings.length} broken, of ${size}.`, 1);
  });
}

function verifySeal(file: string | undefined, keyFile: string | undefined, chainFile: string | undefined): number {
  if (file === undefined || keyFile === undefined) return say(USAGE, 2);
  const seal = JSON.parse(readFileSync(file, 'utf8')) as Seal;
  const fault = sealFault(seal, readFileSync(keyFile, 'utf8'));
  if (fault !== null) return say(`Not valid: ${fault}.`, 1);
  const audit = seal.heads.some((head) => head.accountId === AUDIT_ACCOUNT_ID) ? ', the audit log’s among them' : '';
  const sealed = `Valid: ${seal.heads.length} heads of tenant ${seal.tenantId}${audit}, sealed ${new Date(seal.sealedAtMs).toISOString()} with ${seal.keyId}.`;
  if (chainFile === undefined) return say(sealed, 0);
  const chain = JSON.parse(readFileSync(chainFile, 'utf8')) as ExportedChain | ExportedAuditChain;
  const [broken, name] =
    'links' in chain
      ? [auditChainFault(chain, seal), 'the audit log']
      : [chainFault(chain, seal), `account ${chain.accountId}`];
  return broken === null
    ? say(`${sealed}\nThe chain of ${name} leads to its sealed head.`, 0)
    : say(`Not valid: ${broken}.`, 1);
}

async function listTenants(): Promise<number> {
  return withDatabase(async (db) => {
    const { rows } = await db.pool.query<{ id: string; client: string; mode: string; sealed_at: Date | null }>(
      `select t.id, c.public_id as client, t.mode, (select max(s.sealed_at) from seals s where s.tenant_id = t.id) as sealed_at
       from tenants t join clients c on c.id = t.client_id order by c.public_id, t.mode`,
    );
    for (const { id, client, mode, sealed_at: sealedAt } of rows) {
      console.log(`${id}  ${client}  ${mode}  ${sealedAt?.toISOString() ?? 'not sealed yet'}`);
    }
    return 0;
  });
}

async function printPublicKey(keyId: string | undefined): Promise<number> {
  if (keyId === undefined) return say(USAGE, 2);
  return withDatabase(async (db) => {
    const { rows } = await db.pool.query<{ public_key: string }>('select public_key from seal_keys where id = $1', [
      keyId,
    ]);
    return rows[0] === undefined ? say('There is no such key.', 1) : say(rows[0].public_key.trimEnd(), 0);
  });
}

async function exportSeal(tenantId: string | undefined, sealId: string | null): Promise<number> {
  if (tenantId === undefined) return say(USAGE, 2);
  return withDatabase(async (db) => {
    const seal = await readSeal(db.pool, tenantId, sealId);
    return seal === null ? say('There is no such seal.', 1) : say(JSON.stringify(seal), 0);
  });
}

async function exportAccountChain(tenantId: string | undefined, accountId: string | undefined): Promise<number> {
  if (tenantId === undefined || accountId === undefined) return say(USAGE, 2);
  return withDatabase(async (db) => say(JSON.stringify(await exportChain(db.pool, tenantId, accountId)), 0));
}

async function exportTenantAuditChain(tenantId: string | undefined): Promise<number> {
  if (tenantId === undefined) return say(USAGE, 2);
  return withDatabase(async (db) => say(JSON.stringify(await exportAuditChain(db.pool, tenantId)), 0));
}

async function withDatabase(work: (db: ReturnType<typeof openDatabase>) => Promise<number>): Promise<number> {
  const url = process.env['DATABASE_URL'];
  if (url === undefined) return say('DATABASE_URL is not set, and no Pesewa of this checkout is running.', 2);
  const db = openDatabase({ url, maxConnections: 2, role: null, applicationName: 'pesewa-books' });
  try {
    return await work(db);
  } finally {
    await db.pool.end();
  }
}

function say(text: string, exitCode: number): number {
  console.log(text);
  return exitCode;
}

process.exitCode = await main();
