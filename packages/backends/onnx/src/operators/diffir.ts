import { constantView, reshapeView, transposeView } from '../lower/constant-view';
import { planar } from '../lower/form';
import { constantName, type Lowering, reshape, TO_PLAIN, TO_PLANAR, transpose } from '../lower/lowering';
import { type Rows, recomputedRows, storedRows } from '../lower/rows';
import type { TracedNode, TracedValue } from '../trace/traced-graph';
import { input, stringOf } from './attributes';
import { lowerElementwise, planarOperand } from './elementwise';
import type { Operator } from './operator';
import { channelBias, pointwiseWeight } from './products';
import { reduce, sumOf } from './reductions';

/** Of `normalizeChannels`. */
const EPSILON = 1e-5;

const normalizeChannels: Operator = {
  kernel: 'DiffIRNormalizeChannels',
  infer: (node) => [{ shape: input(node, 'x').shape, dtype: 'float32' }],
  lower: (node, lowering) => {
    const x = input(node, 'x');
    const keepsMean = stringOf(node, 'kind', 'WithBias') === 'BiasFree';
    const image = lowering.planar(x);
    const [, height = 1, width = 1] = x.shape;
    const rows = storedRows(lowering.builder, lowering.bands(height, width), (band) =>
      normalizeBand(image.at(band), { x, rows: band.size, keepsMean }, lowering),
    );
    return [planar(rows)];
  },
};

interface NormalizedBand {
  readonly x: TracedValue;
  readonly rows: number;
  readonly keepsMean: boolean;
}

function normalizeBand(name: string, band: NormalizedBand, lowering: Lowering): string {
  const { builder } = lowering;
  const centred = builder.add('Sub', [name, channelMean(name, band, lowering)]);
  const variance = channelMean(builder.add('Mul', [centred, centred]), band, lowering);
  const deviation = builder.add('Sqrt', [builder.add('Add', [variance, builder.scalar(EPSILON)])]);
  return builder.add('Mul', [band.keepsMean ? name : centred, builder.add('Reciprocal', [deviation])]);
}

/** The mean over channels, `[N,1,H,W]`: as a product of matrices, which runtimes do faster than reductions. */
function channelMean(name: string, { x, rows }: NormalizedBand, lowering: Lowering): string {
  const [n = 1, , width = 1, channels = 1] = x.shape;
  const { builder, dynamic } = lowering;
  if (dynamic) return reduce(lowering, 'ReduceMean', name, { axes: [1], keep: true });
  const weights = builder.constant('float32', [1, channels], new Float32Array(channels).fill(1 / channels));
  const pixels = reshape(builder, name, n === 1 ? [channels, rows * width] : [n, channels, rows * width]);
  return reshape(builder, builder.add('MatMul', [weights, pixels]), [n, 1, rows, width]);
}

const modulate: Operator = {
  kernel: 'DiffIRModulate',
  infer: (node) => [{ shape: input(node, 'x').shape, dtype: 'float32' }],
  lower: (node, lowering) => [planar(modulated(node, lowering))],
};

/** `x·scale + shift`, band by band. */
function modulated(node: TracedNode, lowering: Lowering): Rows {
  const { builder } = lowering;
  const x = input(node, 'x');
  const [, height = 1, width = 1] = x.shape;
  const image = lowering.planar(x);
  const [scale, shift] = ['scale', 'shift'].map((name) => pixelVector(input(node, name), lowering)) as [
    Rows,
    Rows,
  ];
  const one = { start: 0, size: 1 };
  return storedRows(builder, lowering.bands(height, width), (band) =>
    builder.add('Add', [builder.add('Mul', [image.at(band), scale.at(one)]), shift.at(one)]),
  );
}

/** `[N,C]` as an image of one pixel. */
function pixelVector(value: TracedValue, lowering: Lowering): Rows {
  const [n = 1, channels = 1] = value.shape;
  return storedRows(lowering.builder, [{ start: 0, size: 1 }], () =>
    reshape(lowering.builder, lowering.plain(value), [n, channels, 1, 1]),
  );
}

