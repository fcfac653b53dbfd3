import { conv3x3, type ParameterScope, pixelUnshuffle } from '@diffir/core';
import { concat, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { blockStack } from './block-stack';
import { filledImage, headLayer } from './head';
import { dirformerShuffle } from './lq-shuffle';
import { type DIRformerOptions, embeddedChannels } from './options';
import { downsample, upsample } from './resample';
import { skipFusion } from './skip-fusion';

/** The restoring network: `[N,H,W,Cin]` and an IPR `[N,256]` to `[N,H·scale,W·scale,Cout]`. */
export interface DIRformer {
  forward(lq: Tensor4D, ipr: Tensor2D): Tensor4D;
  /** Multiply–accumulates of one image of this input size. */
  macs(height: number, width: number): number;
}

/** A four-level U-Net of dynamic transformer blocks (DiffIR §3.2, figure 2b). */
export function dirformer(p: ParameterScope, options: DIRformerOptions, iprSize: number): DIRformer {
  const { dim, blocks, heads, bias, ffnExpansionFactor, layerNorm } = options;
  const shuffle = dirformerShuffle(options.head);
  const stack = (name: string, count: number, channels: number, headCount: number) =>
    blockStack(p.scope(name), count, {
      channels,
      heads: headCount,
      bias,
      ffnExpansionFactor,
      layerNorm,
      iprSize,
    });

  const patchEmbed = conv3x3(p.scope('patch_embed.proj'), {
    inputs: embeddedChannels(options) * shuffle * shuffle,
    outputs: dim,
    bias: false,
  });
  const encoder1 = stack('encoder_level1', blocks[0], dim, heads[0]);
  const down12 = downsample(p.scope('down1_2'), dim);
  const encoder2 = stack('encoder_level2', blocks[1], 2 * dim, heads[1]);
  const down23 = downsample(p.scope('down2_3'), 2 * dim);
  const encoder3 = stack('encoder_level3', blocks[2], 4 * dim, heads[2]);
  const down34 = downsample(p.scope('down3_4'), 4 * dim);
  const latent = stack('latent', blocks[3], 8 * dim, heads[3]);
  const up43 = upsample(p.scope('up4_3'), 8 * dim);
  const fuse3 = skipFusion(p.scope('reduce_chan_level3'), 4 * dim, bias);
  const decoder3 = stack('decoder_level3', blocks[2], 4 * dim, heads[2]);
  const up32 = upsample(p.scope('up3_2'), 4 * dim);
  const fuse2 = skipFusion(p.scope('reduce_chan_level2'), 2 * dim, bias);
  const decoder2 = stack('decoder_level2', blocks[1], 2 * dim, heads[1]);
  const up21 = upsample(p.scope('up2_1'), 2 * dim);
  const decoder1 = stack('decoder_level1', blocks[0], 2 * dim, heads[0]);
  const refinement = stack('refinement', options.refinementBlocks, 2 * dim, heads[0]);
  const head = headLayer(p, options);

  // Each level encloses the next, so a level's features live only as long as something still needs them.
  const level4 = (e3: Tensor4D, z: Tensor2D) =>
    tidy(() => up43.forward(latent.forward(down34.forward(e3), z)));
  const level3 = (e2: Tensor4D, z: Tensor2D) =>
    tidy(() => {
      const e3 = tidy(() => encoder3.forward(down23.forward(e2), z));
      const fused = tidy(() => fuse3.forward(level4(e3, z), e3));
      return up32.forward(decoder3.forward(fused, z));
    });
  const level2 = (e1: Tensor4D, z: Tensor2D) =>
    tidy(() => {
      const e2 = tidy(() => encoder2.forward(down12.forward(e1), z));
      const fused = tidy(() => fuse2.forward(level3(e2, z), e2));
      return up21.forward(decoder2.forward(fused, z));
    });
  const level1 = (features: Tensor4D, z: Tensor2D) =>
    tidy(() => {
      const e1 = tidy(() => encoder1.forward(patchEmbed.forward(features), z));
      const joined: Tensor4D = tidy(() => concat([level2(e1, z), e1], 3));
      return refinement.forward(decoder1.forward(joined, z), z);
    });

  return {
    forward: (lq, ipr) =>
      tidy(() => {
        const filled = options.head.kind === 'filled' ? filledImage(lq) : undefined;
        const embedded = filled === undefined ? lq : concat([lq, filled], 3);
        const features = tidy(() =>
          level1(shuffle === 1 ? embedded : pixelUnshuffle(embedded, shuffle), ipr),
        );
        return head.forward(features, filled ?? lq);
      }),
    macs(height, width) {
      const pixels = (height * width) / (shuffle * shuffle);
      const atLevel = [
        [patchEmbed, encoder1, down12, decoder1, refinement, head],
        [encoder2, down23, up21, fuse2, decoder2],
        [encoder3, down34, up32, fuse3, decoder3],
        [latent, up43],
      ];
      return atLevel
        .flatMap((layers, level) => layers.map((layer) => layer.macs(pixels / 4 ** level)))
        .reduce((sum, macs) => sum + macs, 0);
    },
  };
}
