import type { InferenceSession } from 'onnxruntime-node';

/** What a user would take: everything as it comes, but the number of threads. */
export function sessionOptions(threads: number): InferenceSession.SessionOptions {
  return { executionProviders: ['cpu'], graphOptimizationLevel: 'all', intraOpNumThreads: threads };
}
