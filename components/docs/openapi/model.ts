import type {
  HttpMethod,
  MediaType,
  OpenApiDocument,
  Parameter,
  RawOperation,
  RawResponse,
  Reference as Ref,
  Schema,
} from './types';

type Components = NonNullable<OpenApiDocument['components']>;

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
  /** Its place in the document. */
  order: number;
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
  const components = document.components ?? {};
  const groups = new Map<string, TagGroup>();
  for (const tag of document.tags ?? []) groups.set(tag.name, emptyGroup(tag.name, tag.description));

  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const raw = item[method];
      if (!raw) continue;
      const tag = raw.tags?.[0] ?? 'Other';
      const group = groups.get(tag) ?? emptyGroup(tag);
      groups.set(tag, group);
      group.operations.push(toOperation(raw, { method, path, tag: group, baseUrl, components }));
    }
  }
  for (const group of groups.values()) group.operations.sort((a, b) => a.order - b.order);
  partSharedErrors([...groups.values()].flatMap((group) => group.operations));
  return {
    baseUrl,
    groups: [...groups.values()].filter((group) => group.operations.length > 0),
    schemas: components.schemas ?? {},
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

/** An example of a code, of any operation that answers with it. */
export function exampleOfError(code: string, { groups }: Reference): unknown {
  const answers = groups.flatMap((group) => group.operations.flatMap((operation) => operation.answers));
  return answers.find((answer) => answer.examples[code] !== undefined)?.examples[code];
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
  place: { method: HttpMethod; path: string; tag: TagGroup; baseUrl: string; components: Components },
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
    order: raw['x-order'] ?? Number.MAX_SAFE_INTEGER,
    url: place.baseUrl + place.path,
    summary: raw.summary ?? id,
    description: raw.description ?? '',
    parameters: raw.parameters ?? [],
    body: body?.schema && {
      schema: body.schema,
      example: body.example ?? firstOf(examplesOf(body, place.components)) ?? body.schema.example,
      required: raw.requestBody?.required ?? true,
    },
    answers: Object.entries(raw.responses ?? {}).map(([status, response]) =>
      toAnswer(status, response, place.components),
    ),
    errors: raw['x-errors'] ?? [],
    sharedErrors: [],
  };
}

function toAnswer(status: string, raw: RawResponse | Ref, components: Components): Answer {
  const response = resolved(raw, components.responses);
  const media = Object.values(response.content ?? {})[0];
  const examples = examplesOf(media, components);
  return {
    status,
    description: response.description ?? '',
    schema: media?.schema,
    example: media?.example ?? firstOf(examples) ?? media?.schema?.example,
    examples,
  };
}

function examplesOf(media: MediaType | undefined, components: Components): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(media?.examples ?? {}).map(([name, raw]) => [name, resolved(raw, components.examples).value]),
  );
}

function firstOf(examples: Record<string, unknown>): unknown {
  return Object.values(examples)[0];
}

/** What stands in the components under a reference's name; a reference to nothing fails the build. */
function resolved<T extends object>(raw: T | Ref, there: Record<string, T> | undefined): T {
  if (!('$ref' in raw)) return raw;
  const target = there?.[raw.$ref.split('/').at(-1) ?? ''];
  if (target === undefined) throw new Error(`The document refers to ${raw.$ref} and does not have it`);
  return target;
}

export function isSuccess(answer: Answer): boolean {
  return answer.status.startsWith('2');
}
