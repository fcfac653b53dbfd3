import { constants } from 'node:buffer';
import { totalmem } from 'node:os';
import {
  type BackendDefinition,
  type BackendLimits,
  type BackendProbe,
  BackendUnavailableError,
  backendRanks,
  findTensorflowBackend,
  isAllocationFailure,
  type RunningBackend,
  startOnce,
} from '@diffir/core';
import * as tf from '@tensorflow/tfjs-core';
import { findNativePackage, type NativePackage, type NativePackageSearch } from './native-package';

export interface NodeBackendOptions {
  /** Finds the installed package. Default: looks where Node finds this package's dependencies. */
  readonly find?: () => NativePackageSearch;
  /** Loads it, upon which it registers itself with TensorFlow.js. Default: `import()`. */
  readonly load?: (name: NativePackage) => Promise<unknown>;
}

/** The name under which the native packages register themselves. */
const tensorflowName = 'tensorflow';

/**
 * Native TensorFlow, where `@tensorflow/tfjs-node-gpu` or `@tensorflow/tfjs-node` is installed. They are
 * not dependencies: they fetch their native library at install.
 */
export function createNodeBackend({
  find = () => findNativePackage(),
  load = (name) => import(name),
}: NodeBackendOptions = {}): BackendDefinition {
  return {
    id: 'node',
    description: 'native TensorFlow, through @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu',
    rank: backendRanks.node,
    probe: async () => probe(find()),
    start: startOnce(() => start(find(), load)),
  };
}

/** The native TensorFlow backend with default options. */
export const nodeBackend: BackendDefinition = createNodeBackend();

/** Does not load the library, which would take a second and make it TensorFlow.js's current backend. */
function probe(search: NativePackageSearch): BackendProbe {
  if (search.found === undefined) return { available: false, ...search };
  const limits = nativeLimits({ gpu: search.found === '@tensorflow/tfjs-node-gpu' });
  return { available: true, device: search.found, software: false, limits };
}

async function start(
  search: NativePackageSearch,
  load: (name: NativePackage) => Promise<unknown>,
): Promise<RunningBackend> {
  if (search.found === undefined) {
    throw new BackendUnavailableError({ subject: 'node', problem: search.reason, remedy: search.remedy });
  }
  const name = search.found;
  await loadWithoutSwitching(name, load);
  const backend = findTensorflowBackend(tensorflowName);
  if (backend === undefined) {
    throw new BackendUnavailableError({
      subject: 'node',
      problem: `${name} registered itself with another copy of TensorFlow.js`,
      remedy: `install version ${tf.version_core} of it, so that both share one copy`,
    });
  }
  const gpu = Reflect.get(backend, 'isUsingGpuDevice') === true;
  return {
    id: 'node',
    device: `${name}, ${gpu ? 'GPU' : 'CPU'}`,
    software: false,
    limits: nativeLimits({ gpu }),
    tensorflowName,
    isOutOfMemory: (error) => isAllocationFailure(error) || isNativeAllocationFailure(error),
    // A native addon cannot be unloaded.
    dispose: async () => {},
  };
}

/** The packages make themselves the current backend while loading; this undoes that. */
async function loadWithoutSwitching(
  name: NativePackage,
  load: (name: NativePackage) => Promise<unknown>,
): Promise<void> {
  const previous = tf.getBackend();
  try {
    await load(name);
  } catch (cause) {
    throw new BackendUnavailableError({
      subject: 'node',
      problem: `${name} could not be loaded: ${firstLine(cause)}`,
      remedy: `run \`npm rebuild ${name}\``,
      cause,
    });
  } finally {
    if (previous && findTensorflowBackend(previous) !== undefined) void tf.setBackend(previous);
  }
}

/** GPU memory is not told; on the CPU, what this process may use. */
function nativeLimits({ gpu }: { gpu: boolean }): BackendLimits {
  // The constraint is that of a container; 0 or absurdly large where there is none.
  const memory = Math.min(process.constrainedMemory() || Infinity, totalmem());
  const maxTensorBytes = Math.min(constants.MAX_LENGTH, memory);
  return gpu ? { maxTensorBytes } : { maxTensorBytes, maxMemoryBytes: memory };
}

/** TensorFlow says "OOM when allocating tensor with shape …" (GPU) or fails to allocate (CPU). */
function isNativeAllocationFailure(error: unknown): boolean {
  return error instanceof Error && /\bOOM\b|failed to allocate/i.test(error.message);
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? '';
}
