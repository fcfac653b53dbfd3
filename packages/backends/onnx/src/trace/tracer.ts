import { installTensorflowBackend, isAllocationFailure, type RunningBackend } from '@diffir/core';
import { operators } from '../operators/operators';
import { registerTracingKernels } from './register-kernels';
import { type Evaluate, TraceBackend } from './trace-backend';

/** Below TensorFlow.js's own backends: nobody gets a tracing one by accident. */
const PRIORITY = 0;

export interface TracerOptions extends Pick<RunningBackend, 'id' | 'device' | 'limits'> {
  /** Computes what is read. */
  readonly evaluate: Evaluate;
}

/** Registers a backend with TensorFlow.js that traces, under its id. */
export function startTracer({ id, device, limits, evaluate }: TracerOptions): RunningBackend {
  const forgetKernels = registerTracingKernels(operators, id);
  const uninstall = installTensorflowBackend(id, new TraceBackend(evaluate), PRIORITY);
  return {
    id,
    device,
    software: false,
    limits,
    tensorflowName: id,
    isOutOfMemory: isAllocationFailure,
    dispose: async () => {
      uninstall();
      forgetKernels();
    },
  };
}
