import { readDemoCredentials } from '@/server/clients/demo-credentials';
import type { DemoLogin } from './pages';
import type { Visit } from './visit';

const LOOPBACK = /^(?:127\.[0-9.]+|::1|::ffff:127\.[0-9.]+)$/;
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]+)?$/;

/**
 * The demo operator's log-in, as `npm start` prints it: for a browser on the very machine, never through a proxy, and never
 * where live money may be in use.
 */
export async function demoLogin({ services, request }: Visit): Promise<DemoLogin | null> {
  const { config, db } = services;
  if (config.loginMode !== 'test' || config.trustedProxies > 0) return null;
  const isHere =
    LOOPBACK.test(request.peer ?? '') &&
    LOCAL_HOST.test(request.header('host') ?? '') &&
    request.header('forwarded') === null &&
    !isForwarded(request.header('x-forwarded-for'));
  if (!isHere) return null;
  const { operatorEmail, operatorPassword } = await readDemoCredentials(config.dataDir);
  if (operatorEmail === undefined || operatorPassword === undefined) return null;
  const { rows } = await db.pool.query<{ shows: boolean }>(
    `select exists (
       select from users u join clients c on c.id = u.client_id
       where u.email = $1 and c.is_operator and u.status = 'active' and u.password_changed_at = u.created_at
         and not exists (select from second_factors f where f.user_id = u.id and f.enabled_at is not null)
     ) and not exists (
       select from api_keys k join tenants t on t.id = k.tenant_id where t.mode = 'live' and k.revoked_at is null
     ) as shows`,
    [operatorEmail],
  );
  return rows[0]?.shows === true ? { email: operatorEmail, password: operatorPassword } : null;
}

/** Next.js writes the peer's own address into it; anybody else's means a proxy. */
function isForwarded(header: string | null): boolean {
  return header === null ? false : header.split(',').some((hop) => !LOOPBACK.test(hop.trim()));
}
