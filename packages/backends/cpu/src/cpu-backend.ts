import {
  type BackendDefinition,
  type BackendLimits,
  BackendUnavailableError,
  backendRanks,
  isAllocationFailure,
  registerKernels,
  startOnce,
} from '@diffir/core';
import * as tf from '@tensorflow/tfjs-core';
import { fastKernels } from './kernels/fast-kernels';

const tensorflowName = 'cpu';
const device = 'plain JavaScript';

/** Tensors are typed arrays of the JavaScript engine; 2 GiB is the least that current ones allow. */
const limits: BackendLimits = { maxTensorBytes: 2 ** 31 - 1 };

/** The plain JavaScript backend: runs anywhere, slowly. */
export const cpuBackend: BackendDefinition = {
  id: 'cpu',
  description: 'plain JavaScript: slow, runs anywhere',
  rank: backendRanks.cpu,
  probe: async () => ({ available: true, device, software: false, limits }),
  start: startOnce(async () => {
    // Registers itself, unless `@tensorflow/tfjs` has brought it already.
    await import('@tensorflow/tfjs-backend-cpu');
    const backend = tf.findBackend(tensorflowName);
    if (backend === null) {
      throw new BackendUnavailableError({
        subject: 'cpu',
        problem: 'TensorFlow.js has no cpu backend here',
        remedy: 'see that @tensorflow/tfjs-core is installed once, in one version',
      });
    }
    // Whoever chose this backend does not want TensorFlow.js's advice to install tfjs-node on stderr.
    Reflect.set(backend, 'firstUse', false);
    const unregister = registerKernels(tensorflowName, [fastKernels]);
    return {
      id: 'cpu',
      device,
      software: false,
      limits,
      tensorflowName,
      isOutOfMemory: isAllocationFailure,
      dispose: async () => unregister(),
    };
  }),
};
