import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const sharedRoot = fileURLToPath(new URL('../../shared/', import.meta.url));

/** A path in the reference data that lies beside the checkout (`../shared`), never inside it. */
export function sharedPath(...parts: readonly string[]): string {
  return sharedRoot + parts.join('/');
}

/**
 * A `describe` over reference data that is not part of the repository: skipped where it is absent,
 * except in CI, where its absence must fail rather than pass in silence.
 */
export function describeShared(name: string, suite: () => void): void {
  const present = existsSync(sharedPath('README.md')) || process.env.CI === 'true';
  describe.skipIf(!present)(present ? name : `${name} (skipped: no ../shared reference data)`, suite);
}
