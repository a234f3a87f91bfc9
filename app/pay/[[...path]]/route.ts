import { handleFetch } from '@/server/http/mount';

// The hosted checkout inside Next.js, for `next dev`, API_MOUNT=next and serverless hosts. Its pages are made by the same
// handler as ahead of Next.js: no runtime, nothing to load (docs/decisions/0018-checkout-without-a-framework.md).
export const dynamic = 'force-dynamic';

export { handleFetch as GET, handleFetch as HEAD, handleFetch as POST };
