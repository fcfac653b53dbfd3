import type { ProductPlan } from './product-step';
import { repeatLine } from './repeat-line';

/**
 * The shader of `productStep`. Blocks of both matrices go through workgroup memory: the left one
 * transposed, so that a thread reads its rows' values as vectors. In half precision the products of one
 * block are added up in it and then in single precision.
 */
export function productCode(plan: ProductPlan): string {
  return [
    plan.half ? 'enable f16;' : '',
    declarations(plan),
    fetchLeft(plan),
    fetchRight(plan),
    store(plan),
    mainFunction(plan),
  ].join('\n');
}

function declarations({ tiles, half }: ProductPlan): string {
  const { block, depth } = tiles;
  const element = half ? 'f16' : 'f32';
  return `
alias Block = vec4<${element}>;
// By term, then by four rows or columns.
var<workgroup> left : array<Block, ${(depth * block.rows) / 4}>;
var<workgroup> right : array<Block, ${(depth * block.columns) / 4}>;
`;
}

/** Four terms of a row of the left matrix, normalised and modulated where that is wanted. */
function fetchLeft({ components, normalized }: ProductPlan): string {
  const values =
    components.left === 4
      ? 'if (term < uniforms.terms) { value = x[start / 4]; }'
      : repeatLine(4, (i) => `  if (term + ${i} < uniforms.terms) { value[${i}] = x[start + ${i}]; }`);
  const statistics = '2 * uniforms.images * uniforms.terms + 2 * row';
  return `
fn fetchLeft(
  image : i32, rowInImage : i32, term : i32, scale : vec4<f32>, shift : vec4<f32>,
) -> vec4<f32> {
  var value = vec4<f32>(0.0);
  if (rowInImage >= uniforms.rows || image >= uniforms.batch) { return value; }
  let row = image * uniforms.rows + rowInImage;
  let start = row * uniforms.stride + uniforms.offset + term;
  ${values}
  return ${normalized ? `(value - prepared[${statistics}]) * prepared[${statistics} + 1] * scale + shift` : 'value'};
}

// What four terms are modulated by; 0 beyond the last one, so that these stay 0.
fn fetchModulation(image : i32, which : i32, term : i32) -> vec4<f32> {
  var value = vec4<f32>(0.0);
  ${
    normalized
      ? `let start = (2 * image + which) * uniforms.terms + term;
  if (image >= uniforms.images) { return value; }
${repeatLine(4, (i) => `  if (term + ${i} < uniforms.terms) { value[${i}] = prepared[start + ${i}]; }`)}`
      : ''
  }
  return value;
}
`;
}

/** Four columns of a row of a right matrix. */
function fetchRight({ components, parts }: ProductPlan): string {
  const fetch = (part: number) =>
    components.right === 4
      ? `value = w${part}[start / 4];`
      : repeatLine(
          4,
          (i) => `if (column + ${i} < uniforms.columns) { value[${i}] = w${part}[start + ${i}]; }`,
        );
  return `
fn fetchRight(part : i32, image : i32, term : i32, column : i32) -> vec4<f32> {
  var value = vec4<f32>(0.0);
  if (term >= uniforms.terms || column >= uniforms.columns) { return value; }
  let start = (image % uniforms.rightCount) * uniforms.rightStride + term * uniforms.columns + column;
  switch (part) {
${repeatLine(parts, (part) => `    case ${part}: { ${fetch(part)} }`)}
    default: {}
  }
  return value;
}
`;
}

