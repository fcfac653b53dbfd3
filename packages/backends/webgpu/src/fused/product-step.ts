import { bytesOf, componentsFor, type FusedStep, type StepInput, spread } from './fused-step';
import { productCode } from './product-code';
import { type ProductTiles, productTiles } from './product-tiles';

/** A product of matrices, as a 1×1 convolution over pixels or between small matrices. */
export interface ProductOptions {
  readonly name: string;
  /** Left matrices, one for each image or head: how many, and how many rows each has. */
  readonly batch: number;
  readonly rows: number;
  /** Columns of the left matrix, terms of each sum. */
  readonly terms: number;
  /** Distance between rows of the left matrix, and where the first one starts. Default: `terms`, 0. */
  readonly stride?: number;
  readonly offset?: number;
  /** Columns of each right matrix. */
  readonly columns: number;
  /** How many right matrices stand side by side, as inputs `w0`, `w1`, … Default: 1. */
  readonly parts?: 1 | 2 | 3;
  /** Distance between two parts' results, columns in between being 0. Default: `columns`. */
  readonly partStride?: number;
  /**
   * Values between the right matrices of two left ones, and after how many the first comes again.
   * Default: the same for all.
   */
  readonly right?: { readonly stride: number; readonly count: number };
  /** Input `prepared` of `prepareStep`: the left matrix is normalised and modulated as it is read. */
  readonly prepared?: { readonly images: number };
  /** Input `residual`, added to the result. */
  readonly residual?: boolean;
  /** One input `bias` for all parts joined, or inputs `b0`, `b1`, … Default: none. */
  readonly bias?: 'none' | 'joined' | 'parts';
  /** Multiply in half precision and add up in single precision. */
  readonly half?: boolean;
}

/** Options with their defaults, and what follows from them. */
export interface ProductPlan extends Required<Omit<ProductOptions, 'prepared'>> {
  readonly images: number;
  readonly normalized: boolean;
  readonly tiles: ProductTiles;
  /** Values in an element of the left matrix, of the right ones, and of the result. */
  readonly components: { readonly left: 1 | 4; readonly right: 1 | 4; readonly output: 1 | 4 };
}

/**
 * A matrix product in blocks held in workgroup memory. Inputs in this order: `x` (the left matrices),
 * `prepared`?, `w0` …, `residual`?, `bias`? or `b0` …. The result is `[batch, rows, parts·partStride]`.
 */
export function productStep(options: ProductOptions): FusedStep {
  const plan = toPlan(options);
  const { batch, rows, terms, columns, parts, partStride, right, tiles, components } = plan;
  const columnBlocks = Math.ceil(columns / tiles.block.columns);
  const rowBlocks = Math.ceil(rows / tiles.block.rows);
  const size = batch * rows * parts * partStride;
  return {
    name: plan.name,
    constants: {
      parts,
      threads: `${tiles.threads.columns}x${tiles.threads.rows}x${tiles.perThread.rows}`,
      normalized: plan.normalized,
      residual: plan.residual,
      bias: plan.bias,
      half: plan.half,
    },
    inputs: inputsOf(plan),
    uniforms: {
      batch,
      rows,
      terms,
      stride: plan.stride,
      offset: plan.offset,
      columns,
      partStride,
      rightStride: right.stride,
      rightCount: right.count,
      images: plan.images,
      columnBlocks,
      rowBlocks,
    },
    output: { size, components: components.output },
    workgroupSize: tiles.threads.columns * tiles.threads.rows,
    workgroups: [columnBlocks * parts, ...spread(rowBlocks * batch)],
    code: () => productCode(plan),
    traffic: { read: bytesOf(valuesRead(plan)), written: bytesOf(size) },
  };
}

function toPlan(options: ProductOptions): ProductPlan {
  const { terms, columns, batch, rows, parts = 1, prepared } = options;
  const { stride = terms, offset = 0, partStride = columns, right = { stride: 0, count: 1 } } = options;
  return {
    residual: false,
    bias: 'none',
    half: false,
    ...options,
    stride,
    offset,
    parts,
    partStride,
    right,
    images: prepared?.images ?? 0,
    normalized: prepared !== undefined,
    tiles: productTiles(rows, columns, parts * batch),
    components: {
      // Where rows are padded to a multiple of 4, the padding meets rows of the right matrix taken as 0.
      left: componentsFor(stride, offset),
      right: componentsFor(columns, right.stride),
      output: componentsFor(partStride),
    },
  };
}

function inputsOf({ parts, normalized, residual, bias, components }: ProductPlan): StepInput[] {
  const numbered = (letter: string) => Array.from({ length: parts }, (_, part) => `${letter}${part}`);
  const single = (name: string) => ({ name, components: 1 as const });
  return [
    { name: 'x', components: components.left },
    ...(normalized ? [single('prepared')] : []),
    ...numbered('w').map((name) => ({ name, components: components.right })),
    ...(residual ? [{ name: 'residual', components: components.output }] : []),
    ...(bias === 'joined' ? [single('bias')] : []),
    ...(bias === 'parts' ? numbered('b').map(single) : []),
  ];
}

function valuesRead(plan: ProductPlan): number {
  const { batch, rows, terms, columns, parts, right, residual, bias, normalized, images } = plan;
  const prepared = normalized ? 2 * (batch * rows + images * terms) : 0;
  const rights = terms * columns * parts * right.count;
  const biases = bias === 'none' ? 0 : parts * columns;
  return batch * rows * (terms + (residual ? columns : 0)) + prepared + rights + biases;
}
