import type { Principal } from '@/server/kernel/context';
import { loggableError } from '@/server/kernel/log';
import { type Family, familyOf, internalError, problemOf, renderProblem } from './problems';
import type { IncomingRequest } from './request';
import type { Services } from './services';

/** What is sent, before it becomes a Response: headers as a plain object cost least. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  /** Instead of `body`: what a verb streams. */
  readonly stream?: Response;
}

/** An exchange as it goes: filled in step by step, so that the log knows what was reached. */
export interface Exchange {
  readonly requestId: string;
  /** Which family's words the answer is in. */
  readonly family: Family;
  readonly headers: Record<string, string>;
  principal: Principal | null;
  errorCode: string | null;
}

export function startExchange(requestId: string, pathname: string): Exchange {
  return {
    requestId,
    family: familyOf(pathname),
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'Request-Id': requestId },
    principal: null,
    errorCode: null,
  };
}

/** The answer to anything thrown. Only what nobody expected is logged as an error. */
export function refuse(error: unknown, exchange: Exchange, request: IncomingRequest, services: Services): Answer {
  const expected = problemOf(error);
  const problem = expected ?? internalError();
  exchange.errorCode = problem.code;
  const { status, body } = renderProblem(problem, exchange, services.config.baseUrl);
  const { headers } = exchange;
  // To a page of ours no Basic: the browser would put up a window of its own over the console.
  if (status === 401) {
    const isOurPage = request.header('sec-fetch-site') === 'same-origin';
    headers['WWW-Authenticate'] = `${isOurPage ? '' : 'Basic realm="Pesewa", charset="UTF-8", '}Bearer realm="Pesewa"`;
  }
  if (problem.retryAfterSeconds !== null) headers['Retry-After'] = String(problem.retryAfterSeconds);
  if (status >= 500 && status !== 501) {
    const level = expected === null ? 'error' : 'warn';
    services.log[level](
      {
        requestId: exchange.requestId,
        method: request.method,
        path: request.pathname,
        code: problem.code,
        error: loggableError(error),
      },
      'request failed',
    );
  }
  return { status, headers, body: JSON.stringify(body) };
}
