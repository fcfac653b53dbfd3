import {
  engine,
  getBackend,
  getGradient,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs';

/** One call of an op: the kernel a backend may have registered for it, and its plain composition. */
export interface OpCall<T extends Tensor> {
  /** Kernel name under which a backend registers its fused version. */
  readonly kernel: string;
  readonly inputs: NamedTensorMap;
  readonly attributes?: NamedAttrMap;
  /** The op in TensorFlow.js primitives: correct and differentiable on every backend. */
  readonly compose: () => T;
}

/**
 * Runs the current backend's fused kernel if it has one, else the composition. While gradients are
 * recorded a kernel is used only if its gradient is registered too. Intermediate tensors are freed.
 */
export function runOp<T extends Tensor>({ kernel, inputs, attributes = {}, compose }: OpCall<T>): T {
  if (!hasUsableKernel(kernel)) return tidy(compose);
  return engine().runKernel<T>(kernel, inputs, attributes);
}

function hasUsableKernel(kernel: string): boolean {
  if (getKernel(kernel, getBackend()) === undefined) return false;
  const recording = engine().state.gradientDepth > 0;
  return !recording || getGradient(kernel) !== undefined;
}
