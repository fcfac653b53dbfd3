import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

type Improvement = (original: KernelFunc) => KernelFunc;

/** Kernels for a backend. */
export interface KernelSet {
  /** Those that TensorFlow.js lacks. */
  readonly missing: Readonly<Record<string, KernelFunc>>;
  /** Those that it has in a slow form, in terms of that form. */
  readonly improved: Readonly<Record<string, Improvement>>;
}

/**
 * Registers kernels for a backend, those of later sets in place of those of earlier ones.
 * @returns a function that puts the registry back as it was
 */
export function registerKernels(backendName: string, sets: readonly KernelSet[]): () => void {
  const missing = Object.assign({}, ...sets.map((set) => set.missing)) as KernelSet['missing'];
  const improved = Object.assign({}, ...sets.map((set) => set.improved)) as KernelSet['improved'];
  const undo: (() => void)[] = [];
  for (const [kernelName, kernelFunc] of Object.entries(missing)) {
    if (getKernel(kernelName, backendName) !== undefined) continue;
    registerKernel({ kernelName, backendName, kernelFunc });
    undo.push(() => unregisterKernel(kernelName, backendName));
  }
  for (const [kernelName, improve] of Object.entries(improved)) {
    const original = getKernel(kernelName, backendName);
    if (original === undefined) continue;
    unregisterKernel(kernelName, backendName);
    registerKernel({ ...original, kernelFunc: improve(original.kernelFunc) });
    undo.push(() => {
      unregisterKernel(kernelName, backendName);
      registerKernel(original);
    });
  }
  return () => {
    for (const step of undo) step();
  };
}
