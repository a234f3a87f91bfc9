/** One broken invariant: which, and the rows that show it. */
export interface Finding {
  readonly invariant: number;
  readonly title: string;
  readonly rows: readonly Record<string, unknown>[];
}
