import { float32ToHalf } from '@diffir/core';
import {
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
  type OnnxType,
  onnxTypes,
} from '../model-file/onnx-model';
import { sizeOf, type TracedArray } from '../trace/traced-graph';
import { type ConstantView, contiguous, identityOf } from './constant-view';

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
  /** A constant; equal small ones become one. */
  constant(type: OnnxType, shape: readonly number[], values: ArrayBufferView): string;
  /**
   * A constant of real numbers, stored as the graph stores its weights; equal small ones, and the same view
   * of the same array, become one. The values of large ones are not moved until they are written.
   */
  weights(view: ConstantView): string;
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
  const large = new Map<TracedArray, Map<string, string>>();
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
    constant: (type, shape, values) => kept(type, shape, bytesOf(values)),
    weights(view) {
      if (weightType === 'f32' || isVector(view.shape)) {
        return viewed('float32', view, () => bytesOf(contiguous(view)));
      }
      const half = viewed('float16', view, () => bytesOf(float32ToHalf(contiguous(view) as Float32Array)));
      return once(widened, half, () => builder.add('Cast', [half], { to: { int: onnxTypes.float32 } }));
    },
    integers: (values) =>
      builder.constant(
        'int64',
        [values.length],
        BigInt64Array.from(values, (value) => BigInt(value)),
      ),
    scalar: (value) => builder.constant('float32', [], Float32Array.of(value)),
  };

  function viewed(type: 'float32' | 'float16', view: ConstantView, data: () => Uint8Array): string {
    const { shape, source } = view;
    const byteLength = sizeOf(shape) * (type === 'float32' ? 4 : 2);
    if (byteLength <= SMALL) return kept(type, shape, data());
    const known = large.get(source) ?? new Map<string, string>();
    large.set(source, known);
    return once(known, identityOf(view), () => named({ type, shape, byteLength, data }));
  }

  function kept(type: OnnxType, shape: readonly number[], bytes: Uint8Array): string {
    const tensor = { type, shape, byteLength: bytes.byteLength, data: () => bytes };
    return bytes.byteLength > SMALL
      ? named(tensor)
      : once(small, `${type}[${shape}]${bytes}`, () => named(tensor));
  }

  function named(tensor: OnnxTensor): string {
    const name = `c${initializers.size}`;
    initializers.set(name, tensor);
    return name;
  }

  return builder;
}

/** The name that a key has, made when the key is met first. */
function once(names: Map<string, string>, key: string, make: () => string): string {
  const name = names.get(key) ?? make();
  names.set(key, name);
  return name;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function isVector(shape: readonly number[]): boolean {
  return shape.filter((length) => length > 1).length < 2;
}
