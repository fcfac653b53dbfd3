import { channelAttention } from '../ops/channel-attention';
import { fillHole } from '../ops/fill-hole';
import { gatedGelu } from '../ops/gated-gelu';
import { leakyRelu } from '../ops/leaky-relu';
import { modulate } from '../ops/modulate';
import { modulatedPointwiseConv } from '../ops/modulated-pointwise-conv';
import { nearestUpsample } from '../ops/nearest-upsample';
import { normalizeChannels } from '../ops/normalize-channels';
import { padToSize } from '../ops/pad-to-size';
import { pixelShuffle } from '../ops/pixel-shuffle';
import { pixelUnshuffle } from '../ops/pixel-unshuffle';
import { pointwiseConv } from '../ops/pointwise-conv';
import { dynamicCases } from './dynamic-cases';
import { type KernelCase, matrix, tensor4d, vector } from './kernel-case';
import { at, noise, tabulate } from './reference-array';
import {
  referenceChannelAttention,
  referenceFillHole,
  referenceGatedGelu,
  referenceModulate,
  referenceNormalize,
  referencePad,
  referencePixelShuffle,
  referencePixelUnshuffle,
  referencePointwise,
  referenceUpsample,
} from './reference-ops';

/** Float32 against float64 over sums of at most a few dozen products of numbers below 1. */
const tolerance = 1e-5;

/** Every op of DiffIR over odd sizes, one image and several, with and without bias. */
export function opCases(): readonly KernelCase[] {
  return [
    ...shuffleCases(),
    ...normalizeCases(),
    ...[1, 3].flatMap((batch) => [false, true].map((bias) => pointwiseCase(batch, bias))),
    ...[1, 3].flatMap((batch) => [false, true].map((bias) => modulatedCase(batch, bias))),
    ...[1, 2].flatMap((batch) => [1, 2, 3].map((heads) => attentionCase(batch, heads))),
    ...elementwiseCases(),
    ...geometryCases(),
    ...[1, 3].map(fillingCase),
    ...dynamicCases(),
  ];
}

function shuffleCases(): KernelCase[] {
  return [2, 4].flatMap((factor) => {
    const small = noise([2, 3, 5, 2 * factor * factor], { seed: factor });
    const large = noise([2, 3 * factor, 5 * factor, 2], { seed: factor });
    return [
      {
        name: `pixelShuffle by ${factor}`,
        compute: () => pixelShuffle(tensor4d(small), factor),
        tolerance,
        expected: referencePixelShuffle(small, factor),
      },
      {
        name: `pixelUnshuffle by ${factor}`,
        compute: () => pixelUnshuffle(tensor4d(large), factor),
        tolerance,
        expected: referencePixelUnshuffle(large, factor),
      },
    ];
  });
}

function normalizeCases(): KernelCase[] {
  const x = noise([2, 3, 5, 7], { seed: 3 });
  return (['WithBias', 'BiasFree'] as const).map((kind) => ({
    name: `normalizeChannels ${kind}`,
    compute: () => normalizeChannels(tensor4d(x), kind),
    tolerance,
    expected: referenceNormalize(x, kind),
  }));
}

function pointwiseCase(batch: number, withBias: boolean): KernelCase {
  const x = noise([batch, 3, 5, 6], { seed: 4 });
  const weight = noise([6, 7], { seed: 5 });
  const bias = noise([7], { seed: 6 });
  return {
    name: `pointwiseConv, batch ${batch}${withBias ? ', bias' : ''}`,
    compute: () =>
      pointwiseConv(tensor4d(x), { weight: matrix(weight), ...(withBias && { bias: vector(bias) }) }),
    tolerance,
    expected: referencePointwise(x, weight, withBias ? bias : undefined),
  };
}

