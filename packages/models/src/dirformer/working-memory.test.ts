import { createParameters, estimatePrior } from '@diffir/core';
import { memory, profile, setBackend, type Tensor4D, tensor2d, tidy, zeros } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { stage2Blueprint } from '../diffir/blueprint';
import { tinyOptions } from '../testing/tiny-options';

beforeAll(() => setBackend('cpu'));

describe('workingBytesPerPixel', () => {
  it.each([
    ['residual', tinyOptions({ kind: 'residual' }, { ffnExpansionFactor: 2 })],
    ['direct', tinyOptions({ kind: 'direct' }, { ffnExpansionFactor: 1.8 })],
    ['filled', tinyOptions({ kind: 'filled' })],
  ])('is half more than what TensorFlow.js counts at the peak, %s head', async (_, options) => {
    const blueprint = stage2Blueprint(options);
    const { inputChannels, workingBytesPerPixel = 0, fusedBytesPerPixel = 0 } = blueprint.descriptor;
    const parameters = createParameters();
    const { prior, restore } = blueprint.build(parameters.root);
    parameters.initialize(1);
    const weights = memory().numBytes;
    const side = 64;
    const { peakBytes } = await profile(() => {
      tidy(() => {
        const input: Tensor4D = zeros([1, side, side, inputChannels]);
        restore(input, prior && estimatePrior(prior, input, tensor2d(new Float32Array(256), [1, 256])).ipr);
      });
    });
    const measured = (1.5 * (peakBytes - weights)) / side ** 2;
    // Views are counted twice by TensorFlow.js, and what does not grow with the picture weighs at this size.
    expect(workingBytesPerPixel / measured).toBeGreaterThan(0.8);
    expect(workingBytesPerPixel / measured).toBeLessThan(1.25);
    expect(fusedBytesPerPixel).toBeLessThan(workingBytesPerPixel);
    parameters.dispose();
  });
});
