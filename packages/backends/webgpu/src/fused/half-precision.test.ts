import { describe, expect, it } from 'vitest';
import { describeWebGPU } from '../../../../../tools/optional-suites';
import { createWebGPUBackend } from '../index.node';
import { gpuOf, runOnGpu } from '../testing/run-on-gpu';
import { agreesInHalf, halfPrecisionWorks } from './half-precision';
import { productStep } from './product-step';

const trial = (single: number[], half: number[]) => async (inHalf: boolean) =>
  Float32Array.from(inHalf ? half : single);

describe('agreesInHalf', () => {
  it('takes what is as near as 11 bits allow', async () => {
    expect(await agreesInHalf(trial([1, -8, 3], [1.001, -8.004, 2.99]))).toBe(true);
  });

  it('refuses what is farther off, no number, infinite or missing', async () => {
    expect(await agreesInHalf(trial([1, -8, 3], [1, -8, 3.2]))).toBe(false);
    expect(await agreesInHalf(trial([1, -8, 3], [1, Number.NaN, 3]))).toBe(false);
    expect(await agreesInHalf(trial([1, -8, 3], [Number.POSITIVE_INFINITY, -8, 3]))).toBe(false);
    expect(await agreesInHalf(trial([1, -8, 3], [1, -8]))).toBe(false);
  });

  it('refuses a device that computes nothing', async () => {
    expect(await agreesInHalf(trial([0, 0, 0], [0, 0, 0]))).toBe(false);
  });

  it('refuses the zeros that a refused shader leaves', async () => {
    expect(await agreesInHalf(trial([1, -8, 3], [0, 0, 0]))).toBe(false);
  });
});

describeWebGPU('half precision', () => {
  it('falls back to single precision where it is not offered or does not compile', async () => {
    const backend = await createWebGPUBackend({ halfPrecision: true }).start();
    const gpu = gpuOf(backend);
    if (gpu.device.features.has('shader-f16')) {
      expect(await halfPrecisionWorks(gpu)).toBe(true);
    } else {
      expect(await halfPrecisionWorks(gpu)).toBe(false);
      // A device that claims the feature and refuses the shader.
      Object.defineProperty(gpu.device, 'features', { value: new Set(['shader-f16']) });
      expect(await halfPrecisionWorks(gpu)).toBe(false);
    }
    expect(() => backend.throwPendingError?.()).not.toThrow();
    await backend.dispose();
  });

  it.each([
    ['vectors', { terms: 8, columns: 8, parts: 2, bias: 'parts', prepared: { images: 1 } }],
    ['single values', { terms: 7, columns: 7, residual: true, bias: 'joined' }],
  ] as const)('compiles, over %s', async (_, options) => {
    // Dawn's null backend has every feature, checks shaders and runs nothing.
    const backend = await createWebGPUBackend({ dawnFlags: ['backend=null'] }).start();
    const gpu = gpuOf(backend);
    expect([...gpu.device.features]).toContain('shader-f16');
    const step = productStep({ name: 'compiled', batch: 1, rows: 10, half: true, ...options });
    const product = runOnGpu(
      backend,
      step,
      step.inputs.map(() => new Float32Array(64)),
    );
    await expect(product).resolves.toHaveLength(step.output.size);
    await backend.dispose();
  });
});
