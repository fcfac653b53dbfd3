import {
  engine,
  getBackend,
  getGradient,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { isRecording, type OpGradient, withGradient } from '../gradients/with-gradient';

/** One call of an op: the kernel a backend may have registered for it, and its plain composition. */
export interface OpCall<T extends Tensor, Inputs extends NamedTensorMap = NamedTensorMap> {
  /** Kernel name under which a backend registers its fused version. */
  readonly kernel: string;
  readonly inputs: Inputs;
  readonly attributes?: NamedAttrMap;
  /** The op in TensorFlow.js primitives: correct and differentiable on every backend. */
  readonly compose: () => T;
  /** Its gradient as a whole, where that is leaner than the one of the composition: it keeps the inputs only. */
  readonly gradient?: OpGradient<Inputs, T>;
}

/**
 * Runs the current backend's fused kernel if it has one, else the composition. While gradients are recorded, an
 * op with a gradient of its own still runs the kernel; one without runs it only if the kernel's gradient is
 * registered. Intermediate tensors are freed.
 */
export function runOp<T extends Tensor, Inputs extends NamedTensorMap = NamedTensorMap>(
  call: OpCall<T, Inputs>,
): T {
  const { kernel, inputs, attributes = {}, compose, gradient } = call;
  const hasKernel = getKernel(kernel, getBackend()) !== undefined;
  const forward = () => (hasKernel ? engine().runKernel<T>(kernel, inputs, attributes) : tidy(compose));
  if (!isRecording()) return forward();
  if (gradient !== undefined) return withGradient(inputs, forward, gradient);
  return hasKernel && getGradient(kernel) !== undefined ? forward() : tidy(compose);
}
