import { handleFetch } from '@/server/http/mount';

// The API inside Next.js, for `next dev`, API_MOUNT=next and serverless hosts. In production `server/main.ts` answers
// these paths before Next.js sees them.
export const dynamic = 'force-dynamic';

export {
  handleFetch as DELETE,
  handleFetch as GET,
  handleFetch as HEAD,
  handleFetch as OPTIONS,
  handleFetch as PATCH,
  handleFetch as POST,
  handleFetch as PUT,
};
