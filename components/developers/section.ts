/** The parts of the page, in the order of their tabs. */
export const SECTIONS = [
  ['', 'Quick start'],
  ['keys', 'API keys'],
  ['requests', 'Request log'],
  ['events', 'Events'],
  ['webhooks', 'Webhooks'],
] as const;

export type Section = (typeof SECTIONS)[number][0];

/** A type of the event catalogue, as the server hands it to the page: the catalogue itself stays there. */
export interface EventTypeInfo {
  readonly type: string;
  readonly summary: string;
}
