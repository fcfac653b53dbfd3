import { leakyRelu, linear, type ParameterScope, type PriorDenoiser } from '@diffir/core';
import { concat, fill, type Tensor2D, tidy } from '@tensorflow/tfjs-core';

export interface DenoiserOptions {
  readonly iprSize: number;
  /** Linear layers after the first. */
  readonly residualLayers: number;
  /** T. */
  readonly timesteps: number;
}

/** The step enters as t/(10·T). */
const TIME_RANGE = 10;

/**
 * The denoising network of stage 2: from concat[c, t/(10·T), z_t] straight to z_0 through linears with
 * LeakyReLU (DiffIR §3.3; the order c, time, z is the published code's).
 */
export function denoiser(p: ParameterScope, options: DenoiserOptions): PriorDenoiser & { macs: number } {
  const { iprSize, residualLayers, timesteps } = options;
  const root = p.scope('resmlp');
  const layers = [
    linear(root.scope('0'), { inputs: 2 * iprSize + 1, outputs: iprSize, bias: true }),
    ...Array.from({ length: residualLayers }, (_, index) =>
      linear(root.scope(`${index + 2}.resmlp.0`), { inputs: iprSize, outputs: iprSize, bias: true }),
    ),
  ];
  return {
    predictStart: (condition, t, noisy) =>
      tidy(() => {
        const time: Tensor2D = fill([noisy.shape[0], 1], t / (TIME_RANGE * timesteps));
        const input: Tensor2D = concat([condition, time, noisy], 1);
        return layers.reduce((value, layer) => leakyRelu(layer.forward(value)), input);
      }),
    macs: layers.reduce((sum, layer) => sum + layer.macs, 0),
  };
}
