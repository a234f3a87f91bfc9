import type { Log } from '@/server/kernel/log';

const TIMEOUT_MS = 10_000;

/**
 * Hands a short message to the deployment's gateway: `POST {to, text}` as JSON with a Bearer token, any 2xx is taken. SMS
 * gateways differ in little but field names, so a few lines in front of any of them do.
 * @returns what sends; false where nothing is configured, or it did not take the message
 */
export function textMessageSender(settings: {
  readonly url: string | null;
  readonly token: string | null;
  readonly log: Log;
}): (message: { readonly phone: string; readonly text: string }) => Promise<boolean> {
  const { url, token, log } = settings;
  if (url === null) return async () => false;
  return async ({ phone, text }) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(token !== null && { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ to: `+${phone}`, text }),
        redirect: 'error',
        cache: 'no-store',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (!response.ok) log.warn({ status: response.status }, 'the text message gateway refused a message');
      return response.ok;
    } catch {
      log.warn('the text message gateway does not answer');
      return false;
    }
  };
}
