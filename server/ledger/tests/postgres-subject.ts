import type pg from 'pg';
import type { Command, Outcome, SystemAccountType } from '../core/types';
import type { GroupOutcome, Ledger } from '../ledger';
import { openAccount, openClearingAccount } from '../open-account';
import { recordTestService } from '../testing';
import type { Subject } from './differential';
import { servicesFor, type WalletKind } from './plans';
import { systemId } from './reference-answers';
import { accountLine, holdLine, lotLine, type Snapshot } from './snapshot';
import { makeWorld, type World } from './world';

/** The ledger as it runs: batcher, PostgreSQL, an injected clock. */
export class PostgresSubject implements Subject {
  constructor(
    private readonly ledger: Ledger,
    private readonly pool: pg.Pool,
    private readonly clock: { set(ms: number): void },
  ) {}

  nextId(): string {
    return this.ledger.nextId();
  }

  setNow(nowMs: number): void {
    this.clock.set(nowMs);
  }

  async open(count: number, kinds: readonly WalletKind[]): Promise<World[]> {
    const tx = await this.pool.connect();
    const worlds: World[] = [];
    const nextId = () => this.ledger.nextId();
    try {
      await tx.query('begin');
      for (let i = 0; i < count; i++) {
        const tenantId = nextId();
        const wallets: string[] = [];
        for (const { currency, type = 'CUSTOMER_WALLET', minimum = 0n, canOverdraw = false } of kinds) {
          const id = nextId();
          const customerId = type === 'CUSTOMER_WALLET' ? `cus_${id}` : null;
          const input = { tenantId, id, type, currency, customerId };
          await openAccount(tx, { ...input, minimumBalanceMinor: minimum, canOverdraw }, nextId);
          wallets.push(id);
        }
        const services = servicesFor(nextId);
        for (const service of services) await recordTestService(tx, tenantId, service);
        for (const currency of new Set(kinds.map((kind) => kind.currency))) {
          await openClearingAccount(tx, { tenantId, currency, provider: 'test' }, nextId);
        }
        const { rows } = await tx.query<{ type: SystemAccountType; currency: string; id: string }>(
          'select type, currency, id from accounts where tenant_id = $1 and is_system',
          [tenantId],
        );
        const system = new Map(rows.map((row) => [systemId(row.type, row.currency), row.id]));
        worlds.push(makeWorld(tenantId, wallets, kinds, services, system));
      }
      await tx.query('commit');
    } finally {
      tx.release();
    }
    return worlds;
  }

  submit(commands: readonly Command[]): Promise<Outcome[]> {
    return Promise.all(commands.map((command) => this.ledger.submit(command)));
  }

  submitAll(commands: readonly Command[]): Promise<GroupOutcome> {
    return this.ledger.submitAll(commands);
  }

  async snapshots(worlds: readonly World[]): Promise<Snapshot[]> {
    const tenants = [worlds.map((world) => world.tenantId)];
    const { rows: accounts } = await this.pool.query<AccountRow>(
      `select tenant_id, id, type, currency, is_system, status, balance_minor, held_minor, minimum_balance_minor,
         can_overdraw from accounts
       where tenant_id = any ($1::bigint[])`,
      tenants,
    );
    const { rows: lots } = await this.pool.query<LotRow>(
      `select tenant_id, id, remaining_minor as free, held_minor as held, used_minor as used, expired_minor as expired,
         forfeited_minor as forfeited from lots where tenant_id = any ($1::bigint[])`,
      tenants,
    );
    const { rows: holds } = await this.pool.query<HoldRow>(
      'select tenant_id, id, status, captured_minor as captured from holds where tenant_id = any ($1::bigint[])',
      tenants,
    );
    const [accountsOf, lotsOf, holdsOf] = [byTenant(accounts), byTenant(lots), byTenant(holds)];
    return worlds.map(({ tenantId }) => ({
      accounts: (accountsOf.get(tenantId) ?? [])
        .map((a) =>
          accountLine({
            name: a.is_system ? systemId(a.type as SystemAccountType, a.currency) : a.id,
            status: a.status,
            balance: a.balance_minor,
            held: a.held_minor,
            minimum: a.minimum_balance_minor,
            canOverdraw: a.can_overdraw,
          }),
        )
        .sort(),
      lots: (lotsOf.get(tenantId) ?? []).map(lotLine).sort(),
      holds: (holdsOf.get(tenantId) ?? []).map(holdLine).sort(),
    }));
  }
}

interface AccountRow {
  tenant_id: string;
  id: string;
  type: string;
  currency: string;
  is_system: boolean;
  status: string;
  balance_minor: string;
  held_minor: string;
  minimum_balance_minor: string;
  can_overdraw: boolean;
}

interface LotRow {
  tenant_id: string;
  id: string;
  free: string;
  held: string;
  used: string;
  expired: string;
  forfeited: string;
}

interface HoldRow {
  tenant_id: string;
  id: string;
  status: string;
  captured: string;
}

function byTenant<R extends { tenant_id: string }>(rows: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) groups.set(row.tenant_id, [...(groups.get(row.tenant_id) ?? []), row]);
  return groups;
}
