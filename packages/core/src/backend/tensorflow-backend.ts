import * as tf from '@tensorflow/tfjs-core';

/** The initialised TensorFlow.js backend of that name, if there is one; initialises nothing. */
export function findTensorflowBackend(name: string): tf.KernelBackend | undefined {
  return tf.engine().registry[name];
}

/**
 * Gives TensorFlow.js a finished backend under a name, in place of a factory registered for that name
 * but never run. Unlike `tf.setBackend` with an asynchronous factory, this leaves the current backend
 * alone, so that work going on there is not disturbed.
 * @returns a function that takes the backend out again, disposes it and restores the factory.
 */
export function installTensorflowBackend(
  name: string,
  backend: tf.KernelBackend,
  priority: number,
): () => void {
  const replaced = tf.engine().registryFactory[name];
  if (replaced !== undefined) tf.removeBackend(name);
  tf.registerBackend(name, () => backend, priority);
  tf.findBackend(name);
  return () => {
    if (findTensorflowBackend(name) !== backend) return;
    tf.removeBackend(name);
    if (replaced !== undefined) tf.registerBackend(name, replaced.factory, replaced.priority);
  };
}
