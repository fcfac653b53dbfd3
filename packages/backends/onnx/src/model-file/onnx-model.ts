/** Element types of ONNX tensors that graphs here use; values are those of `TensorProto.DataType`. */
export const onnxTypes = { float32: 1, int32: 6, int64: 7, bool: 9, float16: 10 } as const;

export type OnnxType = keyof typeof onnxTypes;

/** A constant of a graph. */
export interface OnnxTensor {
  readonly type: OnnxType;
  readonly shape: readonly number[];
  readonly byteLength: number;
  /** Its little-endian values as they lie in the file; may be made anew at every call. */
  data(): Uint8Array;
}

/** One attribute of a node; which member there is says of which kind. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly string: string };

export interface OnnxNode {
  readonly operator: string;
  /** Operator set; default: ONNX's own. */
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: { readonly [name: string]: OnnxAttribute };
}

/** An input or output: a number is a fixed length, a string a symbol for one that is known at run time. */
export interface OnnxValue {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly (number | string)[];
}

/** A graph with its weights: what a file of the format holds. */
export interface OnnxModel {
  readonly name: string;
  /** Version of ONNX's own operator set. */
  readonly opset: number;
  /** Nodes in an order in which they can be computed. */
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Free text by key, for whoever reads the file. */
  readonly metadata?: { readonly [key: string]: string };
}
