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
import { fusionTraits } from './fused/fusion-traits';
import { halfPrecisionWorks } from './fused/half-precision';
import { registerFusedKernels } from './fused/register-fused-kernels';
import { type GpuObstacle, type GpuSource, isObstacle, type OpenGpu } from './gpu-source';
import { acceptDirectivesAnywhere } from './hoist-directives';
import { createReusingBackend } from './reusing-backend';
import { setTensorflowFlags } from './tensorflow-flags';

/** Which adapter to take where there are several. */
export interface WebGPUBackendOptions {
  /** Default: `high-performance`. */
  readonly powerPreference?: 'high-performance' | 'low-power';
  /** Take the software adapter even beside a real one. Default: false. */
  readonly forceFallbackAdapter?: boolean;
  /** Run the networks' blocks as fused kernels; else they are composed of TensorFlow.js's. Default: true. */
  readonly fusedKernels?: boolean;
  /**
   * Multiply in half precision, adding up in single precision, where the device can and a trial at the
   * start agrees with single precision. Results differ from other backends' by more. Default: false.
   */
  readonly halfPrecision?: boolean;
}

const tensorflowName = 'webgpu';
/** TensorFlow.js's own priority for it. */
const tensorflowPriority = 3;

/** The WebGPU backend over a source of WebGPU; the package's entry points say which. */
export function webgpuBackendOver(
  source: GpuSource,
  {
    powerPreference = 'high-performance',
    forceFallbackAdapter = false,
    fusedKernels = true,
    halfPrecision = false,
  }: WebGPUBackendOptions,
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
      if (isFound(found)) return start(found, { fusedKernels, halfPrecision });
      const { reason: problem, ...advice } = found;
      throw new BackendUnavailableError({ subject: 'webgpu', problem, ...advice });
    }),
  };
}

type KernelChoice = Required<Pick<WebGPUBackendOptions, 'fusedKernels' | 'halfPrecision'>>;

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

async function start(
  { opened, adapter, facts }: FoundAdapter,
  { fusedKernels, halfPrecision }: KernelChoice,
): Promise<RunningBackend> {
  const module = await import('@tensorflow/tfjs-backend-webgpu');
  const installed = findTensorflowBackend(tensorflowName);
  const { backend, release, reusesBuffers } =
    installed instanceof module.WebGPUBackend
      ? { backend: installed, release: () => {}, reusesBuffers: false }
      : { ...(await install(module, { opened, adapter, facts })), reusesBuffers: true };
  const restoreFlags = setTensorflowFlags({ reusesBuffers });
  const errors = watchDevice(backend.device);
  const unregister = fusedKernels ? await registerKernels(backend, halfPrecision) : () => {};
  const { device, software, limits } = facts;
  return {
    id: 'webgpu',
    device,
    software,
    limits: { ...limits, fusesOps: fusedKernels },
    tensorflowName,
    isOutOfMemory: (error) => isAllocationFailure(error) || isMappedAllocationFailure(error),
    throwPendingError: () => errors.throwPending(),
    dispose: async () => {
      // Dawn on SwiftShader ends the process when a device goes whose work is under way. Of one that is lost
      // already there is nothing to wait for.
      await backend.device.queue.onSubmittedWorkDone().catch(() => undefined);
      unregister();
      restoreFlags();
      release();
    },
  };
}

/** Registers the fused kernels, in half precision where that is wanted and works. */
async function registerKernels(backend: WebGPUBackend, halfPrecision: boolean): Promise<() => void> {
  const half = halfPrecision && (await halfPrecisionWorks(backend));
  const traits = { ...fusionTraits(backend.device), half };
  return registerFusedKernels({ backend, backendName: tensorflowName, traits });
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
  acceptDirectivesAnywhere(device);
  const hideNames = opened.exposeNames();
  const backend = opened.withNavigator(() => createReusingBackend(module, device, facts.info));
  const uninstall = installTensorflowBackend(tensorflowName, backend, tensorflowPriority);
  const release = () => {
    submitRecorded(backend);
    uninstall();
    device.destroy();
    hideNames();
  };
  return { backend, release };
}

/** Submits what is recorded, so that no commands outlive the device that they were recorded for. */
function submitRecorded(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** A buffer that is mapped when created is allocated at once, and `createBuffer` throws if it cannot be. */
function isMappedAllocationFailure(error: unknown): boolean {
  return error instanceof RangeError && /createBuffer/i.test(error.message);
}
