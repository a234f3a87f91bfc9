import { handleFetch } from '@/server/http/mount';

export const dynamic = 'force-dynamic';

export { handleFetch as GET, handleFetch as HEAD, handleFetch as POST };
