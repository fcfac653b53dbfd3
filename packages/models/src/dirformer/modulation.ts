import { fanInUniform, type ModulatedNormParameters, type ParameterScope } from '@diffir/core';

/** What turns an IPR `[N,256]` into a scale and a shift `[N,C]` for one half of a block. */
export interface ModulationLayer {
  /** The current values. */
  parameters(): Pick<ModulatedNormParameters, 'scale' | 'shift'>;
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
    parameters: () => ({ scale: scale.tensor, shift: shift.tensor }),
    macs: scale.size + shift.size,
  };
}
