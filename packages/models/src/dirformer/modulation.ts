import { fanInUniform, type Modulation, type ParameterScope } from '@diffir/core';
import { matMul, type Tensor2D } from '@tensorflow/tfjs';

/** Turns an IPR `[N,256]` into a scale and a shift `[N,C]` for one half of a block. */
export interface ModulationLayer {
  forward(ipr: Tensor2D): Modulation;
  readonly macs: number;
}

/** The linear layer without bias at the head of MDTA and of GDFN: [a, b] = split(W·z) (DiffIR §3.2). */
export function modulationLayer(p: ParameterScope, iprSize: number, channels: number): ModulationLayer {
  const [scale, shift] = p.getParts(
    'weight',
    { layout: 'linear', shape: [2 * channels, iprSize], initializer: fanInUniform(iprSize) },
    { axis: 0, sizes: [channels, channels] },
  );
  return {
    forward: (ipr) => ({ scale: matMul(ipr, scale.tensor), shift: matMul(ipr, shift.tensor) }),
    macs: scale.size + shift.size,
  };
}
