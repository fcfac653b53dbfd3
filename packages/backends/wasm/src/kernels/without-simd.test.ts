import { expect, it, vi } from 'vitest';
import { loadSimdKernels } from '../simd/simd-kernels';
import '../testing/every-kernel';

/** As in a page with threads, or in an engine without SIMD: all is composed of TensorFlow.js' own kernels. */
vi.mock('../simd/simd-kernels', () => ({ loadSimdKernels: vi.fn(async () => undefined) }));

it('asked for our own kernels, and did without', () => {
  expect(loadSimdKernels).toHaveBeenCalled();
});
