import { planar } from '../lower/form';
import { interleaved, type Lowering, reshape } from '../lower/lowering';
import { interleavedRows, type Rows, storedRows } from '../lower/rows';
import type { TracedNode, TracedValue } from '../trace/traced-graph';
import { input, stringOf } from './attributes';
import type { Operator } from './operator';
import { reduce } from './reductions';

const NORMALIZE_CHANNELS = 'DiffIRNormalizeChannels';

/** Of `normalizeChannels`. */
const EPSILON = 1e-5;

const normalizeChannels: Operator = {
  kernel: NORMALIZE_CHANNELS,
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
export function modulated(node: TracedNode, lowering: Lowering): Rows {
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

interface ModulatedImage {
  readonly x: TracedValue;
  readonly scale: TracedValue;
  readonly shift: TracedValue;
}

/**
 * A normalisation with the modulation as its learned scale and shift: one operator that onnxruntime does
 * in one pass, over pixels whose channels lie side by side. Undefined where the parts are not of that kind.
 */
export function normalizedAndModulated(
  { x, scale, shift }: ModulatedImage,
  lowering: Lowering,
): Rows | undefined {
  const { origin, shape } = x;
  const [n, height = 1, width = 1, channels = 1] = shape;
  if (lowering.dialect !== 'onnxruntime' || n !== 1) return undefined;
  if (origin.kind !== 'node' || origin.node.kernel !== NORMALIZE_CHANNELS) return undefined;
  const keepsMean = stringOf(origin.node, 'kind', 'WithBias') === 'BiasFree';
  const { builder } = lowering;
  const image = lowering.planar(input(origin.node, 'x'));
  const vectors = [scale, shift].map((value) =>
    onePixel(() => reshape(builder, lowering.plain(value), [channels])),
  );
  return interleavedRows(builder, lowering.bands(height, width), (band) => {
    const pixels = interleaved(image, band, lowering);
    const [scaleName = '', shiftName = ''] = vectors.map((vector) => vector());
    return keepsMean
      ? normalizeKeepingMean(pixels, { scaleName, shiftName }, lowering)
      : builder.add('LayerNormalization', [pixels, scaleName, shiftName], NORMALIZATION);
  });
}

const NORMALIZATION = { axis: { int: 3 }, epsilon: { float: EPSILON } };

/** x/σ·scale + shift = (x−µ)/σ·scale + shift + µ/σ·scale, of the µ and 1/σ that the runtime also hands out. */
function normalizeKeepingMean(
  pixels: string,
  { scaleName, shiftName }: { readonly scaleName: string; readonly shiftName: string },
  { builder }: Lowering,
): string {
  const outputs = builder.addMany('LayerNormalization', [pixels, scaleName, shiftName], 3, NORMALIZATION);
  const [centred = '', mean = '', inverseDeviation = ''] = outputs;
  const kept = builder.add('Mul', [builder.add('Mul', [mean, inverseDeviation]), scaleName]);
  return builder.add('Add', [centred, kept]);
}

/** Computes once, when first needed. */
function onePixel(compute: () => string): () => string {
  let name: string | undefined;
  return () => {
    name ??= compute();
    return name;
  };
}

/** DiffIR's normalisation over channels and its modulation, see core/ops. */
export const normalizationOperators: readonly Operator[] = [normalizeChannels, modulate];
