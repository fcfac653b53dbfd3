import { float32ToHalf } from '@diffir/core';
import {
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
  type OnnxType,
  onnxTypes,
} from '../model-file/onnx-model';

export type Attributes = { readonly [name: string]: OnnxAttribute };

/** Collects nodes and constants of a graph under names of its own. */
export interface GraphBuilder {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  /** Adds a node with one output. @returns its name */
  add(operator: string, inputs: readonly string[], attributes?: Attributes): string;
  /** Adds a node with several outputs. @returns their names */
  addMany(
    operator: string,
    inputs: readonly string[],
    outputs: number,
    attributes?: Attributes,
  ): readonly string[];
  /** Adds a node of one of onnxruntime's own operators, which no other runtime knows. */
  addContributed(operator: string, inputs: readonly string[], attributes?: Attributes): string;
  /** A constant; equal small ones, and the same array twice, become one. */
  constant(type: OnnxType, shape: readonly number[], values: ArrayBufferView): string;
  /** A constant of real numbers, stored as the graph stores its weights. */
  weights(shape: readonly number[], values: Float32Array): string;
  /** A constant of integers, as shapes and axes are given. */
  integers(values: readonly number[]): string;
  /** A constant number. */
  scalar(value: number): string;
}

/** Constants of at most this many bytes are compared by their bytes. */
const SMALL = 256;

/** How a graph stores weights; arithmetic is in f32 all the same. */
export type WeightType = 'f32' | 'f16';

/** @param weightType of matrices and kernels; vectors take no room and stay f32 */
export function createGraphBuilder(weightType: WeightType): GraphBuilder {
  const nodes: OnnxNode[] = [];
  const initializers = new Map<string, OnnxTensor>();
  const small = new Map<string, string>();
  const large = new Map<ArrayBufferLike, Map<string, string>>();
  const halves = new Map<Float32Array, Uint16Array>();
  const widened = new Map<string, string>();
  let count = 0;

  const builder: GraphBuilder = {
    nodes,
    initializers,
    add(operator, inputs, attributes) {
      const output = `v${count++}`;
      nodes.push({ operator, inputs, outputs: [output], ...(attributes && { attributes }) });
      return output;
    },
    addMany(operator, inputs, outputs, attributes) {
      const names = Array.from({ length: outputs }, () => `v${count++}`);
      nodes.push({ operator, inputs, outputs: names, ...(attributes && { attributes }) });
      return names;
    },
    addContributed(operator, inputs, attributes) {
      const output = `v${count++}`;
      const domain = 'com.microsoft';
      nodes.push({ operator, domain, inputs, outputs: [output], ...(attributes && { attributes }) });
      return output;
    },
    constant(type, shape, values) {
      const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      const [known, key] = knownConstants(data, `${type}[${shape}]`);
      const existing = known.get(key);
      if (existing !== undefined) return existing;
      const name = `c${initializers.size}`;
      initializers.set(name, { type, shape, data });
      known.set(key, name);
      return name;
    },
    weights(shape, values) {
      if (weightType === 'f32' || shape.filter((length) => length > 1).length < 2) {
        return builder.constant('float32', shape, values);
      }
      const half = builder.constant('float16', shape, halvesOf(values));
      const name = widened.get(half) ?? builder.add('Cast', [half], { to: { int: onnxTypes.float32 } });
      widened.set(half, name);
      return name;
    },
    integers: (values) =>
      builder.constant(
        'int64',
        [values.length],
        BigInt64Array.from(values, (value) => BigInt(value)),
      ),
    scalar: (value) => builder.constant('float32', [], Float32Array.of(value)),
  };

  /** The same array for the same values, so that what is stored once stays so. */
  function halvesOf(values: Float32Array): Uint16Array {
    const known = halves.get(values) ?? float32ToHalf(values);
    halves.set(values, known);
    return known;
  }

  function knownConstants(data: Uint8Array, type: string): [Map<string, string>, string] {
    if (data.byteLength <= SMALL) return [small, `${type}${data}`];
    const known = large.get(data.buffer) ?? new Map<string, string>();
    large.set(data.buffer, known);
    return [known, `${type}${data.byteOffset}+${data.byteLength}`];
  }

  return builder;
}
