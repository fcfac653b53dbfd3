import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

type WebGPUModule = typeof import('@tensorflow/tfjs-backend-webgpu');

/**
 * TensorFlow.js's backend with one difference: the buffer of a disposed tensor is free for the next
 * tensor at once. TensorFlow.js holds it back until the commands recorded so far are submitted, so that
 * a network recorded as one submission would keep all its intermediate tensors. Commands run in the order
 * of recording, and whatever writes to a pooled storage buffer is recorded too, so nothing has to wait.
 * (Textures are written by the queue itself and do wait.)
 */
export function createReusingBackend(
  module: WebGPUModule,
  device: GPUDevice,
  info: GPUAdapterInfo | undefined,
): WebGPUBackend {
  class ReusingBackend extends module.WebGPUBackend {
    override disposeData(dataId: object, force?: boolean): boolean {
      const resource: unknown = this.tensorMap.has(dataId) && this.tensorMap.get(dataId).resource;
      // Private: what recorded commands use. Without it buffers wait as they do in TensorFlow.js.
      const recorded: unknown = Reflect.get(this, 'commandQueueOwnedIds');
      if (resource instanceof GPUBuffer && recorded instanceof WeakSet) recorded.delete(dataId);
      return super.disposeData(dataId, force);
    }
  }
  return new ReusingBackend(device, info);
}
