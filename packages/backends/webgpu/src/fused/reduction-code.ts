/** How the threads of a workgroup combine their values. */
export interface Reduction {
  /** Threads of the workgroup. */
  readonly lanes: number;
  /** Whether they are one subgroup, whose instructions do it; else workgroup memory does. */
  readonly subgroups: boolean;
}

/**
 * WGSL functions `reduceSum(value)` and `reduceMax(value)` over the workgroup, each of whose threads gets
 * the result. To be called in uniform control flow.
 */
export function reductionCode({ lanes, subgroups }: Reduction): string {
  if (subgroups) {
    return `enable subgroups;
fn reduceSum(value : f32) -> f32 { return subgroupAdd(value); }
fn reduceMax(value : f32) -> f32 { return subgroupMax(value); }
`;
  }
  const reduce = (name: string, combine: string) => `
fn ${name}(value : f32) -> f32 {
  workgroupBarrier();
  reduced[localIndex] = value;
  workgroupBarrier();
  var total = reduced[0];
  for (var lane = 1; lane < ${lanes}; lane++) { total = ${combine}; }
  return total;
}
`;
  return `
var<workgroup> reduced : array<f32, ${lanes}>;
${reduce('reduceSum', 'total + reduced[lane]')}
${reduce('reduceMax', 'max(total, reduced[lane])')}
`;
}
