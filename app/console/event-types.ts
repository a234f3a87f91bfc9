import type { EventTypeInfo } from '@/components/developers/section';
import { EVENTS } from '@/contracts/events';

/** The catalogue as far as a page shows it: the schemas stay on the server. */
export const eventTypes: readonly EventTypeInfo[] = Object.entries(EVENTS)
  .filter(([, { isSent }]) => isSent)
  .map(([type, { summary }]) => ({ type, summary }));
