import { bytesOf, type FusedStep } from './fused-step';

export interface ShuffleSizes {
  readonly images: number;
  /** Of the result. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly factor: number;
}

const WORKGROUP = 64;

/** Pixel shuffle as a map of indices (core's `pixelShuffle`); sizes are the result's. Input: x. */
export function pixelShuffleStep(sizes: ShuffleSizes): FusedStep {
  return moveStep(
    'pixelShuffle',
    sizes,
    `
  let f = uniforms.factor;
  let source = (row % f) * f + column % f + channel * f * f;
  result[index] = x[((image * (uniforms.height / f) + row / f) * (uniforms.width / f) + column / f)
    * uniforms.channels * f * f + source];`,
  );
}

/** Pixel unshuffle as a map of indices (core's `pixelUnshuffle`); sizes are the result's. Input: x. */
export function pixelUnshuffleStep(sizes: ShuffleSizes): FusedStep {
  return moveStep(
    'pixelUnshuffle',
    sizes,
    `
  let f = uniforms.factor;
  let block = channel % (f * f);
  let y = row * f + block / f;
  result[index] = x[((image * uniforms.height * f + y) * uniforms.width * f + column * f + block % f)
    * (uniforms.channels / (f * f)) + channel / (f * f)];`,
  );
}

/** A dispatch with a thread for each value of the result, at `(image, row, column, channel)`. */
function moveStep(name: string, sizes: ShuffleSizes, body: string): FusedStep {
  const { images, height, width, channels, factor } = sizes;
  const size = images * height * width * channels;
  return {
    name,
    constants: {},
    inputs: [{ name: 'x', components: 1 }],
    uniforms: { height, width, channels, factor, count: size },
    output: { size, components: 1 },
    workgroupSize: WORKGROUP,
    workgroups: [Math.ceil(size / WORKGROUP), 1, 1],
    code: () => `
fn main(index : i32) {
  if (index >= uniforms.count) { return; }
  let channel = index % uniforms.channels;
  var rest = index / uniforms.channels;
  let column = rest % uniforms.width;
  rest /= uniforms.width;
  let row = rest % uniforms.height;
  let image = rest / uniforms.height;
  ${body}
}
`,
    traffic: { read: bytesOf(size), written: bytesOf(size) },
  };
}
