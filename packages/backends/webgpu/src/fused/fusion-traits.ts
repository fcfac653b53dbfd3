import type { Reduction } from './reduction-code';

/** What of a device the fused kernels put to use. */
export interface FusionTraits {
  readonly reduction: Reduction;
  /** Multiply matrices in half precision. */
  readonly half: boolean;
}

/** Threads of a workgroup that reduces, and the subgroup it has to fit into for subgroup instructions. */
const LANES = 32;

/** Traits of a device in single precision. */
export function fusionTraits(device: GPUDevice): FusionTraits {
  return { reduction: { lanes: LANES, subgroups: smallestSubgroup(device) >= LANES }, half: false };
}

/** Threads that every subgroup of the device has at least; 0 where there are none or it does not tell. */
function smallestSubgroup(device: GPUDevice): number {
  // Newer than the types: the feature, and the adapter's information on the device.
  if (![...device.features].includes('subgroups')) return 0;
  const info: unknown = Reflect.get(device, 'adapterInfo');
  if (typeof info !== 'object' || info === null || !('subgroupMinSize' in info)) return 0;
  return typeof info.subgroupMinSize === 'number' ? info.subgroupMinSize : 0;
}
