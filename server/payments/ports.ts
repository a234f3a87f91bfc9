import type { Database } from '@/db/client';
import type { Log } from '@/server/kernel/log';
import type { Transaction } from '@/server/kernel/transaction';
import type { ProviderRegistry } from '@/server/providers/registry';

/** The adapters of this deployment and of its clients, by what they serve (`ProviderRegistry`). */
export type ProviderDirectory = Pick<
  ProviderRegistry,
  'of' | 'choose' | 'at' | 'deploymentNamed' | 'entry' | 'entriesOf'
>;

/** What payments need of the rest of the process, besides a context. */
export interface PaymentPorts {
  readonly providers: ProviderDirectory;
  readonly log: Log;
  /** Where callbacks come in: `https://api.example.com`, without a path. */
  readonly callbackOrigin: string;
  /** Takes the legacy callback of a payment that has ended, in the transaction of that end, for delivery with retries. */
  deliverCallback(tx: Transaction, callback: OutgoingCallback): Promise<void>;
  /** Sends a one-time code to a phone; false where this deployment has no way to. */
  sendCode(message: { readonly phone: string; readonly text: string }): Promise<boolean>;
}

export interface OutgoingCallback {
  readonly tenantId: string;
  /** `payment.succeeded` … */
  readonly type: string;
  readonly url: string;
  /** Sent byte for byte. */
  readonly body: string;
}

const holder = globalThis as typeof globalThis & { pesewaPaymentPorts?: WeakMap<Database, PaymentPorts> };

/**
 * Gives the payments on a database what they need. By database, and on globalThis: Next.js loads this file twice in one
 * process, and tests have several databases in one.
 */
export function installPaymentPorts(db: Database, ports: PaymentPorts): void {
  holder.pesewaPaymentPorts ??= new WeakMap();
  holder.pesewaPaymentPorts.set(db, ports);
}

export function paymentPorts(db: Database): PaymentPorts {
  const ports = holder.pesewaPaymentPorts?.get(db);
  if (ports === undefined) throw new Error('installPaymentPorts was not called for this database.');
  return ports;
}

/** For readers that work without providers too. */
export function hasPaymentPorts(db: Database): boolean {
  return holder.pesewaPaymentPorts?.has(db) === true;
}
