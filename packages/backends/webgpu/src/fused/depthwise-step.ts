import { bytesOf, type FusedStep } from './fused-step';
import { geluCode } from './gelu-code';
import { repeatLine } from './repeat-line';

export interface DepthwiseOptions {
  readonly images: number;
  readonly height: number;
  readonly width: number;
  /** Channels of each part, and the distance between two parts, a multiple of 4; in between lie zeros. */
  readonly channels: number;
  readonly partStride: number;
  readonly parts: 2 | 3;
  readonly bias: boolean;
  /** Of two parts, a gate and a value, writes gelu(gate)·value instead of both. */
  readonly gated: boolean;
}

const WORKGROUP = 64;
/** Neighbouring pixels of a row that a thread computes, sharing what it reads. */
const STRIP = 4;

/**
 * Depthwise 3×3 convolution, zero padding, of all branches at once: `[N,H,W,parts·stride]` to the same,
 * or gated to `[N,H,W,stride]`. Inputs: x, f0 …, b0 …?.
 */
export function depthwiseStep(options: DepthwiseOptions): FusedStep {
  const { images, height, width, channels, partStride, parts, bias, gated } = options;
  const numbered = (letter: string) => Array.from({ length: parts }, (_, part) => `${letter}${part}`);
  const groups = ((gated ? 1 : parts) * partStride) / 4;
  const threads = images * height * Math.ceil(width / STRIP) * groups;
  const size = images * height * width * groups * 4;
  const names = [...numbered('f'), ...(bias ? numbered('b') : [])];
  const parameters = parts * channels * (bias ? 10 : 9);
  return {
    name: gated ? 'gatedDepthwise' : 'depthwise',
    constants: { parts, bias, gated },
    inputs: [{ name: 'x', components: 4 }, ...names.map((name) => ({ name, components: 1 as const }))],
    uniforms: { images, height, width, channels, partGroups: partStride / 4, groups, threads },
    output: { size, components: 4 },
    workgroupSize: WORKGROUP,
    workgroups: [Math.ceil(threads / WORKGROUP), 1, 1],
    code: () => depthwiseCode(options),
    traffic: {
      read: bytesOf(images * height * width * parts * partStride + parameters),
      written: bytesOf(size),
    },
  };
}

function depthwiseCode({ parts, bias, gated }: DepthwiseOptions): string {
  const parameter = (name: string, index: string) => `
  switch (part) {
${repeatLine(
  parts,
  (part) => `    case ${part}: {
${repeatLine(4, (i) => `      if (channel + ${i} < uniforms.channels) { value[${i}] = ${name}${part}[${index} + ${i}]; }`)}
    }`,
)}
    default: {}
  }`;
  return `
${gated ? geluCode : ''}
// Four channels of a tap of a part's filter.
fn tapOf(part : i32, tap : i32, channel : i32) -> vec4<f32> {
  var value = vec4<f32>(0.0);
  ${parameter('f', 'tap * uniforms.channels + channel')}
  return value;
}

fn biasOf(part : i32, channel : i32) -> vec4<f32> {
  var value = vec4<f32>(0.0);
  ${bias ? parameter('b', 'channel') : ''}
  return value;
}

fn convolve(image : i32, row : i32, firstColumn : i32, part : i32, group : i32) -> array<vec4<f32>, ${STRIP}> {
  let perPixel = uniforms.partGroups * ${parts};
  let offset = biasOf(part, group * 4);
  var sums : array<vec4<f32>, ${STRIP}>;
${repeatLine(STRIP, (i) => `  sums[${i}] = offset;`)}
  for (var dy = 0; dy < 3; dy++) {
    let y = row + dy - 1;
    if (y < 0 || y >= uniforms.height) { continue; }
${repeatLine(3, (dx) => `    let w${dx} = tapOf(part, dy * 3 + ${dx}, group * 4);`)}
    let start = (image * uniforms.height + y) * uniforms.width;
${repeatLine(
  STRIP + 2,
  (i) => `    var c${i} = vec4<f32>(0.0);
    let x${i} = firstColumn + ${i - 1};
    if (x${i} >= 0 && x${i} < uniforms.width) {
      c${i} = x[(start + x${i}) * perPixel + part * uniforms.partGroups + group];
    }`,
)}
${repeatLine(STRIP, (i) => `    sums[${i}] += c${i} * w0 + c${i + 1} * w1 + c${i + 2} * w2;`)}
  }
  return sums;
}

fn main(index : i32) {
  if (index >= uniforms.threads) { return; }
  let groupOfAll = index % uniforms.groups;
  var rest = index / uniforms.groups;
  let strips = (uniforms.width + ${STRIP - 1}) / ${STRIP};
  let firstColumn = (rest % strips) * ${STRIP};
  rest /= strips;
  let row = rest % uniforms.height;
  let image = rest / uniforms.height;
  let part = groupOfAll / uniforms.partGroups;
  let group = groupOfAll % uniforms.partGroups;
  let sums = convolve(image, row, firstColumn, part, group);
  ${gated ? 'let values = convolve(image, row, firstColumn, 1, group);' : ''}
  let start = (image * uniforms.height + row) * uniforms.width;
${repeatLine(
  STRIP,
  (i) => `  if (firstColumn + ${i} < uniforms.width) {
    result[(start + firstColumn + ${i}) * uniforms.groups + groupOfAll] = ${
      gated ? `gelu(sums[${i}]) * values[${i}]` : `sums[${i}]`
    };
  }`,
)}
}
`;
}
