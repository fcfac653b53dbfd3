import { bytesOf, type FusedStep, roundUp, spread } from './fused-step';
import { type AttentionSizes, gramPlan } from './gram-step';
import { type Reduction, reductionCode } from './reduction-code';
import { repeatLine } from './repeat-line';

/**
 * From the sums of `gramStep` the attention of every head, softmax(q̂·k̂ᵀ·temperature), transposed:
 * `[N,heads,w,w]` by key, then query. A workgroup works on a query. Inputs: x, temperature.
 */
export function softmaxStep(sizes: AttentionSizes, reduction: Reduction): FusedStep {
  const { images, channels, heads } = sizes;
  const { width, splits, size } = gramPlan(sizes);
  const outputSize = images * channels * width;
  // Rounded, so that widths near each other share a pipeline.
  const room = roundUp(width, 64);
  return {
    name: 'attentionSoftmax',
    constants: { room, lanes: reduction.lanes, subgroups: reduction.subgroups },
    inputs: [
      { name: 'x', components: 1 },
      { name: 'temperature', components: 1 },
    ],
    uniforms: { queries: images * channels, heads, channels: width, splits, size },
    output: { size: outputSize, components: 1 },
    workgroupSize: reduction.lanes,
    workgroups: [...spread(images * channels), 1],
    code: () => softmaxCode(room, reduction),
    traffic: { read: bytesOf(images * heads * splits * size + heads), written: bytesOf(outputSize) },
  };
}

/** Runs of pixels whose sums are read at a time. */
const TOGETHER = 4;

function softmaxCode(room: number, reduction: Reduction): string {
  const { lanes } = reduction;
  return `${reductionCode(reduction)}
// Floor of the channel norms, as torch.nn.functional.normalize has it.
const NORM_FLOOR = 1e-12;
var<workgroup> logits : array<f32, ${room}>;

fn main(index : i32) {
  let lane = i32(localIndex);
  // Workgroups beyond the last query repeat it, so that all take part in the reductions.
  let number = min(i32(workgroupId.x + workgroupId.y * numWorkgroups.x), uniforms.queries - 1);
  let query = number % uniforms.channels;
  let slice = number / uniforms.channels;
  let head = slice % uniforms.heads;
  let start = slice * uniforms.splits * uniforms.size;
  let queryNorms = start + uniforms.channels * uniforms.channels;
  let keyNorms = queryNorms + uniforms.channels;

  var querySquares = 0.0;
  for (var run = lane; run < uniforms.splits; run += ${lanes}) {
    querySquares += x[queryNorms + run * uniforms.size + query];
  }
  let queryNorm = max(sqrt(reduceSum(querySquares)), NORM_FLOOR);

  var largest = -3.4e38;
  for (var key = lane; key < uniforms.channels; key += ${lanes}) {
    // Four runs at a time: their values arrive together instead of one after the other.
    var products = vec4<f32>(0.0);
    var squares = vec4<f32>(0.0);
    for (var run = 0; run < uniforms.splits; run += ${TOGETHER}) {
${repeatLine(
  TOGETHER,
  (i) => `      if (run + ${i} < uniforms.splits) {
        let offset = (run + ${i}) * uniforms.size;
        products[${i}] += x[start + offset + query * uniforms.channels + key];
        squares[${i}] += x[keyNorms + offset + key];
      }`,
)}
    }
    let product = dot(products, vec4<f32>(1.0));
    let keySquares = dot(squares, vec4<f32>(1.0));
    let keyNorm = max(sqrt(keySquares), NORM_FLOOR);
    let logit = product / (queryNorm * keyNorm) * temperature[head];
    logits[key] = logit;
    largest = max(largest, logit);
  }
  let peak = reduceMax(largest);

  var weights = 0.0;
  for (var key = lane; key < uniforms.channels; key += ${lanes}) {
    let weight = exp(logits[key] - peak);
    logits[key] = weight;
    weights += weight;
  }
  let total = reduceSum(weights);
  for (var key = lane; key < uniforms.channels; key += ${lanes}) {
    result[(slice * uniforms.channels + key) * uniforms.channels + query] = logits[key] / total;
  }
}
`;
}
