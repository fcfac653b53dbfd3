import { isAllocationFailure, type RunningBackend } from '@diffir/core';

/**
 * A backend that TensorFlow.js has registered, as DiffIR's backend packages hand it out; packages of this
 * layer do not import those.
 */
export function runningBackend(tensorflowName: string): RunningBackend {
  return {
    id: tensorflowName,
    device: 'this processor',
    software: false,
    limits: { maxTensorBytes: 2 ** 31 - 1 },
    tensorflowName,
    isOutOfMemory: isAllocationFailure,
    dispose: async () => {},
  };
}
