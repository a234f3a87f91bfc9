import { parseArgs } from 'node:util';
import { emailSchema } from '@/contracts/users';
import { migrate } from '@/db/migrate';
import { ConfigError, readConfig } from '@/server/kernel/config';
import { Problem } from '@/server/kernel/problem';
import { openServices } from '@/server/services';
import { makeFirstAdmin } from '@/server/staff/make-first-admin';
import { makeOperatorReset } from '@/server/staff/make-operator-reset';
import { makePassword } from '@/server/staff/make-password';

const USAGE = `npm run operator -- --email <address> --name <name>
    makes the operator and its first admin, and prints the admin's password once. Refused when an admin is there:
    from then on admins invite each other.

npm run operator -- --reset <address>
    prints a link with which one of the operator's people chooses a new password. It works once, for an hour.`;
const NAME_LENGTH_MAX = 100;

async function main(): Promise<number> {
  const given = readArguments();
  if (given === null) return say(USAGE, 2);
  const { email, name } = given;
  const config = readConfig(process.env);
  await migrate({ url: config.databaseUrl, partitions: config.ledgerPartitions });
  const services = await openServices({ ...config, logLevel: 'error' });
  try {
    if (name === null) return say(await resetText(services, email), 0);
    const password = makePassword();
    const isMade = await makeFirstAdmin(services, { email, name, password });
    if (!isMade) return say('The operator has an active admin already; nothing was changed.', 1);
    return say(
      `The operator's first admin:\n\n  Username  ${email}\n  Password  ${password}\n\nThe password is shown this once.`,
      0,
    );
  } catch (error) {
    if (error instanceof Problem) return say(error.message, 1);
    throw error;
  } finally {
    await services.close();
  }
}

async function resetText(services: Awaited<ReturnType<typeof openServices>>, email: string): Promise<string> {
  const { token } = await makeOperatorReset(services, email);
  const { baseUrl, port } = services.config;
  return `Choose a new password within an hour, once:\n\n  ${baseUrl ?? `http://localhost:${port}`}/signin/reset/${token}`;
}

/** Null where help is what is wanted or needed. A name where an admin is made, none where a password is reset. */
function readArguments(): { readonly email: string; readonly name: string | null } | null {
  let values: { email?: string; name?: string; reset?: string; help?: boolean };
  try {
    ({ values } = parseArgs({
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        reset: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch {
    return null;
  }
  const reset = emailSchema.safeParse(values.reset);
  if (values.help !== true && reset.success) return { email: reset.data, name: null };
  const email = emailSchema.safeParse(values.email);
  const name = values.name?.trim() ?? '';
  if (values.help === true || !email.success || name === '' || name.length > NAME_LENGTH_MAX) return null;
  return { email: email.data, name };
}

function say(text: string, exitCode: number): number {
  console.log(text);
  return exitCode;
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : 'unknown reason';
    process.stderr.write(error instanceof ConfigError ? `${message}\n` : `It could not be done: ${message}\n`);
    process.exitCode = 1;
  },
);
