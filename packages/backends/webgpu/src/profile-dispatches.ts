import { findTensorflowBackend, OptionError, type RunningBackend, withBackend } from '@diffir/core';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { bytesOf, type Traffic } from './fused/fused-step';
import type { FusedProgram } from './fused/run-step';

/** One dispatch of a compute shader. */
export interface Dispatch {
  /** Of the program; TensorFlow.js's have their settings behind it. */
  readonly name: string;
  readonly workgroups: readonly [number, number, number];
  /** What it moves: for programs of TensorFlow.js, each input and the output once. */
  readonly traffic: Traffic;
}

/**
 * Runs a synchronous function on a WebGPU backend and tells which compute shaders it dispatched, in
 * order. Costs nothing while it is not called.
 * @throws OptionError when the backend is not TensorFlow.js's WebGPU backend
 */
export function profileDispatches<T>(
  backend: RunningBackend,
  compute: () => T,
): { readonly result: T; readonly dispatches: readonly Dispatch[] } {
  const gpu = webgpuOf(backend);
  const dispatches: Dispatch[] = [];
  const run = gpu.runWebGPUProgram;
  const own = Object.hasOwn(gpu, 'runWebGPUProgram');
  gpu.runWebGPUProgram = (program, inputs, ...rest) => {
    const output = run.call(gpu, program, inputs, ...rest);
    const traffic = isFused(program) ? program.traffic : plainTraffic(inputs, output);
    dispatches.push({ name: nameOf(program.shaderKey), workgroups: program.dispatch, traffic });
    return output;
  };
  try {
    return { result: withBackend(backend, compute), dispatches };
  } finally {
    if (own) gpu.runWebGPUProgram = run;
    else Reflect.deleteProperty(gpu, 'runWebGPUProgram');
  }
}

function webgpuOf({ id, tensorflowName }: RunningBackend): WebGPUBackend {
  const backend = findTensorflowBackend(tensorflowName);
  if (backend !== undefined && isWebGPU(backend)) return backend;
  throw new OptionError({
    subject: id,
    problem: 'is not a running WebGPU backend',
    remedy: 'start the backend of @diffir/backend-webgpu',
  });
}

function isWebGPU(backend: KernelBackend): backend is WebGPUBackend {
  return 'runWebGPUProgram' in backend;
}

function isFused(program: WebGPUProgram): program is FusedProgram {
  return 'traffic' in program;
}

function plainTraffic(inputs: readonly TensorInfo[], output: TensorInfo): Traffic {
  const bytes = ({ shape }: TensorInfo) => bytesOf(shape.reduce((product, length) => product * length, 1));
  return { read: inputs.reduce((sum, input) => sum + bytes(input), 0), written: bytes(output) };
}

/** Keys begin with the program's name and go on with settings, shapes and types. */
function nameOf(shaderKey: string): string {
  const [prefix = '', name = ''] = shaderKey.split(/[_;]/);
  return prefix === 'diffir' ? name : prefix;
}
