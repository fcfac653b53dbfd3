import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long; begun last, they would keep one core busy while the other has nothing left to do. */
const longest = [
  'stages/parity-cpu',
  'killed-batches',
  'stages/parity-webgpu',
  'cli/src/parity',
  'fused/dynamic-kernels',
  'huge-image',
  'full-size-presets',
  'e2e/webgpu',
  'deblur-small',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((name) => moduleId.includes(`${name}.`));
      return index < 0 ? longest.length : index;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  // Packages resolve to their sources, so tests never run against a stale build.
  ssr: { resolve: { conditions: ['@diffir/source', 'node', 'import', 'default'] } },
  resolve: { conditions: ['@diffir/source'] },
  test: {
    include: ['packages/**/src/**/*.test.ts', 'apps/**/src/**/*.test.ts', 'tools/**/*.test.ts'],
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
