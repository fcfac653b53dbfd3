import type { LayerNormKind, ParameterScope } from '@diffir/core';
import { type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { blockNorm } from './block-norm';
import { gdfn } from './gdfn';
import { mdta } from './mdta';
import type { ModulatedLayer } from './modulated-layer';
import { modulationLayer } from './modulation';

export interface DynamicBlockOptions {
  readonly channels: number;
  readonly heads: number;
  readonly ffnExpansionFactor: number;
  readonly bias: boolean;
  readonly layerNorm: LayerNormKind;
  readonly iprSize: number;
}

/** A layer that the IPR steers: `[N,H,W,C]` and `[N,256]` to `[N,H,W,C]`. */
export interface DynamicLayer {
  forward(x: Tensor4D, ipr: Tensor2D): Tensor4D;
  /** Multiply–accumulates of one image of this many pixels. */
  macs(pixels: number): number;
}

/** A dynamic transformer block: x + MDTA(LN(x), z), then x + GDFN(LN(x), z) (DiffIR §3.2, eq. 2–5). */
export function dynamicBlock(p: ParameterScope, options: DynamicBlockOptions): DynamicLayer {
  const { channels, heads, bias, ffnExpansionFactor } = options;
  const attention = mdta(p.scope('attn'), { channels, heads, bias });
  const feedForward = gdfn(p.scope('ffn'), { channels, expansionFactor: ffnExpansionFactor, bias });
  const first = residual(p, { norm: 'norm1', layer: 'attn' }, attention, options);
  const second = residual(p, { norm: 'norm2', layer: 'ffn' }, feedForward, options);
  return {
    forward: (x, ipr) => tidy(() => second.forward(first.forward(x, ipr), ipr)),
    macs: (pixels) => first.macs(pixels) + second.macs(pixels),
  };
}

/** The layer with the norm and the modulation in front of it. */
function residual(
  p: ParameterScope,
  names: { readonly norm: string; readonly layer: string },
  layer: ModulatedLayer,
  { channels, layerNorm, iprSize }: DynamicBlockOptions,
): DynamicLayer {
  const norm = blockNorm(p.scope(names.norm), channels, layerNorm);
  const modulation = modulationLayer(p.scope(names.layer).scope('kernel.0'), iprSize, channels);
  return {
    forward: (x, ipr) => layer.forward(x, ipr, { norm: norm.parameters(), ...modulation.parameters() }),
    macs: (pixels) => modulation.macs + layer.macs(pixels),
  };
}
