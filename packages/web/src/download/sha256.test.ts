import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sha256 } from './sha256';

afterEach(() => vi.unstubAllGlobals());

describe.each(['with', 'without'])("SHA-256 %s the browser's help", (help) => {
  it.each([0, 64, 100_003])("of %i bytes is Node's", async (length) => {
    if (help === 'without') vi.stubGlobal('crypto', {});
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 167 + (index >> 3)) & 255);
    expect(await sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});
