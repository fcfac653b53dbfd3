import {
  type BackendDefinition,
  type BackendProbe,
  BackendUnavailableError,
  backendRanks,
  findTensorflowBackend,
  installTensorflowBackend,
  isAllocationFailure,
  type RunningBackend,
  startOnce,
} from '@diffir/core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type AdapterFacts, inspectAdapter } from './adapter';
import { requestDevice } from './device';
import { watchDevice } from './device-errors';
import { type GpuObstacle, type GpuSource, isObstacle, type OpenGpu } from './gpu-source';
import { setTensorflowFlags } from './tensorflow-flags';

/** Which adapter to take where there are several. */
export interface WebGPUBackendOptions {
  /** Default: `high-performance`. */
  readonly powerPreference?: 'high-performance' | 'low-power';
  /** Take the software adapter even beside a real one. Default: false. */
  readonly forceFallbackAdapter?: boolean;
}

const tensorflowName = 'webgpu';
/** TensorFlow.js's own priority for it. */
const tensorflowPriority = 3;

/** The WebGPU backend over a source of WebGPU; the package's entry points say which. */
export function webgpuBackendOver(
  source: GpuSource,
  { powerPreference = 'high-performance', forceFallbackAdapter = false }: WebGPUBackendOptions,
): BackendDefinition {
  const adapterOptions = { powerPreference, forceFallbackAdapter };
  return {
    id: 'webgpu',
    description: 'the GPU, through WebGPU',
    rank: backendRanks.webgpu,
    probe: async () => {
      const found = await findAdapter(source, adapterOptions);
      return isFound(found) ? describeFound(found) : { available: false, ...found };
    },
    start: startOnce(async () => {
      const found = await findAdapter(source, adapterOptions);
      if (isFound(found)) return start(found);
      const { reason: problem, ...advice } = found;
      throw new BackendUnavailableError({ subject: 'webgpu', problem, ...advice });
    }),
  };
}

interface FoundAdapter {
  readonly opened: OpenGpu;
  readonly adapter: GPUAdapter;
  readonly facts: AdapterFacts;
}

function isFound(found: FoundAdapter | GpuObstacle): found is FoundAdapter {
  return 'adapter' in found;
}

async function findAdapter(
  source: GpuSource,
  options: GPURequestAdapterOptions,
): Promise<FoundAdapter | GpuObstacle> {
  const opened = await source.open();
  if (isObstacle(opened)) return opened;
  try {
    const adapter = await opened.requestAdapter(options);
    return adapter === null ? noAdapter() : { opened, adapter, facts: await inspectAdapter(adapter) };
  } catch (error) {
    // Dawn rejects when a flag names an adapter or a backend that is not there.
    return noAdapter(error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error));
  }
}

function noAdapter(detail?: string): GpuObstacle {
  const reason = 'WebGPU finds no GPU it can use';
  return {
    reason: detail === undefined ? reason : `${reason}: ${detail}`,
    remedy: "install or update the GPU's driver",
  };
}

function describeFound({ facts: { device, software, limits } }: FoundAdapter): BackendProbe {
  return { available: true, device, software, limits };
}

async function start({ opened, adapter, facts }: FoundAdapter): Promise<RunningBackend> {
  const module = await import('@tensorflow/tfjs-backend-webgpu');
  const installed = findTensorflowBackend(tensorflowName);
  const { backend, release } =
    installed instanceof module.WebGPUBackend
      ? { backend: installed, release: () => {} }
      : await install(module, { opened, adapter, facts });
  const restoreFlags = setTensorflowFlags();
  const errors = watchDevice(backend.device);
  const { device, software, limits } = facts;
  return {
    id: 'webgpu',
    device,
    software,
    limits,
    tensorflowName,
    isOutOfMemory: (error) => isAllocationFailure(error) || isMappedAllocationFailure(error),
    throwPendingError: () => errors.throwPending(),
    dispose: async () => {
      restoreFlags();
      release();
    },
  };
}

type WebGPUModule = typeof import('@tensorflow/tfjs-backend-webgpu');

/**
 * Builds TensorFlow.js's backend on a device of our own. Its own factory requests one with default
 * limits for storage buffers, fails with a TypeError without an adapter, and has to be set as the current
 * backend to run.
 */
async function install(
  module: WebGPUModule,
  { opened, adapter, facts }: FoundAdapter,
): Promise<{ backend: WebGPUBackend; release: () => void }> {
  const device = await requestDevice(adapter).catch((cause: unknown) => {
    throw new BackendUnavailableError({
      subject: 'webgpu',
      problem: `${facts.device} refuses to be used`,
      remedy: "update the GPU's driver or use another backend",
      cause,
    });
  });
  const hideNames = opened.exposeNames();
  const backend = opened.withNavigator(() => new module.WebGPUBackend(device, facts.info));
  const uninstall = installTensorflowBackend(tensorflowName, backend, tensorflowPriority);
  const release = () => {
    uninstall();
    device.destroy();
    hideNames();
  };
  return { backend, release };
}

/** A buffer that is mapped when created is allocated at once, and `createBuffer` throws if it cannot be. */
function isMappedAllocationFailure(error: unknown): boolean {
  return error instanceof RangeError && /createBuffer/i.test(error.message);
}