const pointwiseConv: Operator = {
  kernel: 'DiffIRPointwiseConv',
  infer: pointwiseType,
  lower: (node, lowering, result) => [
    planar(pointwise({ node, result, image: lowering.planar(input(node, 'x')) }, lowering)),
  ],
};

const modulatedPointwiseConv: Operator = {
  kernel: 'DiffIRModulatedPointwiseConv',
  infer: pointwiseType,
  lower: (node, lowering, result) => [
    planar(pointwise({ node, result, image: sharedModulation(node, lowering) }, lowering)),
  ],
};

function pointwiseType(node: TracedNode) {
  const [n = 1, h = 1, w = 1] = input(node, 'x').shape;
  return [{ shape: [n, h, w, input(node, 'weight').shape[1] ?? 1], dtype: 'float32' as const }];
}

interface PointwiseCall {
  readonly node: TracedNode;
  readonly result: TracedValue;
  readonly image: Rows;
}

/** Runs of rows of a 1×1 convolution; done anew for the rows around a band, see `recomputedRows`. */
function pointwise({ node, result, image }: PointwiseCall, lowering: Lowering): Rows {
  const { bias } = node.inputs;
  const size = { inputs: lowering.channels(input(node, 'x')), outputs: lowering.channels(result) };
  const weight = pointwiseWeight(input(node, 'weight'), size, lowering);
  const rest = bias === undefined ? [weight] : [weight, channelBias(bias, size.outputs, lowering)];
  return recomputedRows(image.height, (rows) =>
    lowering.builder.add('Conv', [image.at(rows), ...rest], { kernel_shape: { ints: [1, 1] } }),
  );
}

/**
 * The modulated image, once for all convolutions that share it. The modulation is not folded into the
 * weights here, exact as that is: runtimes lay out constant weights in advance, and only these.
 */
function sharedModulation(node: TracedNode, lowering: Lowering): Rows {
  const [x, scale, shift] = ['x', 'scale', 'shift'].map((name) => input(node, name)) as [
    TracedValue,
    TracedValue,
    TracedValue,
  ];
  return lowering.shared(
    [x, scale, shift],
    () => normalizedAndModulated({ x, scale, shift }, lowering) ?? modulated(node, lowering),
  );
}

interface ModulatedImage {
  readonly x: TracedValue;
  readonly scale: TracedValue;
  readonly shift: TracedValue;
}

/**
 * A normalisation with the modulation as its learned scale and shift: one operator that onnxruntime does
 * in one pass, behind transpositions to and fro. Undefined where the parts are not of that kind.
 */
function normalizedAndModulated({ x, scale, shift }: ModulatedImage, lowering: Lowering): Rows | undefined {
  const { origin, shape } = x;
  const [n, height = 1, width = 1, channels = 1] = shape;
  if (lowering.dialect !== 'onnxruntime' || n !== 1) return undefined;
  if (origin.kind !== 'node' || origin.node.kernel !== normalizeChannels.kernel) return undefined;
  const keepsMean = stringOf(origin.node, 'kind', 'WithBias') === 'BiasFree';
  const { builder } = lowering;
  const image = lowering.planar(input(origin.node, 'x'));
  const vectors = [scale, shift].map((value) =>
    onePixel(() => reshape(builder, lowering.plain(value), [channels])),
  );
  return storedRows(builder, lowering.bands(height, width), (band) => {
    const pixels = transpose(builder, image.at(band), TO_PLAIN);
    const [scaleName = '', shiftName = ''] = vectors.map((vector) => vector());
    const normalized = keepsMean
      ? normalizeKeepingMean(pixels, { scaleName, shiftName }, lowering)
      : builder.add('LayerNormalization', [pixels, scaleName, shiftName], NORMALIZATION);
    return transpose(builder, normalized, TO_PLANAR);
  });
}

