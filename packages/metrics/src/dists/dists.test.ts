import { memory } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashedPair } from '../testing/hashed-batch';
import { hashedWeights } from '../testing/hashed-weights';
import { randomImage } from '../testing/random-image';
import { startWasm } from '../testing/wasm';
import { type Dists, loadDists } from './dists';
import { distsNetwork } from './dists-network';

describe('dists', () => {
  let dists: Dists | undefined;
  const loaded = () => {
    if (dists === undefined) throw new Error('not loaded');
    return dists;
  };
  beforeAll(async () => {
    dists = await loadDists({ backend: await startWasm(), weights: hashedWeights(distsNetwork) });
  });
  afterAll(() => dists?.dispose());

  it('computes what PyTorch computes', async () => {
    const before = memory().numTensors;
    const { reference, restored } = hashedPair([2, 45, 38, 3]);
    const scores = await loaded().compareBatch(reference, restored);
    // PyTorch 1.13 with the layers of DISTS_pt.py, statistics in double precision, on the same weights.
    const recorded = [0.05748931741370247, 0.05822245131791065];
    // Single precision through 13 convolutions and the variances behind them.
    for (const [index, { value }] of scores.entries()) expect(value).toBeCloseTo(recorded[index] ?? 0, 5);
    expect(scores).toHaveLength(2);
    reference.dispose();
    restored.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('is 0 for equal images and grows with distortion', async () => {
    const size = { width: 48, height: 40 };
    const image = randomImage(1, size);
    const noise = randomImage(2, size);
    const mixed = (share: number) => ({
      ...image,
      data: image.data.map((value, index) => (1 - share) * value + share * (noise.data[index] ?? 0)),
    });
    const values: number[] = [];
    for (const share of [0, 0.1, 0.4, 1]) values.push((await loaded().compare(image, mixed(share))).value);
    expect(values[0]).toBe(0);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(new Set(values).size).toBe(4);
  });

  it('says what it depends on', async () => {
    const image = randomImage(1, { width: 48, height: 40 });
    const { metric, settings } = await loaded().compare(image, image);
    expect({ metric, ...settings }).toEqual({
      metric: 'dists',
      backbone: 'vgg16, L2 pooling',
      resize: 'none',
      samples: '8-bit',
      weights: 'hashed',
    });
  });

  it('names weights that are missing', async () => {
    const backend = await startWasm();
    await expect(loadDists({ backend, weights: [] })).rejects.toThrow(
      /^dists: no weights .*dingkeyan93\/DISTS/,
    );
  });
});
