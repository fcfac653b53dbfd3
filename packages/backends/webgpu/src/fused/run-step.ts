import { OutOfMemoryError } from '@diffir/core';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { bytesOf, type FusedStep, type Traffic } from './fused-step';

/** A program of TensorFlow.js that knows what it moves. */
export interface FusedProgram extends WebGPUProgram {
  readonly traffic: Traffic;
}

/**
 * Runs one dispatch. Inputs and output are flat for TensorFlow.js: what the dimensions mean is the
 * program's business, and a pipeline does not depend on them.
 * @returns the output, `[size]`
 * @throws OutOfMemoryError when the output is larger than the device's buffers may be
 */
export function runStep(backend: WebGPUBackend, step: FusedStep, inputs: readonly TensorInfo[]): TensorInfo {
  assertFits(backend, step);
  const flat = inputs.map(({ dataId, shape, dtype }) => ({ dataId, shape: [sizeOf(shape)], dtype }));
  const uniforms = Object.values(step.uniforms).map((value) => ({ type: 'int32', data: [value] }));
  return backend.runWebGPUProgram(toProgram(step), flat, 'float32', uniforms);
}

/** A fresh object each time, since TensorFlow.js writes into it. */
function toProgram(step: FusedStep): FusedProgram {
  const { constants, inputs, output, uniforms } = step;
  return {
    variableNames: inputs.map(({ name }) => name),
    variableComponents: inputs.map(({ components }) => components),
    outputComponent: output.components,
    outputShape: [output.size],
    dispatch: [...step.workgroups],
    dispatchLayout: { x: [0] },
    workgroupSize: [step.workgroupSize, 1, 1],
    uniforms: Object.keys(uniforms)
      .map((name) => `${name} : i32`)
      .join(', '),
    shaderKey: `diffir_${step.name}_${JSON.stringify(constants)}_${inputs.map((input) => input.components)}_${output.components}`,
    getUserCode: step.code,
    traffic: step.traffic,
  };
}

function assertFits({ device }: WebGPUBackend, { name, output }: FusedStep): void {
  const limit = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
  const bytes = bytesOf(output.size);
  if (bytes <= limit) return;
  throw new OutOfMemoryError({
    subject: 'webgpu',
    problem: `${name} needs a buffer of ${bytes} bytes, and the device's hold at most ${limit}`,
    remedy: 'use smaller tiles',
  });
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
