import {
  conv3x3,
  leakyRelu,
  linear,
  type ParameterScope,
  type PixelLayer,
  type PriorEncoder,
  pixelUnshuffle,
} from '@diffir/core';
import { add, concat, mean, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';

import type { ShuffleFactor } from '../dirformer/lq-shuffle';

const FEATURES = 64;
/** Length of the IPR. */
export const IPR_SIZE = 256;
/** How far CPEN_S1 unshuffles the GT, whatever the scale. */
const GT_SHUFFLE = 4;

export interface CPENOptions {
  readonly inputChannels: number;
  /** How far the LQ image is unshuffled first. */
  readonly shuffle: ShuffleFactor;
  readonly residualBlocks: number;
}

/** Multiply–accumulates of a network over an LQ image of this size. */
export interface CostModel {
  macs(height: number, width: number): number;
}

/** CPEN_S1: sees the ground truth too. */
export interface GroundTruthEncoder extends CostModel {
  /** LQ `[N,H,W,C]` and GT `[N,H·scale,W·scale,3]` to the IPR `[N,256]`. */
  encode(lq: Tensor4D, gt: Tensor4D): Tensor2D;
}

/** The compact IR prior extraction network of stage 2, over the LQ image alone (DiffIR §3.1). */
export function cpenS2(p: ParameterScope, options: CPENOptions): PriorEncoder & CostModel {
  const { shuffle } = options;
  const trunk = cpenTrunk(p, options.inputChannels * shuffle * shuffle, options.residualBlocks);
  const features = (lq: Tensor4D) => tidy(() => trunk.features(unshuffle(lq, shuffle)));
  return {
    size: IPR_SIZE,
    encode: (lq) => tidy(() => trunk.finish(mean(features(lq), [1, 2]))),
    pieces: { cell: shuffle, radius: trunk.radius, features, finish: trunk.finish },
    macs: (height, width) => trunk.macs((height * width) / (shuffle * shuffle)),
  };
}

/** The compact IR prior extraction network of stage 1, over LQ and ground truth (DiffIR §3.1). */
export function cpenS1(p: ParameterScope, options: CPENOptions & { gtChannels: number }): GroundTruthEncoder {
  const { shuffle, inputChannels, gtChannels, residualBlocks } = options;
  const channels = inputChannels * shuffle * shuffle + gtChannels * GT_SHUFFLE * GT_SHUFFLE;
  const trunk = cpenTrunk(p, channels, residualBlocks);
  return {
    encode: (lq, gt) =>
      tidy(() => {
        const joined: Tensor4D = concat([unshuffle(lq, shuffle), unshuffle(gt, GT_SHUFFLE)], 3);
        return trunk.finish(mean(trunk.features(joined), [1, 2]));
      }),
    macs: (height, width) => trunk.macs((height * width) / (shuffle * shuffle)),
  };
}

function unshuffle(x: Tensor4D, factor: number): Tensor4D {
  return factor === 1 ? x : pixelUnshuffle(x, factor);
}

/** Everything behind the unshuffling: convolutions `E.*`, global average, two linears `mlp.*`. */
function cpenTrunk(p: ParameterScope, inputs: number, residualBlocks: number) {
  const convolutions = p.scope('E');
  const conv = (index: number, from: number, to: number) =>
    conv3x3(convolutions.scope(`${index}`), { inputs: from, outputs: to, bias: true });
  const first = conv(0, inputs, FEATURES);
  const residuals = Array.from({ length: residualBlocks }, (_, index) =>
    residualBlock(convolutions.scope(`${index + 2}.body`)),
  );
  const next = residualBlocks + 2;
  const widening = [
    conv(next, FEATURES, 2 * FEATURES),
    conv(next + 2, 2 * FEATURES, 2 * FEATURES),
    conv(next + 4, 2 * FEATURES, IPR_SIZE),
  ];
  const size = { inputs: IPR_SIZE, outputs: IPR_SIZE, bias: true };
  const linears = [linear(p.scope('mlp.0'), size), linear(p.scope('mlp.2'), size)];
  const activated = (layer: PixelLayer) => (x: Tensor4D) => leakyRelu(layer.forward(x));
  const stages = [
    activated(first),
    ...residuals.map((block) => (x: Tensor4D) => block.forward(x)),
    ...widening.map(activated),
  ];
  return {
    /** How many 3×3 convolutions lie between a feature and the picture. */
    radius: 1 + 2 * residualBlocks + widening.length,
    features: (x: Tensor4D): Tensor4D => stages.reduce((value, stage) => tidy(() => stage(value)), x),
    finish: (average: Tensor2D): Tensor2D =>
      tidy(() => linears.reduce((value, layer) => leakyRelu(layer.forward(value)), average)),
    macs: (pixels: number) =>
      [first, ...residuals, ...widening].reduce((sum, layer) => sum + layer.macs(pixels), 0) +
      linears.reduce((sum, layer) => sum + layer.macs, 0),
  };
}

/** conv3×3, LeakyReLU, conv3×3, plus the input. */
function residualBlock(p: ParameterScope): PixelLayer {
  const size = { inputs: FEATURES, outputs: FEATURES, bias: true };
  const first = conv3x3(p.scope('0'), size);
  const second = conv3x3(p.scope('2'), size);
  return {
    forward: (x) => tidy(() => add(x, second.forward(leakyRelu(first.forward(x))))),
    macs: (pixels) => first.macs(pixels) + second.macs(pixels),
  };
}
