import { ModelMismatchError, type NamedStateDict } from '@diffir/core';
import { memory } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inceptionNetwork } from '../backbones/inception/inception';
import { hashedWeights } from '../testing/hashed-weights';
import { randomImage } from '../testing/random-image';
import { startWasm } from '../testing/wasm';
import { type Fid, loadFid } from './fid';

/** What pytorch-fid's file holds beside the features. */
function withClassifier({ name, stateDict }: NamedStateDict, classes: number): NamedStateDict {
  const [first] = stateDict.values();
  if (first === undefined) throw new Error('no tensors');
  const extra = [
    ['fc.weight', { ...first, shape: [classes, 2048] }],
    ['Conv2d_1a_3x3.bn.num_batches_tracked', { ...first, shape: [] }],
  ] as const;
  return { name, stateDict: new Map([...stateDict, ...extra]) };
}

describe('fid', () => {
  const weights = withClassifier(hashedWeights(inceptionNetwork), 1008);
  let fid: Fid | undefined;
  const loaded = () => {
    if (fid === undefined) throw new Error('not loaded');
    return fid;
  };
  beforeAll(async () => {
    fid = await loadFid({ backend: await startWasm(), weights });
  });
  afterAll(() => {
    fid?.dispose();
    expect(memory().numTensors).toBe(0);
  });

  it('is 0 for equal sets, whatever the order, and tells others apart', { timeout: 240_000 }, async () => {
    const before = memory().numTensors;
    const [one, same, other] = [loaded().createSet(), loaded().createSet(), loaded().createSet()];
    for (const seed of [1, 2]) await one.add(randomImage(seed));
    for (const seed of [2, 1]) await same.add(randomImage(seed));
    for (const seed of [4, 5]) await other.add(randomImage(seed, { channels: 1 }));
    const reference = one.finish();
    const scale = reference.covariance.reduce((sum, value, at) => (at % 2049 === 0 ? sum + value : sum), 0);
    const score = loaded().compare(reference, same.finish());
    expect(score.value / scale).toBeLessThan(1e-6);
    expect(score.settings).toEqual({
      features: 'Inception v3 of pytorch-fid, 2048',
      resize: '299×299, bilinear, no antialiasing',
      samples: '8-bit',
      referenceCount: 2,
      restoredCount: 2,
      weights: 'hashed',
    });
    expect(loaded().compare(reference, other.finish()).value).toBeGreaterThan(scale);
    expect(memory().numTensors).toBe(before);
  });

  it("refuses torchvision's own Inception and names what to get", async () => {
    const loading = loadFid({ backend: await startWasm(), weights: withClassifier(weights, 1000) });
    await expect(loading).rejects.toThrow(ModelMismatchError);
    await expect(loading).rejects.toThrow(/torchvision's Inception.*pt_inception-2015-12-05/);
  });

  it('refuses statistics of other features', () => {
    const other = { dimensions: 3, mean: new Float64Array(3), covariance: new Float64Array(9) };
    expect(() => loaded().compare(other, other)).toThrow(/3 features instead of 2048/);
  });
});
