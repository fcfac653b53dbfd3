import {
  createParameters,
  type NamedStateDict,
  type ParameterDeclaration,
  type ParameterScope,
  type StoredTensor,
} from '@diffir/core';

/**
 * Weights that any language can make again, to compare networks whose published weights are not at hand:
 * value i of a parameter is u = murmur3(fnv1a(name) + i) / 2³² put into a range (see `rangeOf`).
 */
export function hashedWeights(build: (scope: ParameterScope) => unknown): NamedStateDict {
  const parameters = createParameters();
  build(parameters.root);
  const entries = [...parameters.declarations].map(([name, declaration]) => {
    return [name, hashedTensor(name, declaration)] as const;
  });
  return { name: 'hashed', stateDict: new Map(entries) };
}

/** Values in [0,1) that depend on a name and a position alone. */
export function hashedValues(name: string, count: number): Float64Array {
  const seed = fnv1a(name);
  const values = new Float64Array(count);
  // A plain loop: networks have tens of millions of weights.
  for (let index = 0; index < count; index++) values[index] = murmur3(seed + index) / 2 ** 32;
  return values;
}

function hashedTensor(name: string, { shape }: ParameterDeclaration): StoredTensor {
  const load = async () => {
    const count = shape.reduce((product, length) => product * length, 1);
    const { from, to } = rangeOf(name, shape);
    const values = hashedValues(name, count);
    for (let index = 0; index < count; index++) values[index] = from + (to - from) * (values[index] ?? 0);
    return new Float32Array(values);
  };
  return { dtype: 'f32', shape, load, loadBytes: async () => new Uint8Array((await load()).buffer) };
}

/** Kernels within √(6 / fan in), so that activations keep their size; what must be positive is. */
function rangeOf(name: string, shape: readonly number[]): { readonly from: number; readonly to: number } {
  if (/running_var$|bn\.weight$/.test(name)) return { from: 0.5, to: 1.5 };
  if (/^(lin\d|alpha|beta)/.test(name)) return { from: 0, to: 1 };
  if (shape.length < 4) return { from: -0.1, to: 0.1 };
  const bound = Math.sqrt(6 / shape.slice(1).reduce((product, length) => product * length, 1));
  return { from: -bound, to: bound };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

function murmur3(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
