import { createParameters, type ParameterScope, type StateDict } from '@diffir/core';
import { type Tensor4D, tensor4d, transpose } from '@tensorflow/tfjs';

/**
 * A state dict of sines, as the reference values of feature networks were made with: value i of the n-th
 * parameter by name is s = sin(0.7·i + n), times √(3/fan-in) in convolutions; 1 + 0.3·s in variances,
 * 1 + 0.1·s in other scales, 0.1·s in offsets.
 */
export function sineWeights(build: (scope: ParameterScope) => unknown): StateDict {
  const parameters = createParameters();
  build(parameters.root);
  const names = [...parameters.declarations.keys()].sort();
  return new Map(
    names.map((name, n) => {
      const shape = parameters.declarations.get(name)?.shape ?? [];
      const size = shape.reduce((product, length) => product * length, 1);
      const scale = scaleOf(name, shape);
      const values = Float32Array.from({ length: size }, (_, i) => scale(Math.sin(0.7 * i + n)));
      const load = async () => values;
      return [
        name,
        { dtype: 'f32', shape, load, loadBytes: async () => new Uint8Array(values.buffer) },
      ] as const;
    }),
  );
}

function scaleOf(name: string, shape: readonly number[]): (sine: number) => number {
  if (name.endsWith('running_var')) return (sine) => 1 + 0.3 * sine;
  if (shape.length === 1 && name.endsWith('weight')) return (sine) => 1 + 0.1 * sine;
  if (shape.length === 1) return (sine) => 0.1 * sine;
  const fanIn = shape.slice(1).reduce((product, length) => product * length, 1);
  return (sine) => sine * Math.sqrt(3 / fanIn);
}

/** 0.5 + 0.5·sin(0.3·i + phase) over `[1,3,40,40]`, as `[1,40,40,3]`. */
export function sinePicture(phase: number): Tensor4D {
  const values = Float32Array.from({ length: 3 * 40 * 40 }, (_, i) => 0.5 + 0.5 * Math.sin(0.3 * i + phase));
  return transpose(tensor4d(values, [1, 3, 40, 40]), [0, 2, 3, 1]);
}
