import { z } from 'zod';

/** Pieces of the adapters' settings. A base URL is the deployment's alone, never a client's: credentials go there. */

const URL_RULE = 'must be an https URL without query or trailing slash (http on this machine alone)';

export const baseUrlSchema = z.string(URL_RULE).refine((text) => {
  if (!URL.canParse(text) || text.endsWith('/') || /[?#]/.test(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}, URL_RULE);

const SECRET_RULE = 'must be 1 to 4096 visible ASCII characters';

export const secretSchema = z.string(SECRET_RULE).regex(/^[!-~]{1,4096}$/, SECRET_RULE);

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
