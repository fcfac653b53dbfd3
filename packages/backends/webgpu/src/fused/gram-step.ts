import { bytesOf, componentsFor, type FusedStep, roundUp, spread } from './fused-step';
import { repeatLine } from './repeat-line';

/** What channel attention compares, `[N,HW,stride]` with q at 0 and k at `keyOffset`. */
export interface AttentionSizes {
  readonly images: number;
  /** Pixels of one image. */
  readonly pixels: number;
  readonly channels: number;
  readonly heads: number;
  /** Values between two pixels. */
  readonly stride: number;
  readonly keyOffset: number;
}

/** How the products of q and k are cut up. */
export interface GramPlan {
  /** Channels of a head. */
  readonly width: number;
  /** Side of the block of products that a workgroup computes. */
  readonly block: number;
  readonly blocks: number;
  /** Runs of pixels that are summed apart, and the length of each. */
  readonly splits: number;
  readonly run: number;
  /** Values that each head of an image takes for each split: products, norms of q, norms of k. */
  readonly size: number;
}

const MAX_BLOCK = 64;
/** Pixels that are fetched into workgroup memory at a time. */
const DEPTH = 16;
const SHORTEST_RUN = 128;
const ENOUGH_WORKGROUPS = 512;

export function gramPlan({ images, pixels, channels, heads }: AttentionSizes): GramPlan {
  const width = channels / heads;
  const blocks = Math.ceil(width / MAX_BLOCK);
  const wanted = Math.ceil(ENOUGH_WORKGROUPS / (images * heads * blocks * blocks));
  const run = roundUp(Math.max(Math.ceil(pixels / wanted), SHORTEST_RUN), DEPTH);
  return {
    width,
    block: roundUp(Math.ceil(width / blocks), 4),
    blocks,
    run,
    splits: Math.ceil(pixels / run),
    size: width * width + 2 * width,
  };
}

/**
 * The products q·kᵀ of every head together with the squared norms of q's and k's channels, in one pass
 * over both, summed over runs of pixels: `[N,heads,splits,w·w + 2·w]`. Input: x.
 */
export function gramStep(sizes: AttentionSizes): FusedStep {
  const { images, pixels, channels, heads, stride, keyOffset } = sizes;
  const { width, block, blocks, splits, run, size } = gramPlan(sizes);
  const components = componentsFor(width, stride, keyOffset);
  const outputSize = images * heads * splits * size;
  return {
    name: 'gram',
    constants: { block },
    inputs: [{ name: 'x', components }],
    uniforms: { images, pixels, heads, stride, keyOffset, channels: width, blocks, splits, run, size },
    output: { size: outputSize, components: 1 },
    workgroupSize: (block / 4) ** 2,
    workgroups: [blocks * blocks, ...spread(images * heads * splits)],
    code: () => gramCode(block, components),
    traffic: { read: bytesOf(2 * images * pixels * channels), written: bytesOf(outputSize) },
  };
}

function gramCode(block: number, components: 1 | 4): string {
  const quads = block / 4;
  const workgroup = quads * quads;
  const fetch =
    components === 4
      ? 'if (channel < uniforms.channels) { value = x[start / 4]; }'
      : repeatLine(4, (i) => `if (channel + ${i} < uniforms.channels) { value[${i}] = x[start + ${i}]; }`);
  return `
var<workgroup> queries : array<vec4<f32>, ${DEPTH * quads}>;
var<workgroup> keys : array<vec4<f32>, ${DEPTH * quads}>;

// Four channels of a head at a pixel, 0 beyond either's end.
fn fetch(image : i32, pixel : i32, end : i32, offset : i32, channel : i32) -> vec4<f32> {
  var value = vec4<f32>(0.0);
  if (pixel >= end || image >= uniforms.images) { return value; }
  let start = (image * uniforms.pixels + pixel) * uniforms.stride + offset + channel;
  ${fetch}
  return value;
}

fn main(index : i32) {
  let local = i32(localIndex);
  let across = local % ${quads};
  let down = local / ${quads};
  let firstQuery = (i32(workgroupId.x) / uniforms.blocks) * ${block};
  let firstKey = (i32(workgroupId.x) % uniforms.blocks) * ${block};
  let slice = i32(workgroupId.y + workgroupId.z * numWorkgroups.y);
  let run = slice % uniforms.splits;
  let head = (slice / uniforms.splits) % uniforms.heads;
  let image = slice / (uniforms.splits * uniforms.heads);
  let firstPixel = run * uniforms.run;
  let end = min(firstPixel + uniforms.run, uniforms.pixels);
  let headOffset = head * uniforms.channels;
${repeatLine(4, (i) => `  var s${i} = vec4<f32>(0.0);`)}
  var queryNorms = vec4<f32>(0.0);
  var keyNorms = vec4<f32>(0.0);

  for (var start = 0; start < uniforms.run; start += ${DEPTH}) {
    for (var quad = local; quad < ${DEPTH * quads}; quad += ${workgroup}) {
      let pixel = firstPixel + start + quad / ${quads};
      let channel = (quad % ${quads}) * 4;
      queries[quad] = fetch(image, pixel, end, headOffset, firstQuery + channel);
      keys[quad] = fetch(image, pixel, end, uniforms.keyOffset + headOffset, firstKey + channel);
    }
    workgroupBarrier();
    for (var pixel = 0; pixel < ${DEPTH}; pixel++) {
      let q = queries[pixel * ${quads} + down];
      let k = keys[pixel * ${quads} + across];
${repeatLine(4, (i) => `      s${i} += q[${i}] * k;`)}
      queryNorms += q * q;
      keyNorms += k * k;
    }
    workgroupBarrier();
  }

  if (image >= uniforms.images) { return; }
  let resultStart = slice * uniforms.size;
  let query = firstQuery + down * 4;
  let key = firstKey + across * 4;
  let sums = array<vec4<f32>, 4>(s0, s1, s2, s3);
  for (var i = 0; i < 4; i++) {
    for (var j = 0; j < 4; j++) {
      if (query + i < uniforms.channels && key + j < uniforms.channels) {
        result[resultStart + (query + i) * uniforms.channels + key + j] = sums[i][j];
      }
    }
  }
  let normStart = resultStart + uniforms.channels * uniforms.channels;
  for (var i = 0; i < 4; i++) {
    if (firstKey == 0 && across == 0 && query + i < uniforms.channels) {
      result[normStart + query + i] = queryNorms[i];
    }
    if (firstQuery == 0 && down == 0 && key + i < uniforms.channels) {
      result[normStart + uniforms.channels + key + i] = keyNorms[i];
    }
  }
}
`;
}
