import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const outside = ['**/node_modules/**', '.next/**', '.build/**', '.data/**', 'sdks/**'];

// By name: x.test.ts is pure, x.db.test.ts needs PostgreSQL, e2e/x.e2e.test.ts talks HTTP to the built server.
export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...outside, '**/*.db.test.ts', '**/*.e2e.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.db.test.ts'],
          exclude: outside,
          globalSetup: ['scripts/vitest/integration-setup.mjs'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'end-to-end',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: outside,
          globalSetup: ['scripts/vitest/end-to-end-setup.mjs'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
