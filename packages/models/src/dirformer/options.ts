import type { LayerNormKind } from '@diffir/core';

/** Counts or sizes for the four levels of the U-Net. */
export type PerLevel = readonly [number, number, number, number];

/** What sits in front of and behind the U-Net. */
export type Head =
  | { readonly kind: 'residual' /** Output = network + LQ (deblurring). */ }
  | { readonly kind: 'direct' /** Output = network (inpainting, as published). */ }
  | {
      readonly kind: 'filled' /** Output = network + LQ with its hole filled smoothly, which is input too (inpainting). */;
    }
  | {
      readonly kind: 'upsample' /** Output = network + enlarged LQ (super-resolution). */;
      readonly scale: 1 | 2 | 4;
    };

/** The shape of a DIRformer (`../../docs/architecture.md` names the published ones). */
export interface DIRformerOptions {
  /** Of the LQ image, with its mask where it has one. */
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Width d of the first level; the others have 2d, 4d, 8d. */
  readonly dim: number;
  readonly blocks: PerLevel;
  readonly refinementBlocks: number;
  readonly heads: PerLevel;
  /** Hidden width of GDFN over the block's width. */
  readonly ffnExpansionFactor: number;
  readonly bias: boolean;
  readonly layerNorm: LayerNormKind;
  readonly head: Head;
}

/** Channels of what DIRformer embeds: the LQ image, and for the filled head the image with its hole filled. */
export function embeddedChannels({ head, inputChannels, outputChannels }: DIRformerOptions): number {
  return head.kind === 'filled' ? inputChannels + outputChannels : inputChannels;
}
