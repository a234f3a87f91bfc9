import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import type { Config } from '@/server/kernel/config';
import type { Log } from '@/server/kernel/log';
import type { SecretBox } from '@/server/kernel/secret-box';
import type { Ledger } from '@/server/ledger/ledger';
import { openProviderRegistry } from '@/server/providers/open-registry';
import { deliverCallback } from '@/server/webhooks/deliver-callback';
import { installPaymentPorts, type PaymentPorts } from './ports';
import { textMessageSender } from './text-messages';

/**
 * Puts payments together for a process, from its settings.
 * @throws ProviderConfigurationError
 */
export function openPaymentPorts(parts: {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly config: Config;
  readonly log: Log;
  readonly secretBox: SecretBox;
}): PaymentPorts {
  const { db, ledger, clock, config, log, secretBox } = parts;
  const ports: PaymentPorts = {
    providers: openProviderRegistry(
      { db, secretBox, clock },
      { providers: config.providers, simulatorUrl: config.providersSimulatorUrl },
    ),
    log,
    callbackOrigin: config.baseUrl ?? `http://127.0.0.1:${config.port}`,
    deliverCallback: async (tx, callback) => {
      await deliverCallback(tx, callback, { nextId: () => ledger.nextId(), secretBox, fixedMs: clock.fixedMs() });
    },
    sendCode: textMessageSender({ url: config.textMessagesUrl, token: config.textMessagesToken, log }),
  };
  installPaymentPorts(db, ports);
  return ports;
}
