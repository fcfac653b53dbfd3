import * as tf from '@tensorflow/tfjs';

/**
 * Flags of TensorFlow.js's WebGPU backend that DiffIR sets. Left at their defaults on purpose:
 * WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE (15): buffers disposed within a batch are reused only after it is
 * submitted, so a longer batch costs memory at the sizes DiffIR works with, where a single kernel already
 * dwarfs the cost of submitting.
 */
const flags = {
  /**
   * Off: it computes small tensors that have not been uploaded yet on the CPU. Whether a parameter has
   * been uploaded depends on what ran before, so the same image could come out with other rounding the
   * second time.
   */
  WEBGPU_CPU_FORWARD: false,
} as const;

/**
 * Sets the flags, which exist once `@tensorflow/tfjs-backend-webgpu` is loaded.
 * @returns a function that restores the previous values.
 */
export function setTensorflowFlags(): () => void {
  const previous = Object.keys(flags).map((flag) => [flag, tf.env().get(flag)] as const);
  for (const [flag, value] of Object.entries(flags)) tf.env().set(flag, value);
  return () => {
    for (const [flag, value] of previous) tf.env().set(flag, value);
  };
}
