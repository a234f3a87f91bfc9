import { searchItemsOf } from '@/components/docs/navigation';
import { ERRORS } from '@/contracts/errors';
import { reference } from '../openapi-source';

export const dynamic = 'force-static';

/** What `public/docs.js` searches, fetched when a reader first goes to the field. */
export function GET(): Response {
  return Response.json(searchItemsOf(reference(), Object.keys(ERRORS)));
}
