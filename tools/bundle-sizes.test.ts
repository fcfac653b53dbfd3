import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BundlePart, measureBundle } from '../scripts/bundle-sizes/measure-bundle';
import { readSizes } from '../scripts/bundle-sizes/render-sizes';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Most bytes of scripts, compressed, beside the backend that is used. */
const BUDGET = 600_000;

describe('the bundle of @diffir/web', () => {
  let parts: readonly BundlePart[];

  beforeAll(async () => {
    parts = await measureBundle(root);
  });

  const gzipOf = (name: string) => parts.find((part) => part.name === name)?.gzipBytes ?? Number.NaN;

  it('keeps within its budget', () => {
    expect(gzipOf('page') + gzipOf('worker')).toBeLessThan(BUDGET);
    // The page itself has no TensorFlow.js.
    expect(gzipOf('page')).toBeLessThan(15_000);
  });

  it('is as docs/bundle-sizes.md says: node scripts/run.mjs scripts/write-bundle-sizes.ts', async () => {
    const written = readSizes(await readFile(`${root}docs/bundle-sizes.md`, 'utf8'));
    expect([...written.keys()]).toEqual(parts.map(({ name }) => name));
    for (const { name, gzipBytes } of parts) {
      // Compression differs a little between versions of zlib.
      const deviation = Math.abs(gzipBytes - (written.get(name) ?? 0));
      expect(deviation, name).toBeLessThan(Math.max(0.03 * gzipBytes, 300));
    }
  });
});