function modulatedCase(batch: number, withBias: boolean): KernelCase {
  const x = noise([batch, 3, 5, 6], { seed: 7 });
  const scale = noise([batch, 6], { seed: 8 });
  const shift = noise([batch, 6], { seed: 9 });
  const weight = noise([6, 7], { seed: 10 });
  const bias = noise([7], { seed: 11 });
  const modulation = () => ({ scale: matrix(scale), shift: matrix(shift) });
  return {
    name: `modulatedPointwiseConv, batch ${batch}${withBias ? ', bias' : ''}`,
    compute: () =>
      modulatedPointwiseConv(tensor4d(x), modulation(), {
        weight: matrix(weight),
        ...(withBias && { bias: vector(bias) }),
      }),
    tolerance,
    expected: referencePointwise(referenceModulate(x, scale, shift), weight, withBias ? bias : undefined),
  };
}

function attentionCase(batch: number, heads: number): KernelCase {
  const q = noise([batch, 3, 5, 6], { seed: 12 });
  const k = noise([batch, 3, 5, 6], { seed: 13 });
  const v = noise([batch, 3, 5, 6], { seed: 14 });
  const temperature = noise([heads], { seed: 15 });
  const weight = noise([6, 6], { seed: 16 });
  const bias = heads === 2 ? noise([6], { seed: 17 }) : undefined;
  return {
    name: `channelAttention, batch ${batch}, ${heads} heads${bias ? ', bias' : ''}`,
    compute: () =>
      channelAttention(
        { q: tensor4d(q), k: tensor4d(k), v: tensor4d(v) },
        {
          temperature: vector(temperature),
          projection: { weight: matrix(weight), ...(bias && { bias: vector(bias) }) },
        },
      ),
    tolerance,
    expected: referenceChannelAttention({ q, k, v, temperature, weight, ...(bias && { bias }) }),
  };
}

function elementwiseCases(): KernelCase[] {
  const x = noise([2, 3, 5, 7], { seed: 18, low: -4, high: 4 });
  const y = noise([2, 3, 5, 7], { seed: 19 });
  const scale = noise([2, 7], { seed: 20 });
  const shift = noise([2, 7], { seed: 21 });
  return [
    {
      name: 'gatedGelu',
      compute: () => gatedGelu(tensor4d(x), tensor4d(y)),
      tolerance,
      expected: referenceGatedGelu(x, y),
    },
    {
      name: 'leakyRelu',
      compute: () => leakyRelu(tensor4d(x)),
      tolerance,
      expected: tabulate(x.shape, (index) => Math.max(at(x, index), 0.1 * at(x, index))),
    },
    {
      name: 'modulate',
      compute: () => modulate(tensor4d(x), { scale: matrix(scale), shift: matrix(shift) }),
      tolerance,
      expected: referenceModulate(x, scale, shift),
    },
  ];
}

function geometryCases(): KernelCase[] {
  const x = noise([1, 3, 5, 2], { seed: 22 });
  const pad = (height: number, width: number): KernelCase => ({
    name: `padToSize ${height}×${width}`,
    compute: () => padToSize(tensor4d(x), { height, width }),
    tolerance,
    expected: referencePad(x, height, width),
  });
  return [
    pad(3, 5),
    pad(5, 8),
    pad(8, 8),
    pad(16, 6),
    {
      name: 'nearestUpsample',
      compute: () => nearestUpsample(tensor4d(x), 4),
      expected: referenceUpsample(x, 4),
      tolerance,
    },
  ];
}

/** A hole of most pixels, some of whose surroundings lie at every distance the filling bridges. */
function fillingCase(batch: number): KernelCase {
  const image = noise([batch, 16, 40, 3], { seed: 23, low: 0 });
  const scattered = noise([batch, 16, 40, 1], { seed: 24, low: 0 });
  const hole = tabulate(scattered.shape, (index) => (index[2] > 12 || at(scattered, index) < 0.7 ? 1 : 0));
  return {
    name: `fillHole, batch ${batch}`,
    compute: () => fillHole(tensor4d(image), tensor4d(hole)),
    tolerance,
    expected: referenceFillHole(image, hole),
  };
}
