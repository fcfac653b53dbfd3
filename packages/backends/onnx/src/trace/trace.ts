import { type Computation, DiffIRError, ModelUseError, type RunningBackend, withBackend } from '@diffir/core';
import { engine, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { TraceBackend } from './trace-backend';
import type { TracedValue } from './traced-graph';

/** A computation as it was seen: its inputs by name, and its result. */
export interface Trace {
  readonly inputs: { readonly [name: string]: TracedValue };
  readonly output: TracedValue;
}

/**
 * Runs a computation on placeholders of these shapes and remembers what it did.
 * @throws ModelUseError naming an op that graphs do not know
 */
export function trace(
  backend: RunningBackend,
  computation: Computation,
  shapes: { readonly [name: string]: readonly number[] },
): Trace {
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, placeholder(name, shape)] as const),
  );
  return withBackend(backend, () => {
    const tracer = currentTracer();
    let output: TracedValue | undefined;
    tidy(() => {
      const tensors = Object.entries(inputs).map(([name, value]) => [name, asTensor(tracer, value)] as const);
      output = tracer.tracedValue(explained(() => computation(Object.fromEntries(tensors))));
    });
    if (output === undefined) throw new DiffIRError({ subject: 'onnx', problem: 'nothing was computed' });
    return { inputs, output };
  });
}

function placeholder(name: string, shape: readonly number[]): TracedValue {
  return { shape, dtype: 'float32', origin: { kind: 'input', name } };
}

function currentTracer(): TraceBackend {
  const { backend } = engine();
  if (backend instanceof TraceBackend) return backend;
  throw new DiffIRError({ subject: 'onnx', problem: 'is not the current backend' });
}

function asTensor(tracer: TraceBackend, value: TracedValue): Tensor {
  const { dataId, shape, dtype } = tracer.register(value);
  return engine().makeTensorFromDataId(dataId, shape, dtype);
}

/** What TensorFlow.js says of a kernel that a backend does not have. */
const unknownKernel = /Kernel '([^']+)' not registered/;

function explained<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    const kernel = unknownKernel.exec(error instanceof Error ? error.message : '')?.[1];
    if (kernel === undefined) throw error;
    throw new ModelUseError({
      subject: 'onnx',
      problem: `graphs have no op ${kernel}, which this model uses`,
      remedy: 'use another backend',
      cause: error,
    });
  }
}
