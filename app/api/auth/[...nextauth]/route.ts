import { handleNextAuth } from '@/server/http/next-auth';

export const dynamic = 'force-dynamic';

export { handleNextAuth as GET, handleNextAuth as POST };
