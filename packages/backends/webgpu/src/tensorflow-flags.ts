import * as tf from '@tensorflow/tfjs-core';

/** Flags of TensorFlow.js's WebGPU backend that DiffIR sets. */
const flags = {
  /**
   * Off: it computes small tensors that have not been uploaded yet on the CPU. Whether a parameter has
   * been uploaded depends on what ran before, so the same image could come out with other rounding the
   * second time.
   */
  WEBGPU_CPU_FORWARD: false,
} as const;

/** Flags for a backend that reuses buffers within a submission; see `createReusingBackend`. */
const reusingFlags = {
  /** Commands are submitted when results are read, so a tile is one submission instead of one for every 15. */
  WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE: Number.POSITIVE_INFINITY,
} as const;

/**
 * Sets the flags, which exist once `@tensorflow/tfjs-backend-webgpu` is loaded.
 * @returns a function that restores the previous values.
 */
export function setTensorflowFlags({ reusesBuffers }: { readonly reusesBuffers: boolean }): () => void {
  const wanted = { ...flags, ...(reusesBuffers && reusingFlags) };
  const previous = Object.keys(wanted).map((flag) => [flag, tf.env().get(flag)] as const);
  for (const [flag, value] of Object.entries(wanted)) tf.env().set(flag, value);
  return () => {
    for (const [flag, value] of previous) tf.env().set(flag, value);
  };
}
