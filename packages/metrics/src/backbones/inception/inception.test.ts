import { createParameters } from '@diffir/core';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { hashedBatch } from '../../testing/hashed-batch';
import { hashedWeights } from '../../testing/hashed-weights';
import { startWasm } from '../../testing/wasm';
import { loadNetwork } from '../../weights/load-network';
import { inceptionNetwork } from './inception';

describe('the Inception of FID', () => {
  it('has the published parameters', () => {
    const parameters = createParameters();
    inceptionNetwork(parameters.root);
    const { declarations } = parameters;
    const values = (ending: string) =>
      [...declarations]
        .filter(([name]) => name.endsWith(ending))
        .reduce((sum, [, { shape }]) => sum + shape.reduce((product, length) => product * length, 1), 0);
    // Keras's InceptionV3 without classifier and γ has 21,802,784 parameters, 34,432 of them not trained.
    expect(values('.bn.running_mean') + values('.bn.running_var')).toBe(34_432);
    expect(values('.conv.weight') + 1.5 * 34_432).toBe(21_802_784);
    expect([...declarations.keys()].filter((name) => name.endsWith('.conv.weight'))).toHaveLength(94);
    expect(declarations.get('Mixed_6c.branch7x7dbl_2.conv.weight')?.shape).toEqual([160, 160, 7, 1]);
    expect(declarations.get('Mixed_7c.branch3x3_2a.conv.weight')?.shape).toEqual([384, 384, 1, 3]);
    expect(declarations.get('Mixed_5b.branch_pool.bn.running_var')?.shape).toEqual([32]);
  });

  it('computes what PyTorch computes with the layers of pytorch-fid', { timeout: 240_000 }, async () => {
    const backend = await startWasm();
    const weights = { id: 'inception-fid', ...hashedWeights(inceptionNetwork) } as const;
    const { network, dispose } = await loadNetwork(weights, inceptionNetwork, backend);
    const before = memory().numTensors;
    const batch = hashedBatch('inception', [2, 60, 80, 3]);
    const features = network.features(batch);
    const result = await features.data<'float32'>();
    // PyTorch 1.13 on the same weights and pictures, each 256th feature and the sum of all.
    const recorded = [
      [5.84151, 3.711962, 0.3128153, 0.1948241, 0.2282347, 1.270854, 0.00309067, 0.08609633],
      [5.714755, 3.714016, 0.2677709, 0.2009709, 0.1622081, 1.268164, 0.006226333, 0.075151],
    ];
    const sums = [3407.96484375, 3347.935302734375];
    for (const [image, expected] of recorded.entries()) {
      const own = result.subarray(image * 2048, (image + 1) * 2048);
      // Single precision through 94 convolutions; seen: below 1e-6.
      for (const [index, value] of expected.entries()) {
        expect(Math.abs((own[index * 256] ?? Number.NaN) - value)).toBeLessThan(1e-5);
      }
      expect(own.reduce((total, value) => total + value, 0)).toBeCloseTo(sums[image] ?? 0, 2);
    }
    batch.dispose();
    features.dispose();
    expect(memory().numTensors).toBe(before);
    dispose();
    expect(memory().numTensors).toBe(0);
  });
});