const NORMALIZATION = { axis: { int: 3 }, epsilon: { float: EPSILON } };

/** x/σ·scale + shift, with the 1/σ that the runtime's normalisation also hands out. */
function normalizeKeepingMean(
  pixels: string,
  { scaleName, shiftName }: { readonly scaleName: string; readonly shiftName: string },
  { builder }: Lowering,
): string {
  const outputs = builder.addMany('LayerNormalization', [pixels, scaleName, shiftName], 3, NORMALIZATION);
  const [, , inverseDeviation = ''] = outputs;
  const normalized = builder.add('Mul', [pixels, inverseDeviation]);
  return builder.add('Add', [builder.add('Mul', [normalized, scaleName]), shiftName]);
}

/** Computes once, when first needed. */
function onePixel(compute: () => string): () => string {
  let name: string | undefined;
  return () => {
    name ??= compute();
    return name;
  };
}

const channelAttention: Operator = {
  kernel: 'DiffIRChannelAttention',
  infer: (node) => {
    const [n = 1, h = 1, w = 1] = input(node, 'v').shape;
    return [{ shape: [n, h, w, input(node, 'weight').shape[1] ?? 1], dtype: 'float32' }];
  },
  lower: (node, lowering) => [planar(attend(node, lowering))],
};

/** Attention between channels; the matrix from all bands, then applied to each. */
function attend(node: TracedNode, lowering: Lowering): Rows {
  const { builder } = lowering;
  const shape = input(node, 'v').shape;
  const [n = 1, height = 1, width = 1, channels = 1] = shape;
  const bands = lowering.bands(height, width);
  const outputs = input(node, 'weight').shape[1] ?? 1;
  const v = lowering.planar(input(node, 'v'));
  const { bias } = node.inputs;
  let matrix: string | undefined;
  return storedRows(builder, bands, (band) => {
    matrix ??= mixingMatrix(node, lowering);
    if (lowering.dynamic) {
      const weight = reshape(builder, matrix, [outputs, channels, 1, 1]);
      return builder.add(
        'Conv',
        bias === undefined ? [v.at(band), weight] : [v.at(band), weight, lowering.plain(bias)],
      );
    }
    const pixels = reshape(builder, v.at(band), [n, channels, band.size * width]);
    const mixed = reshape(builder, builder.add('MatMul', [matrix, pixels]), [n, outputs, band.size, width]);
    return bias === undefined
      ? mixed
      : builder.add('Add', [mixed, planarOperand(lowering, bias).at({ start: 0, size: 1 })]);
  });
}

/** The softmax matrix with the projection multiplied into it, `[N,O,C]`. */
function mixingMatrix(node: TracedNode, lowering: Lowering): string {
  const { builder } = lowering;
  const [n = 1, , , channels = 1] = input(node, 'q').shape;
  const temperature = input(node, 'temperature');
  const heads = temperature.shape[0] ?? 1;
  const each = channels / heads;
  const logits = builder.add('Mul', [
    cosines(node, { n, heads, each }, lowering),
    reshape(builder, lowering.plain(temperature), [1, heads, 1, 1]),
  ]);
  const attention = builder.add('Softmax', [logits], { axis: { int: 3 } });
  // Per head [O,each]·[each,each], then the heads side by side.
  const perHead = builder.add('MatMul', [projectionOfHeads(node, { heads, each }, lowering), attention]);
  const outputs = input(node, 'weight').shape[1] ?? 1;
  return reshape(builder, transpose(builder, perHead, [0, 2, 1, 3]), [n, outputs, channels]);
}

interface Heads {
  readonly heads: number;
  /** Channels of a head. */
  readonly each: number;
}

