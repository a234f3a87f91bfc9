/** Served by the API beside the pages. */
export const OPENAPI_HREF = '/openapi.json';
export const HEALTH_HREF = '/healthz';
