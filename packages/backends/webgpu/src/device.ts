/** Limits that decide how big tensors, workgroups and fused kernels may be; the defaults are far lower. */
const wantedLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/** Features kernels can put to use: profiling, half precision, reductions across a subgroup. */
const wantedFeatures: readonly string[] = ['timestamp-query', 'shader-f16', 'subgroups'];

/** Requests a device with everything of use that the adapter offers. */
export function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const offered = [...adapter.features].filter(isFeatureName);
  return adapter.requestDevice({
    requiredFeatures: offered.filter((feature) => wantedFeatures.includes(feature)),
    requiredLimits: Object.fromEntries(wantedLimits.map((limit) => [limit, adapter.limits[limit]])),
  });
}

/** Feature sets are typed as sets of strings. */
function isFeatureName(feature: string): feature is GPUFeatureName {
  return feature.length > 0;
}
