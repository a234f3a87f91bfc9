import { handleFetch } from './mount';

/**
 * A call of the API from a server component, in the same process: the same app as over the network, with the visitor's
 * own cookie as its credential, so that no page can read what its reader may not.
 */
export function callInProcess(path: string, init: RequestInit): Promise<Response> {
  return handleFetch(new Request(new URL(path, 'http://in-process.invalid'), init));
}
