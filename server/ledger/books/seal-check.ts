import type pg from 'pg';
import { AUDIT_ACCOUNT_ID } from '../audit-chain';
import { readSeals } from '../seals/read-seal';
import { FIRST_SEAL, sealFault } from '../seals/seal';
import type { Finding } from './finding';

type Queryable = Pick<pg.ClientBase, 'query'>;

const ROWS_MAX = 20;
const PAGE = 200;

/** Sealed heads against the entries as they are now (the audit log's are `auditFindings`' to see), and every seal against its key and the seal before it. */
export async function sealFindings(db: Queryable): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { rows: rewritten } = await db.query<Record<string, unknown>>(
    `select h.tenant_id, h.account_id, h.sequence, h.seal_id from seal_heads h
     left join entries e on e.tenant_id = h.tenant_id and e.account_id = h.account_id and e.sequence = h.sequence
     where h.account_id <> ${AUDIT_ACCOUNT_ID} and e.hash is distinct from h.hash limit ${ROWS_MAX}`,
  );
  if (rewritten.length > 0) {
    findings.push({ invariant: 5, title: 'sealed heads are still the entries they were', rows: rewritten });
  }
  const { rows: keys } = await db.query<{ id: string; public_key: string }>('select id, public_key from seal_keys');
  const keyOf = new Map(keys.map((key) => [key.id, key.public_key]));
  const faults: Record<string, unknown>[] = [];
  let after = { tenantId: '0', sealId: '0' };
  let previousDigest = FIRST_SEAL;
  for (;;) {
    const seals = await readSeals(db, after, PAGE);
    for (const seal of seals) {
      if (seal.tenantId !== after.tenantId) previousDigest = FIRST_SEAL;
      const key = keyOf.get(seal.keyId);
      const fault =
        key === undefined
          ? 'its key is unknown'
          : seal.previousDigest !== previousDigest
            ? 'it does not follow the seal before it'
            : sealFault(seal, key);
      if (fault !== null && faults.length < ROWS_MAX) {
        faults.push({ tenant_id: seal.tenantId, seal_id: seal.sealId, fault });
      }
      after = { tenantId: seal.tenantId, sealId: seal.sealId };
      previousDigest = seal.digest;
    }
    if (seals.length < PAGE) break;
  }
  if (faults.length > 0) findings.push({ invariant: 5, title: 'every seal’s signature verifies', rows: faults });
  return findings;
}
