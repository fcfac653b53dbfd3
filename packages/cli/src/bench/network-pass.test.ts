import { describe, expect, it } from 'vitest';
import { interleavedToPlanar, planarToInterleaved } from './network-pass';

describe('layouts', () => {
  const planar = Float32Array.of(1, 2, 3, 4, 5, 6);
  const interleaved = Float32Array.of(1, 3, 5, 2, 4, 6);

  it('turns H,W,C into C,H,W and back', () => {
    expect(interleavedToPlanar(interleaved, 2, 3)).toEqual(planar);
    expect(planarToInterleaved(planar, 2, 3)).toEqual(interleaved);
  });
});
