import { grants } from '@/contracts/scopes';
import type { SearchType } from '@/contracts/search';
import type { Context } from '@/server/kernel/context';
import { findById } from './find-by-id';
import { findByText } from './find-by-text';
import { type Found, type FoundRow, SCOPE_OF, toFound } from './found';

const FOUND_MAX = 40;

/**
 * One box for everything that the caller may read: what an id, number, reference or receipt names, then what the text is the
 * beginning of. A client's people find their own; the operator's people who name no client find everybody's in the mode.
 */
export async function search(ctx: Context, text: string, type: SearchType | undefined): Promise<Found[]> {
  const asked = text.trim();
  const named = await findById(ctx, asked.toLowerCase());
  const { named: alsoNamed, alike } = named.length > 0 ? { named: [], alike: [] } : await findByText(ctx, asked);
  const maySee = (row: FoundRow): boolean =>
    grants(ctx.principal.scopes, SCOPE_OF[row.type]) && (type === undefined || row.type === type);
  const found = [
    ...[...named, ...alsoNamed].filter(maySee).map((row) => toFound(row, true)),
    ...alike.filter(maySee).map((row) => toFound(row, false)),
  ];
  const seen = new Set<string>();
  return found
    .filter(({ type: of, id, client }) => {
      const key = JSON.stringify([of, id, client.code]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, FOUND_MAX);
}
