import { z } from 'zod';
import { type Field, fieldsOf } from '@/components/docs/openapi/schema-fields';
import type { Schema } from '@/components/docs/openapi/types';
import { EVENT_TYPES, EVENTS, type EventObject, type EventType } from '@/contracts/events';
import { exampleOfEvent } from '@/server/http/v1/event-examples';

export interface CatalogueEvent {
  readonly type: EventType;
  readonly summary: string;
  readonly example: EventObject;
  /** Of `data`; one list for each kind it may be. Shown once, at the first type that has them. */
  readonly fields: readonly (readonly Field[])[];
  /** The first type whose `data` has the same fields. */
  readonly sameAs: EventType;
}

/** What this release sends, in the catalogue's order. */
export function sentEvents(): CatalogueEvent[] {
  const first = new Map<z.ZodType, EventType>();
  return EVENT_TYPES.filter((type) => EVENTS[type].isSent).map((type) => {
    const { data, summary } = EVENTS[type];
    if (!first.has(data)) first.set(data, type);
    return {
      type,
      summary,
      example: exampleOfEvent(type),
      fields: fieldsOfData(data),
      sameAs: first.get(data) ?? type,
    };
  });
}

/** Names that are kept for later releases: an endpoint may listen to them already. */
export function laterEvents(): EventType[] {
  return EVENT_TYPES.filter((type) => !EVENTS[type].isSent);
}

function fieldsOfData(data: z.ZodType): Field[][] {
  const kinds = data instanceof z.ZodUnion ? (data.options as z.ZodType[]) : [data];
  return kinds.map((kind) => {
    const { $defs = {}, ...schema } = z.toJSONSchema(kind, { io: 'output', unrepresentable: 'any' }) as Schema & {
      $defs?: Record<string, Schema>;
    };
    return fieldsOf(schema, $defs);
  });
}
