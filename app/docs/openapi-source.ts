import { buildReference, type Reference } from '@/components/docs/openapi/model';
import type { OpenApiDocument } from '@/components/docs/openapi/types';
import { openApiDocument } from '@/server/http/openapi';
import { operations } from '@/server/http/operations';

let built: Reference | undefined;

/**
 * The one door from pages to server/http: a pure function that needs no database. The docs are rendered from what the
 * API serves, so that the two cannot disagree.
 */
export function reference(): Reference {
  built ??= buildReference(openApiDocument(operations) as unknown as OpenApiDocument);
  return built;
}
