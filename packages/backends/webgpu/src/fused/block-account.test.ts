import { describe, expect, it } from 'vitest';
import { type BlockSizes, blockAccount } from './block-account';

/** The levels of the published presets: first width, hidden over width; at a tile of 256 pixels. */
const families = [
  { dim: 48, expansion: 2, kind: 'WithBias' },
  { dim: 52, expansion: 1.8, kind: 'WithBias' },
  { dim: 64, expansion: 2.2, kind: 'BiasFree' },
] as const;

const presetBlocks: readonly BlockSizes[] = families.flatMap(({ dim, expansion, kind }) =>
  [
    { channels: dim, heads: 1, side: 256 },
    { channels: 2 * dim, heads: 1, side: 256 },
    { channels: 2 * dim, heads: 2, side: 128 },
    { channels: 4 * dim, heads: 4, side: 64 },
    { channels: 8 * dim, heads: 8, side: 32 },
  ].map(({ channels, heads, side }) => ({
    images: 1,
    height: side,
    width: side,
    channels,
    heads,
    hidden: Math.floor(channels * expansion),
    iprSize: 256,
    kind,
    biases: { norm: kind === 'WithBias', pointwise: false, depthwise: false, projection: false },
  })),
);

const withBiases = (sizes: BlockSizes): BlockSizes => ({
  ...sizes,
  biases: { norm: true, pointwise: true, depthwise: true, projection: true },
});

describe('a fused block', () => {
  it('takes 11 dispatches, 12 with biases', () => {
    for (const sizes of presetBlocks) {
      expect(blockAccount(sizes).steps).toHaveLength(11);
      expect(blockAccount(withBiases(sizes)).steps).toHaveLength(12);
    }
  });

  it.each(presetBlocks)('moves less than twice the minimum: $channels channels, $heads heads', (sizes) => {
    const { moved, minimum } = blockAccount(sizes);
    expect(moved / minimum).toBeGreaterThan(1);
    expect(moved / minimum).toBeLessThan(2);
  });

  it('counts what each dispatch moves', () => {
    const [small] = presetBlocks;
    const pixels = 65_536;
    const values = (name: string) => {
      const step = small && blockAccount(small).steps.find((each) => each.name === name);
      return step && [step.traffic.read / 4, step.traffic.written / 4];
    };
    // x, statistics and modulation, three weights; q, k and v.
    expect(values('normalizedProjection')).toEqual([50 * pixels + 2 * 48 + 3 * 48 * 48, 3 * 48 * pixels]);
    expect(values('depthwise')).toEqual([3 * 48 * (pixels + 9), 3 * 48 * pixels]);
    // v, one matrix, x; the result.
    expect(values('applyAttention')).toEqual([2 * 48 * pixels + 48 * 48, 48 * pixels]);
    expect(values('gatedDepthwise')).toEqual([2 * 96 * (pixels + 9), 96 * pixels]);
  });

  it('binds at most eight buffers, keeps to 65,535 workgroups and 256 threads, whatever the size', () => {
    const large = presetBlocks.map((sizes) => ({ ...sizes, images: 3, height: 1500, width: 1300 }));
    for (const sizes of [...presetBlocks, ...large].map(withBiases)) {
      for (const { name, inputs, workgroups, workgroupSize } of blockAccount(sizes).steps) {
        expect(inputs.length + 1).toBeLessThanOrEqual(8);
        expect(workgroupSize).toBeLessThanOrEqual(256);
        // TensorFlow.js spreads dispatches of one dimension by itself, as the depthwise ones are.
        const limit = /depthwise/i.test(name) ? 65_535 ** 2 : 65_535;
        expect(Math.max(...workgroups)).toBeLessThanOrEqual(limit);
      }
    }
  });
});
