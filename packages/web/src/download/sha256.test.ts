import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from './sha256';
import { sha256InScript } from './sha256-in-script';

const lengths = [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 100_003];

describe('SHA-256', () => {
  it.each(lengths)("of %i bytes is Node's, with and without the browser's help", async (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 167 + (index >> 3)) & 255);
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(await sha256(bytes)).toBe(expected);
    expect(Buffer.from(sha256InScript(bytes)).toString('hex')).toBe(expected);
  });
});
