import type { LayerNormKind } from '@diffir/core';
import { bytesOf, componentsFor, type FusedStep, spread } from './fused-step';

export interface PrepareSizes {
  readonly images: number;
  /** Pixels of one image. */
  readonly pixels: number;
  readonly channels: number;
  readonly iprSize: number;
  readonly kind: LayerNormKind;
  /** Whether the norm has a learned shift. */
  readonly normBias: boolean;
}

/** Items, pixels or modulated channels, that a workgroup works on, and threads that share each. */
const [ITEMS, LANES] = [16, 8];

/** Values that `prepareStep` writes; the modulation lies in front, `[N,2,C]`, then the statistics, `[N·HW,2]`. */
function preparedSize({ images, pixels, channels }: PrepareSizes): number {
  return 2 * images * (channels + pixels);
}

/**
 * What a half block needs to know before it touches x: for each image and channel the modulation with
 * the norm's learned part folded in (see core's `normModulation`), and for each pixel what the layer norm
 * subtracts and multiplies by. Two jobs in one dispatch: a workgroup sums over channels for its pixels, or
 * over the IPR for its channels. Inputs: x, ipr, scale, shift, normWeight, normBias?.
 */
export function prepareStep(sizes: PrepareSizes): FusedStep {
  const { images, pixels, channels, iprSize, kind, normBias } = sizes;
  const components = componentsFor(channels);
  const statisticGroups = Math.ceil((images * pixels) / ITEMS);
  const modulationGroups = Math.ceil((images * channels) / ITEMS);
  const names = ['ipr', 'scaleWeight', 'shiftWeight', 'normWeight', ...(normBias ? ['normBias'] : [])];
  const parameters = images * iprSize + 2 * iprSize * channels + (normBias ? 2 : 1) * channels;
  return {
    name: 'prepare',
    constants: { kind, normBias },
    inputs: [{ name: 'x', components }, ...names.map((name) => ({ name, components: 1 as const }))],
    uniforms: { images, pixels: images * pixels, channels, iprSize, statisticGroups },
    output: { size: preparedSize(sizes), components: 1 },
    workgroupSize: ITEMS * LANES,
    workgroups: [...spread(statisticGroups + modulationGroups), 1],
    code: () => prepareCode(components, kind, normBias),
    traffic: {
      read: bytesOf(images * pixels * channels + parameters),
      written: bytesOf(preparedSize(sizes)),
    },
  };
}

function prepareCode(components: 1 | 4, kind: LayerNormKind, normBias: boolean): string {
  const vector = components === 4;
  const ones = 'vec4<f32>(1.0)';
  return `
const EPSILON = 1e-5;
var<workgroup> partial : array<f32, ${ITEMS * LANES}>;

// The sum over an item's lanes. Their order is fixed, so results are the same every time.
fn total(item : i32, value : f32, slot : i32) -> f32 {
  workgroupBarrier();
  partial[slot] = value;
  workgroupBarrier();
  var result = 0.0;
  for (var lane = 0; lane < ${LANES}; lane++) { result += partial[lane * ${ITEMS} + item]; }
  return result;
}

fn sumOfPixel(pixel : i32, lane : i32) -> f32 {
  var result = 0.0;
  let count = uniforms.channels / ${components};
  for (var c = lane; c < count; c += ${LANES}) {
    let value = x[pixel * count + c];
    result += ${vector ? `dot(value, ${ones})` : 'value'};
  }
  return result;
}

fn squaresOfPixel(pixel : i32, lane : i32, mean : f32) -> f32 {
  var result = 0.0;
  let count = uniforms.channels / ${components};
  for (var c = lane; c < count; c += ${LANES}) {
    let value = x[pixel * count + c] - mean;
    result += ${vector ? 'dot(value, value)' : 'value * value'};
  }
  return result;
}

fn main(index : i32) {
  let group = i32(workgroupId.x + workgroupId.y * numWorkgroups.x);
  let local = i32(localIndex);
  let statistics = group < uniforms.statisticGroups;
  // Neighbouring threads read neighbouring values: a pixel's channels, or the channels of a weight's row.
  let lane = select(local / ${ITEMS}, local % ${LANES}, statistics);
  let item = select(local % ${ITEMS}, local / ${LANES}, statistics);
  let slot = lane * ${ITEMS} + item;

  let pixel = group * ${ITEMS} + item;
  let isPixel = statistics && pixel < uniforms.pixels;
  let modulated = (group - uniforms.statisticGroups) * ${ITEMS} + item;
  let isChannel = !statistics && modulated < uniforms.images * uniforms.channels;
  let image = modulated / uniforms.channels;
  let channel = modulated % uniforms.channels;

  var first = 0.0;
  var second = 0.0;
  if (isPixel) { first = sumOfPixel(pixel, lane); }
  if (isChannel) {
    for (var z = lane; z < uniforms.iprSize; z += ${LANES}) {
      let prior = ipr[image * uniforms.iprSize + z];
      first += prior * scaleWeight[z * uniforms.channels + channel];
      second += prior * shiftWeight[z * uniforms.channels + channel];
    }
  }
  let a = total(item, first, slot);
  let mean = a / f32(uniforms.channels);
  if (isPixel) { second = squaresOfPixel(pixel, lane, mean); }
  let b = total(item, second, slot);

  if (lane != 0) { return; }
  if (isPixel) {
    let start = 2 * uniforms.images * uniforms.channels + 2 * pixel;
    result[start] = ${kind === 'WithBias' ? 'mean' : '0.0'};
    result[start + 1] = inverseSqrt(b / f32(uniforms.channels) + EPSILON);
  }
  if (isChannel) {
    let start = 2 * image * uniforms.channels + channel;
    result[start] = a * normWeight[channel];
    result[start + uniforms.channels] = ${normBias ? 'a * normBias[channel] + b' : 'b'};
  }
}
`;
}
