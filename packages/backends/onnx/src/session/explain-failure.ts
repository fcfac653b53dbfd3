import { DiffIRError, isAllocationFailure, OutOfMemoryError } from '@diffir/core';

/** onnxruntime throws plain errors, whose text alone tells what happened. */
const allocationFailures = /bad_alloc|failed to allocate|out of memory|allocat\w+ failed/i;

/** A typed error for one of onnxruntime's. */
export function explainFailure(error: unknown): DiffIRError {
  const message = error instanceof Error ? error.message : String(error);
  if (isAllocationFailure(error) || allocationFailures.test(message)) {
    return new OutOfMemoryError({
      subject: 'onnx',
      problem: 'onnxruntime ran out of memory',
      remedy: 'use smaller tiles or another backend',
      cause: error,
    });
  }
  return new DiffIRError({
    subject: 'onnx',
    problem: `onnxruntime failed: ${message.split('\n', 1)[0] ?? message}`,
    remedy: 'use another backend',
    cause: error,
  });
}
