import type pg from 'pg';

/** A pool or a connection inside a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

/**
 * Now, as SQL: the clock's fixed time where a test set one, the database's otherwise, to the millisecond as every
 * stored time is. Pass `ctx.clock.fixedMs()` as the parameter.
 * @param parameter number of the statement's parameter
 */
export function sqlNow(parameter: number): string {
  return `coalesce(timestamptz 'epoch' + $${parameter}::bigint * interval '1 millisecond', date_trunc('milliseconds', statement_timestamp()))`;
}

/** A time column as epoch milliseconds in text. */
export function sqlMs(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::bigint`;
}
