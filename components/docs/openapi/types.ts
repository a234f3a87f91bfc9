/** The part of OpenAPI 3.1 that the pages read. Anything else in the document is left alone. */
export interface OpenApiDocument {
  info: { title: string; version: string; description?: string };
  servers?: { url: string }[];
  tags?: { name: string; description?: string }[];
  paths: Record<string, Partial<Record<HttpMethod, RawOperation>>>;
  components?: {
    schemas?: Record<string, Schema>;
    responses?: Record<string, RawResponse>;
    examples?: Record<string, RawExample>;
  };
}

export type HttpMethod = 'get' | 'post' | 'patch' | 'put' | 'delete';

export interface RawOperation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Record<string, MediaType> };
  responses?: Record<string, RawResponse | Reference>;
  /** Its place among the operations, which paths alone cannot say. */
  'x-order'?: number;
  'x-errors'?: string[];
}

export interface Reference {
  $ref: string;
}

export interface RawExample {
  summary?: string;
  value?: unknown;
}

export interface RawResponse {
  description?: string;
  content?: Record<string, MediaType>;
}

export interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, RawExample | Reference>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  description?: string;
  example?: unknown;
  schema?: Schema;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  format?: string;
  description?: string;
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number | boolean;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}
