import { constantView, reshapeView, transposeView } from '../lower/constant-view';
import { planar } from '../lower/form';
import { constantName, interleaved, type Lowering, reshape, transpose } from '../lower/lowering';
import { interleavedRows, type Rows, storedRows } from '../lower/rows';
import type { TracedNode } from '../trace/traced-graph';
import { input } from './attributes';
import { planarOperand } from './elementwise';
import type { Operator } from './operator';
import { reduce, sumOf } from './reductions';

/** Attention between channels with its projection, see core/ops. */
export const channelAttention: Operator = {
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
  if (lowering.dialect === 'onnxruntime' && n === 1) {
    return interleavedRows(builder, bands, (band) => {
      matrix ??= mixingMatrix(node, lowering);
      const pixels = reshape(builder, interleaved(v, band, lowering), [1, band.size * width, channels]);
      const mixed = builder.addContributed('FusedMatMul', [pixels, matrix], { transB: { int: 1 } });
      const image = reshape(builder, mixed, [1, band.size, width, outputs]);
      return bias === undefined ? image : builder.add('Add', [image, lowering.plain(bias)]);
    });
  }
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
