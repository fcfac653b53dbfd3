import {
  engine,
  getBackend,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { isRecording } from './with-gradient';

/** One computation of an op's gradient: the kernel a backend may have registered for it, and its plain composition. */
export interface GradientCall<Outputs extends Tensor[]> {
  /** Kernel name under which a backend registers its fused version. */
  readonly kernel: string;
  readonly inputs: NamedTensorMap;
  readonly attributes?: NamedAttrMap;
  /** The gradients in TensorFlow.js primitives, in the order in which the kernel gives them. */
  readonly compose: () => Outputs;
}

/**
 * Runs the current backend's fused kernel for a gradient if it has one, else the composition. The latter also while
 * the gradient itself is differentiated, which kernels are not made for.
 */
export function runGradient<Outputs extends Tensor[]>(call: GradientCall<Outputs>): Outputs {
  const { kernel, inputs, attributes = {}, compose } = call;
  if (getKernel(kernel, getBackend()) === undefined || isRecording()) return tidy(compose);
  const outputs = engine().runKernel<Tensor | Tensor[]>(kernel, inputs, attributes);
  return (Array.isArray(outputs) ? outputs : [outputs]) as Outputs;
}
