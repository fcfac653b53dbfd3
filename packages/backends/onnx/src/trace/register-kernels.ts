import {
  type KernelConfig,
  type NamedAttrMap,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { Operator } from '../operators/operator';
import { TraceBackend } from './trace-backend';
import type { TracedValue } from './traced-graph';

/**
 * Registers kernels that remember their calls, under a backend's name.
 * @returns a function that takes them out again
 */
export function registerTracingKernels(operators: readonly Operator[], backendName: string): () => void {
  for (const operator of operators) registerKernel(tracingKernel(operator, backendName));
  return () => {
    for (const { kernel } of operators) unregisterKernel(kernel, backendName);
  };
}

function tracingKernel(operator: Operator, backendName: string): KernelConfig {
  return {
    kernelName: operator.kernel,
    backendName,
    kernelFunc({ inputs, attrs = {}, backend }) {
      if (!(backend instanceof TraceBackend))
        throw new TypeError(`${operator.kernel}: not a tracing backend`);
      const node = {
        kernel: operator.kernel,
        inputs: tracedInputs(inputs, backend),
        attributes: attributesOf(attrs),
      };
      const types = operator.infer(node);
      const outputs = types.map((type, output) =>
        backend.register({ ...type, origin: { kind: 'node', node, output } }),
      );
      const [only] = outputs;
      return operator.many || only === undefined ? outputs : only;
    },
  };
}

/** Kernels with optional inputs name them without giving them. */
function tracedInputs(
  inputs: { readonly [name: string]: TensorInfo | undefined },
  backend: TraceBackend,
): { readonly [name: string]: TracedValue } {
  const given = Object.entries(inputs).flatMap(([name, tensor]) =>
    tensor === undefined || tensor === null ? [] : [[name, backend.tracedValue(tensor)] as const],
  );
  return Object.fromEntries(given);
}

function attributesOf(attrs: object | NamedAttrMap): { readonly [name: string]: unknown } {
  return { ...attrs };
}
