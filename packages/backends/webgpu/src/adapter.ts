import type { BackendLimits } from '@diffir/core';

/** What an adapter tells about itself; browsers leave out much of it. */
export interface AdapterFacts {
  readonly device: string;
  /** Emulates a GPU on the CPU. */
  readonly software: boolean;
  readonly limits: BackendLimits;
  /** As TensorFlow.js wants it. */
  readonly info: GPUAdapterInfo | undefined;
}

/** Reads name, kind and limits off an adapter. */
export async function inspectAdapter(adapter: GPUAdapter): Promise<AdapterFacts> {
  const info = await readInfo(adapter);
  return {
    device: describeAdapter(info),
    software: isSoftware(adapter, info),
    limits: { maxTensorBytes: maxTensorBytes(adapter.limits) },
    info,
  };
}

/** The `info` property, or in browsers before it the method it replaced. */
async function readInfo(adapter: GPUAdapter): Promise<GPUAdapterInfo | undefined> {
  if ('info' in adapter) return isInfo(adapter.info) ? adapter.info : undefined;
  return adapter.requestAdapterInfo?.();
}

function isInfo(value: unknown): value is GPUAdapterInfo {
  return typeof value === 'object' && value !== null && 'vendor' in value;
}

/** E.g. "nvidia-h100-80gb-hbm3 (NVIDIA: 550.54)" in Node, "nvidia hopper" in a browser. */
function describeAdapter(info: GPUAdapterInfo | undefined): string {
  const family = [info?.vendor, info?.architecture].filter(Boolean).join(' ');
  // Dawn turns a name like "SwiftShader Device (Subzero)" into words with hyphens, one too many.
  const name = info?.device?.replace(/-+$/, '') || family || 'unnamed GPU';
  return info?.description ? `${name} (${info.description})` : name;
}

/** Names of the CPU rasterisers that pose as GPUs: SwiftShader, Mesa's llvmpipe/lavapipe, Windows' WARP. */
const softwareNames = /swiftshader|llvmpipe|lavapipe|\bwarp\b|basic render/i;

function isSoftware(adapter: GPUAdapter, info: GPUAdapterInfo | undefined): boolean {
  // The flag moved from the adapter to its info.
  const flagged = [info, adapter].some(
    (holder) => holder && Reflect.get(holder, 'isFallbackAdapter') === true,
  );
  return flagged || softwareNames.test([info?.architecture, info?.device, info?.description].join(' '));
}

/** A tensor is one storage buffer, bound whole. */
function maxTensorBytes({ maxBufferSize, maxStorageBufferBindingSize }: GPUSupportedLimits): number {
  return Math.min(maxBufferSize, maxStorageBufferBindingSize);
}
