import { DiffIRError, type PlainTensor } from '@diffir/core';
import type { InferenceSession } from 'onnxruntime-common';
import type { OnnxModel } from '../model-file/onnx-model';
import { explainFailure } from './explain-failure';
import { type HandedOver, handOverInMemory } from './hand-over';
import type { RuntimeChoice } from './runtime';

/** A graph that onnxruntime holds ready. */
export interface GraphSession {
  /** Runs it. @returns the values of its one output */
  run(inputs: { readonly [name: string]: PlainTensor }): Promise<Float32Array>;
  release(): Promise<void>;
}

/**
 * Hands a graph to onnxruntime.
 * @throws OutOfMemoryError when memory does not suffice, DiffIRError when onnxruntime refuses it
 */
export async function openSession(choice: RuntimeChoice, model: OnnxModel): Promise<GraphSession> {
  const { runtime, handOver = handOverInMemory } = choice;
  const options = sessionOptions(choice);
  const handedOver = await explained(() =>
    handOver(model, (bytes, more) =>
      runtime.InferenceSession.create(bytes, {
        ...options,
        ...more,
        extra: { ...options.extra, ...more.extra },
      }),
    ),
  );
  return graphSession(handedOver, runtime.Tensor);
}

/** In a scope of its own, that the model's weights do not live as long as the session. */
function graphSession(
  { session, release }: HandedOver,
  Tensor: RuntimeChoice['runtime']['Tensor'],
): GraphSession {
  return {
    async run(inputs) {
      const feeds = Object.entries(inputs)
        // An input that nothing depends on is left out of a graph.
        .filter(([name]) => session.inputNames.includes(name))
        .map(([name, { values, shape }]) => [name, new Tensor('float32', values, shape)] as const);
      const outputs = await explained(() => session.run(Object.fromEntries(feeds)));
      return floatsOf(outputs);
    },
    release,
  };
}

function floatsOf(outputs: InferenceSession.OnnxValueMapType): Float32Array {
  const [output] = Object.values(outputs);
  if (output?.type === 'float32') return Float32Array.from(output.data as Float32Array);
  throw new DiffIRError({
    subject: 'onnx',
    problem: `a result is ${output?.type ?? 'missing'}, not numbers`,
  });
}

function sessionOptions({ provider, threads }: RuntimeChoice): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // It would plan a second arena at the second run, beside the one that the first has filled.
    enableMemPattern: false,
    // It would make the transpositions one that are apart for what `interleavedRows` says; nothing else is alike.
    extra: { optimization: { disable_specified_optimizers: 'CommonSubexpressionElimination' } },
    // Errors are thrown; warnings about a graph of ours are of no use to a user.
    logSeverityLevel: 3,
  };
}

async function explained<T>(compute: () => Promise<T>): Promise<T> {
  try {
    return await compute();
  } catch (error) {
    throw explainFailure(error);
  }
}
