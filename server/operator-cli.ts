import { parseArgs } from 'node:util';
import { emailSchema } from '@/contracts/users';
import { migrate } from '@/db/migrate';
import { ConfigError, readConfig } from '@/server/kernel/config';
import { Problem } from '@/server/kernel/problem';
import { openServices } from '@/server/services';
import { makeFirstAdmin } from '@/server/staff/make-first-admin';
import { makePassword } from '@/server/staff/make-password';

const USAGE = `npm run operator -- --email <address> --name <name>
    makes the operator and its first admin, and prints the admin's password once. Refused when an admin is there:
    from then on admins make each other (POST /v1/users).`;
const NAME_LENGTH_MAX = 100;

async function main(): Promise<number> {
  const given = readArguments();
  if (given === null) return say(USAGE, 2);
  const { email, name } = given;
  const config = readConfig(process.env);
  await migrate({ url: config.databaseUrl, partitions: config.ledgerPartitions });
  const services = await openServices({ ...config, logLevel: 'error' });
  try {
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

/** Null where help is what is wanted or needed. */
function readArguments(): { readonly email: string; readonly name: string } | null {
  let values: { email?: string; name?: string; help?: boolean };
  try {
    ({ values } = parseArgs({
      options: { email: { type: 'string' }, name: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }));
  } catch {
    return null;
  }
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
