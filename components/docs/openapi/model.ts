import type { HttpMethod, OpenApiDocument, Parameter, RawOperation, RawResponse, Schema } from './types';

export interface Answer {
  status: string;
  description: string;
  schema: Schema | undefined;
  example: unknown;
  /** Of a refusal: an example for each code. */
  examples: Record<string, unknown>;
}

export interface Operation {
  id: string;
  /** Its anchor on the tag's page. */
  slug: string;
  tag: string;
  tagSlug: string;
  href: string;
  method: HttpMethod;
  path: string;
  url: string;
  summary: string;
  description: string;
  parameters: Parameter[];
  body: { schema: Schema; example: unknown; required: boolean } | undefined;
  answers: Answer[];
  /** The codes of this operation; those it shares with most others are in `sharedErrors`. */
  errors: string[];
  sharedErrors: string[];
}

export interface TagGroup {
  name: string;
  slug: string;
  description: string;
  operations: Operation[];
}

export interface Reference {
  baseUrl: string;
  groups: TagGroup[];
  schemas: Record<string, Schema>;
}

const METHODS: HttpMethod[] = ['get', 'post', 'patch', 'put', 'delete'];

export function slugify(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The document as pages need it: operations by tag, in the document's order, each with its samples' raw material. */
export function buildReference(document: OpenApiDocument): Reference {
  const baseUrl = (document.servers?.[0]?.url ?? '').replace(/\/$/, '') || 'http://localhost:3000';
  const groups = new Map<string, TagGroup>();
  for (const tag of document.tags ?? []) groups.set(tag.name, emptyGroup(tag.name, tag.description));

  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const raw = item[method];
      if (!raw) continue;
      const tag = raw.tags?.[0] ?? 'Other';
      const group = groups.get(tag) ?? emptyGroup(tag);
      groups.set(tag, group);
      group.operations.push(toOperation(raw, { method, path, tag: group, baseUrl }));
    }
  }
  partSharedErrors([...groups.values()].flatMap((group) => group.operations));
  return {
    baseUrl,
    groups: [...groups.values()].filter((group) => group.operations.length > 0),
    schemas: document.components?.schemas ?? {},
  };
}

const SHARED_FROM = 0.4;

/** What nearly every operation can answer would bury what this one can. */
function partSharedErrors(operations: Operation[]): void {
  const counts = new Map<string, number>();
  for (const code of operations.flatMap(({ errors }) => errors)) counts.set(code, (counts.get(code) ?? 0) + 1);
  const isShared = (code: string) => (counts.get(code) ?? 0) > operations.length * SHARED_FROM;
  for (const operation of operations) {
    operation.sharedErrors = operation.errors.filter(isShared);
    operation.errors = operation.errors.filter((code) => !isShared(code));
  }
}

/** What the samples show: the successes, then one refusal for each status that is this operation's own. */
export function shownAnswers(operation: Operation, max: number): Answer[] {
  const own = operation.answers.flatMap((answer) => {
    if (isSuccess(answer)) return answer.example === undefined ? [] : [answer];
    const code = operation.errors.find((candidate) => answer.examples[candidate] !== undefined);
    return code === undefined ? [] : [{ ...answer, example: answer.examples[code] }];
  });
  return own.slice(0, max);
}

function emptyGroup(name: string, description = ''): TagGroup {
  return { name, slug: slugify(name), description, operations: [] };
}

function toOperation(
  raw: RawOperation,
  place: { method: HttpMethod; path: string; tag: TagGroup; baseUrl: string },
): Operation {
  const id = raw.operationId ?? `${place.method}${place.path}`;
  const slug = slugify(id);
  const body = raw.requestBody?.content?.['application/json'];
  return {
    id,
    slug,
    tag: place.tag.name,
    tagSlug: place.tag.slug,
    href: `/docs/reference/${place.tag.slug}#${slug}`,
    method: place.method,
    path: place.path,
    url: place.baseUrl + place.path,
    summary: raw.summary ?? id,
    description: raw.description ?? '',
    parameters: raw.parameters ?? [],
    body: body?.schema && {
      schema: body.schema,
      example: body.example ?? firstExample(body.examples) ?? body.schema.example,
      required: raw.requestBody?.required ?? true,
    },
    answers: Object.entries(raw.responses ?? {}).map(([status, response]) => toAnswer(status, response)),
    errors: raw['x-errors'] ?? [],
    sharedErrors: [],
  };
}

function toAnswer(status: string, response: RawResponse): Answer {
  const media = Object.values(response.content ?? {})[0];
  return {
    status,
    description: response.description ?? '',
    schema: media?.schema,
    example: media?.example ?? firstExample(media?.examples) ?? media?.schema?.example,
    examples: Object.fromEntries(Object.entries(media?.examples ?? {}).map(([code, { value }]) => [code, value])),
  };
}

function firstExample(examples: Record<string, { value?: unknown }> | undefined): unknown {
  return Object.values(examples ?? {})[0]?.value;
}

export function isSuccess(answer: Answer): boolean {
  return answer.status.startsWith('2');
}
