import { type RunningBackend, withBackend } from '@diffir/core';
import { matMul, ones, type Tensor2D, tidy } from '@tensorflow/tfjs-core';

/** What a backend that computes on the calling thread manages on an idle core, as docs/performance.md has it. */
interface NominalSpeed {
  /** Multiply–accumulates a second of a whole network, roughly. */
  readonly network: number;
  /** The same of a product of two square matrices with `side` rows; absent where none can be timed. */
  readonly probe?: { readonly product: number; readonly side: number };
  /** Whether it spreads a computation over all cores by itself, so that one thread of ours is enough. */
  readonly usesAllCores: boolean;
}

const nominalSpeeds: Readonly<Record<string, NominalSpeed>> = {
  onnx: { network: 50e9, usesAllCores: true },
  wasm: { network: 8e9, probe: { product: 12e9, side: 256 }, usesAllCores: false },
  cpu: { network: 0.25e9, probe: { product: 0.35e9, side: 96 }, usesAllCores: false },
};

/** How long products are timed: long enough for other work on the core to show. */
const MEASURED_MS = 20;

/**
 * Multiply–accumulates a second, roughly, of networks on an idle core; undefined for backends
 * during which the calling thread is not deaf.
 */
export function nominalSpeed(backend: string): number | undefined {
  return nominalSpeeds[backend]?.network;
}

/** Most threads of ours that a backend has use for, of those the machine has. */
export function usefulThreads(backend: string, threads: number): number {
  return nominalSpeeds[backend]?.usesAllCores ? Math.min(1, threads) : threads;
}

/**
 * Multiply–accumulates a second, roughly, of networks on this machine with what else it is doing: the
 * nominal speed, or as much less as a matrix product is slower than its own. Takes some 20 ms.
 */
export function measureSpeed(backend: RunningBackend, clock = () => performance.now()): number | undefined {
  const { network = 0, probe } = nominalSpeeds[backend.id] ?? {};
  if (probe === undefined) return undefined;
  const { product, side } = probe;
  return withBackend(backend, () =>
    tidy(() => {
      const matrix: Tensor2D = ones([side, side]);
      const multiply = () => void matMul(matrix, matrix).dataSync();
      // The first one is compiled and its memory taken.
      multiply();
      const started = clock();
      let products = 0;
      let passed = 0;
      while (passed < MEASURED_MS) {
        multiply();
        products++;
        passed = clock() - started;
      }
      const measured = (products * side ** 3) / (passed / 1000);
      return network * Math.min(1, measured / product);
    }),
  );
}
