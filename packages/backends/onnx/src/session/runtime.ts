import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { HandOver } from './hand-over';

/** The parts of onnxruntime's JavaScript API that are used: those of `onnxruntime-node` and `-web` alike. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: 'float32', values: Float32Array, shape: readonly number[]) => Tensor;
}

/** What onnxruntime runs graphs on. */
export interface RuntimeChoice {
  readonly runtime: OnnxRuntime;
  readonly provider: 'cpu' | 'wasm' | 'webgpu';
  readonly threads: number;
  /** How it gets its graphs. Default: weights lie in memory. */
  readonly handOver?: HandOver;
}

/** Whether a module is an onnxruntime. */
export function isOnnxRuntime(module: unknown): module is OnnxRuntime {
  return (
    typeof module === 'object' &&
    module !== null &&
    'InferenceSession' in module &&
    typeof module.InferenceSession === 'function' &&
    'Tensor' in module &&
    typeof module.Tensor === 'function'
  );
}
