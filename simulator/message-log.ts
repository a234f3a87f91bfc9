/** Every request received and what was answered, for tests and for the page of raw messages. */
export interface Message {
  readonly id: number;
  readonly at: number;
  readonly provider: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Null while under way; 0 where the connection was cut. */
  status: number | null;
  answer: string | null;
  /** What the door did to it. */
  fault: string | null;
}

const MESSAGES_MAX = 2_000;
const SHOWN_HEADERS =
  /^(?:content-type|origin|accept|idempotency-key|user-agent|x-(?:reference-id|target-environment|callback-url|simulator-[a-z-]+))$/;

export class MessageLog {
  #messages: Message[] = [];
  #last = 0;

  add(message: Omit<Message, 'id' | 'status' | 'answer' | 'fault'>): Message {
    this.#last += 1;
    const entry: Message = { ...message, id: this.#last, status: null, answer: null, fault: null };
    this.#messages.push(entry);
    if (this.#messages.length > MESSAGES_MAX) this.#messages.shift();
    return entry;
  }

  /** The oldest first. */
  list(filter: { provider?: string | undefined; operation?: string | undefined } = {}): readonly Message[] {
    return this.#messages.filter(
      (message) =>
        (filter.provider === undefined || message.provider === filter.provider) &&
        (filter.operation === undefined || message.operation === filter.operation),
    );
  }

  clear(): void {
    this.#messages = [];
  }
}

/** Credentials are kept as their scheme alone. */
export function shownHeaders(headers: Iterable<readonly [string, string]>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (key === 'authorization') shown[key] = `${value.split(' ')[0]} …`;
    else if (key === 'ocp-apim-subscription-key') shown[key] = '…';
    else if (SHOWN_HEADERS.test(key)) shown[key] = value;
  }
  return shown;
}
