import type { Queryable } from '@/server/kernel/sql-time';
import { AUDIT_PROBLEMS, type AuditProblem, auditBreaks } from '../audit-chain';
import type { Finding } from './finding';

const ROWS_MAX = 20;

/** What a sealed head differs from is the seals' invariant, the rest the audit log's own. */
const INVARIANT: Partial<Record<AuditProblem, number>> = { seal_differs: 5 };

/** Every tenant's audit log against its chain, the chain against its head and what was sealed of it. */
export async function auditFindings(db: Queryable): Promise<Finding[]> {
  const found = new Map<AuditProblem, Record<string, unknown>[]>();
  for await (const { tenantId, problem, sequence, auditId } of auditBreaks(db, null)) {
    const rows = found.get(problem) ?? [];
    found.set(problem, rows);
    if (rows.length < ROWS_MAX) rows.push({ tenant_id: tenantId, sequence, audit_id: auditId });
  }
  return [...found].map(([problem, rows]) => ({
    invariant: INVARIANT[problem] ?? 19,
    title: `the audit log’s chain is whole: ${AUDIT_PROBLEMS[problem]}`,
    rows,
  }));
}
