import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { FusedStep } from './fused-step';
import { runStep } from './run-step';

/** Tensors that live within one kernel. */
export interface Scratch {
  /** Runs a dispatch whose output is needed by later ones only. */
  run(step: FusedStep, inputs: readonly TensorInfo[]): TensorInfo;
  /** Gives an output back before the end. */
  free(output: TensorInfo): void;
}

/** Calls `compute` with a scratch, and frees what is left in it whatever happens. */
export function withScratch<T>(backend: WebGPUBackend, compute: (scratch: Scratch) => T): T {
  const live = new Set<TensorInfo>();
  const free = (output: TensorInfo) => {
    if (live.delete(output)) backend.disposeData(output.dataId);
  };
  try {
    return compute({
      run(step, inputs) {
        const output = runStep(backend, step, inputs);
        live.add(output);
        return output;
      },
      free,
    });
  } finally {
    for (const output of live) free(output);
  }
}