/** The projection's weight as `[heads,O,each]`. */
function projectionOfHeads(node: TracedNode, { heads, each }: Heads, lowering: Lowering): string {
  const { builder } = lowering;
  const weight = input(node, 'weight');
  const outputs = weight.shape[1] ?? 1;
  const constant = constantView(weight);
  if (constant === undefined) {
    return transpose(builder, reshape(builder, lowering.plain(weight), [heads, each, outputs]), [0, 2, 1]);
  }
  const view = transposeView(reshapeView(constant, [heads, each, outputs]), [0, 2, 1]);
  return constantName(builder, { ...view, dtype: 'float32' });
}

/** Products of every two channels over the product of their norms, `[N,heads,each,each]`. */
function cosines(
  node: TracedNode,
  { n, heads, each }: Heads & { readonly n: number },
  lowering: Lowering,
): string {
  const { builder } = lowering;
  const [q, k] = ['q', 'k'].map((name) => lowering.planar(input(node, name))) as [Rows, Rows];
  const [, height = 1, width = 1] = input(node, 'q').shape;
  // Products and squares of a band as one tensor: their sums over all bands would else be taken one after
  // the other, and every band read again, or kept, for each.
  const parts = lowering.bands(height, width).map((band) => {
    const [own, other] = [q, k].map((image) => reshape(builder, image.at(band), [n, heads, each, -1])) as [
      string,
      string,
    ];
    const part = [
      productWithTransposed(own, other, lowering),
      squares(own, lowering),
      squares(other, lowering),
    ];
    return builder.add('Concat', part, { axis: { int: 3 } });
  });
  const total = sumOf(lowering, parts);
  const columns = (start: number, size: number) =>
    builder.add('Slice', [
      total,
      builder.integers([start]),
      builder.integers([start + size]),
      builder.integers([3]),
    ]);
  const norms = builder.add('Mul', [
    norm(columns(each, 1), lowering),
    transpose(builder, norm(columns(each + 1, 1), lowering), [0, 1, 3, 2]),
  ]);
  return builder.add('Div', [columns(0, each), norms]);
}

function productWithTransposed(a: string, b: string, { builder, dialect }: Lowering): string {
  return dialect === 'onnxruntime'
    ? builder.addContributed('FusedMatMul', [a, b], { transB: { int: 1 } })
    : builder.add('MatMul', [a, transpose(builder, b, [0, 1, 3, 2])]);
}

/** Sum of squares of every channel, `[N,heads,each,1]`; a plain sum is far faster than ReduceSumSquare. */
function squares(name: string, lowering: Lowering): string {
  return reduce(lowering, 'ReduceSum', lowering.builder.add('Mul', [name, name]), { axes: [3], keep: true });
}

/** Floor of the channel norms, as torch.nn.functional.normalize has it. */
const NORM_FLOOR = 1e-12;

function norm(squared: string, { builder }: Lowering): string {
  return builder.add('Max', [builder.add('Sqrt', [squared]), builder.scalar(NORM_FLOOR)]);
}

const gatedGelu: Operator = {
  kernel: 'DiffIRGatedGelu',
  infer: (node) => [{ shape: input(node, 'gate').shape, dtype: 'float32' }],
  lower: (node, lowering) => [
    lowerElementwise(lowering, [input(node, 'gate'), input(node, 'value')], ([gate = '', value = '']) =>
      lowering.builder.add('Mul', [gelu(gate, lowering), value]),
    ),
  ],
};

/** The exact GELU in the form that onnxruntime recognises and fuses. */
function gelu(x: string, { builder, dialect }: Lowering): string {
  if (dialect === 'onnxruntime') return builder.addContributed('Gelu', [x]);
  const error = builder.add('Erf', [builder.add('Div', [x, builder.scalar(Math.SQRT2)])]);
  const doubled = builder.add('Mul', [x, builder.add('Add', [error, builder.scalar(1)])]);
  return builder.add('Mul', [doubled, builder.scalar(0.5)]);
}

/** DiffIR's own ops, see core/ops. */
export const diffirOperators: readonly Operator[] = [
  normalizeChannels,
  modulate,
  pointwiseConv,
  modulatedPointwiseConv,
  channelAttention,
  gatedGelu,
];
