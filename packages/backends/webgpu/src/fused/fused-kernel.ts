import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { FusionTraits } from './fusion-traits';

/** One call of a kernel. */
interface FusedKernelCall {
  readonly inputs: NamedTensorInfoMap;
  readonly attributes: NamedAttrMap | undefined;
  readonly backend: WebGPUBackend;
  readonly traits: FusionTraits;
}

/** A kernel of this package; inputs and attributes are those of the op of core that it stands for. */
export type FusedKernel = (call: FusedKernelCall) => TensorInfo;
