import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { checkUrl, DestinationRefused } from './destination';

/**
 * What can be said of a URL when it is given; the addresses it leads to are checked whenever something is sent.
 * @throws Problem parameter_invalid
 */
export function requireUrl(ctx: Context, url: string, param = 'url'): string {
  try {
    return checkUrl(url, { mode: ctx.principal.mode, allowedHosts: ctx.webhookAllowedHosts ?? [] }).href;
  } catch (error) {
    if (!(error instanceof DestinationRefused)) throw error;
    throw new Problem('parameter_invalid', `\`${param}\` ${error.message}.`, { param });
  }
}
