import pg from 'pg';

/**
 * Takes a protection out of the database of a positive control: replaces text in a function's definition. Fails when the
 * text is not there, so that a control cannot go on testing a protection that has moved.
 */
export async function rewriteFunction(
  url: string,
  name: string,
  changes: readonly (readonly [string | RegExp, string])[],
): Promise<void> {
  await asSuperuser(url, async (admin) => {
    const { rows } = await admin.query<{ definition: string }>(
      'select pg_get_functiondef(oid) as definition from pg_proc where proname = $1',
      [name],
    );
    const [found] = rows;
    if (found === undefined) throw new Error(`There is no function ${name}.`);
    let { definition } = found;
    for (const [from, to] of changes) {
      const changed: string = definition.replaceAll(typeof from === 'string' ? from : new RegExp(from.source, 'g'), to);
      if (changed === definition) throw new Error(`${name} does not say ${String(from)} any more.`);
      definition = changed;
    }
    await admin.query(definition);
  });
}

export async function asSuperuser<R>(url: string, work: (admin: pg.Client) => Promise<R>): Promise<R> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
