import type { Operation } from '../openapi/model';

/** A request with everything a sample needs to say; each language writes it its own way. */
export interface SampleRequest {
  method: string;
  url: string;
  /** Beside `Authorization` and `Content-Type`. */
  headers: [name: string, value: string][];
  body: unknown;
  /** What the answer is called in the sample's code. */
  answerName: string;
  /** Whether the sample prints the answer, for who runs it as it is. cURL always does. */
  prints?: boolean;
}

export function requestOf(operation: Operation): SampleRequest {
  let path = operation.url;
  const query: string[] = [];
  const headers: [string, string][] = [];
  for (const parameter of operation.parameters) {
    const value = parameter.example ?? parameter.schema?.example ?? parameter.schema?.examples?.[0];
    if (parameter.in === 'path')
      path = path.replace(`{${parameter.name}}`, String(value ?? parameter.name.toUpperCase()));
    if (value === undefined) continue;
    if (parameter.in === 'query' && (parameter.required || parameter.name === 'limit')) {
      query.push(`${parameter.name}=${encodeURIComponent(String(value))}`);
    }
    if (parameter.in === 'header' && parameter.required) headers.push([parameter.name, String(value)]);
  }
  return {
    method: operation.method.toUpperCase(),
    url: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers,
    body: operation.body?.example,
    answerName: answerNameOf(operation),
  };
}

function answerNameOf(operation: Operation): string {
  if (/^list/i.test(operation.id)) return 'page';
  const noun = operation.tag.toLowerCase().split(' ').at(-1) ?? 'answer';
  if (/debit|credit|transaction/i.test(operation.id)) return 'transaction';
  return noun.replace(/s$/, '');
}
