import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Packages resolve to their sources, so tests never run against a stale build.
  ssr: { resolve: { conditions: ['@diffir/source', 'node', 'import', 'default'] } },
  resolve: { conditions: ['@diffir/source'] },
  test: {
    include: ['packages/**/src/**/*.test.ts', 'apps/**/src/**/*.test.ts', 'tools/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