/** Four columns of a row of the result, with bias and residual. */
function store({ components, parts, bias, residual }: ProductPlan): string {
  const biasOf = (i: number) => {
    if (bias === 'joined') return `value[${i}] += bias[part * uniforms.columns + column + ${i}];`;
    const cases = repeatLine(parts, (part) => `case ${part}: { value[${i}] += b${part}[column + ${i}]; }`);
    return `switch (part) { ${cases} default: {} }`;
  };
  const addBias =
    bias === 'none' ? '' : repeatLine(4, (i) => `  if (column + ${i} < uniforms.columns) { ${biasOf(i)} }`);
  const write =
    components.output === 4
      ? `result[start / 4] = value${residual ? ' + residual[start / 4]' : ''};`
      : repeatLine(
          4,
          (i) => `  if (column + ${i} < uniforms.partStride) {
    result[start + ${i}] = value[${i}]${residual ? ` + residual[start + ${i}]` : ''};
  }`,
        );
  return `
fn store(part : i32, image : i32, rowInImage : i32, column : i32, sum : vec4<f32>) {
  if (rowInImage >= uniforms.rows || image >= uniforms.batch || column >= uniforms.partStride) { return; }
  var value = sum;
${addBias}
  let row = image * uniforms.rows + rowInImage;
  let start = (row * ${parts} + part) * uniforms.partStride + column;
  ${write}
}
`;
}

function mainFunction({ tiles, half }: ProductPlan): string {
  const { threads, perThread, block, depth } = tiles;
  const rowQuads = perThread.rows / 4;
  const workgroup = threads.columns * threads.rows;
  const leftQuads = (block.rows / 4) * (depth / 4);
  const rightQuads = depth * (block.columns / 4);
  const sums = perThread.rows * 2;
  const product = (term: string) => `
${repeatLine(rowQuads, (i) => `      let a${i} = left[${term} * ${block.rows / 4} + down + ${i * threads.rows}];`)}
${repeatLine(2, (j) => `      let b${j} = right[${term} * ${block.columns / 4} + across + ${j * threads.columns}];`)}
${repeatLine(sums, (s) => {
  const row = s >> 1;
  return `      ${half ? 'h' : 's'}${s} += a${row >> 2}[${row % 4}] * b${s % 2};`;
})}`;
  return `
fn main(index : i32) {
  let across = i32(localIndex) % ${threads.columns};
  let down = i32(localIndex) / ${threads.columns};
  let local = i32(localIndex);
  let part = i32(workgroupId.x) / uniforms.columnBlocks;
  let firstColumn = (i32(workgroupId.x) % uniforms.columnBlocks) * ${block.columns};
  let rowBlock = i32(workgroupId.y + workgroupId.z * numWorkgroups.y);
  let image = rowBlock / uniforms.rowBlocks;
  let firstRow = (rowBlock % uniforms.rowBlocks) * ${block.rows};
${repeatLine(sums, (s) => `  var s${s} = vec4<f32>(0.0);`)}

  for (var start = 0; start < uniforms.terms; start += ${depth}) {
    for (var quad = local; quad < ${leftQuads}; quad += ${workgroup}) {
      let terms = (quad % ${depth / 4}) * 4;
      let rows = quad / ${depth / 4};
      let row = firstRow + rows * 4;
      let scale = fetchModulation(image, 0, start + terms);
      let shift = fetchModulation(image, 1, start + terms);
${repeatLine(4, (i) => `      let v${i} = fetchLeft(image, row + ${i}, start + terms, scale, shift);`)}
${repeatLine(4, (t) => `      left[(terms + ${t}) * ${block.rows / 4} + rows] = Block(vec4<f32>(v0[${t}], v1[${t}], v2[${t}], v3[${t}]));`)}
    }
    for (var quad = local; quad < ${rightQuads}; quad += ${workgroup}) {
      let term = quad / ${block.columns / 4};
      let column = firstColumn + (quad % ${block.columns / 4}) * 4;
      right[quad] = Block(fetchRight(part, image, start + term, column));
    }
    workgroupBarrier();
${half ? repeatLine(sums, (s) => `    var h${s} = Block(0.0);`) : ''}
    for (var term = 0; term < ${depth}; term++) {${product('term')}
    }
${half ? repeatLine(sums, (s) => `    s${s} += vec4<f32>(h${s});`) : ''}
    workgroupBarrier();
  }

${repeatLine(sums, (s) => {
  const row = s >> 1;
  const rowInBlock = `(down + ${(row >> 2) * threads.rows}) * 4 + ${row % 4}`;
  const column = `(across + ${(s % 2) * threads.columns}) * 4`;
  return `  store(part, image, firstRow + ${rowInBlock}, firstColumn + ${column}, s${s});`;
})}
}
`;
}
