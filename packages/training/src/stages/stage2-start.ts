import type { Parameters } from '@diffir/core';
import type { NamedValues } from '../gradients/compute-gradients';

/**
 * Starts stage 2: DIRformer from stage 1's values, CPEN_S2 and the denoiser afresh, repeatably by seed
 * (DiffIR §3.3).
 * @throws DiffIRError when stage 1's DIRformer is of another shape
 */
export function startStage2(parameters: Parameters, stage1: NamedValues, seed: number): void {
  parameters.initialize(seed);
  const restoring = [...stage1].filter(([name]) => name.startsWith('G.'));
  parameters.assign(new Map(restoring.map(([name, { values }]) => [name, values])));
}
