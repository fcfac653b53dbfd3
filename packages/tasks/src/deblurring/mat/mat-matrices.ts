import { type MatElement, matElements, matNumbers, matTypes } from './mat-elements';
import { matProblem } from './mat-problem';

/** A matrix of numbers, column after column. */
export interface MatMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

const CELL_CLASS = 1;
const NUMBER_CLASSES = { first: 6, last: 13 } as const;
const COMPLEX_FLAG = 0x08;
/** Cells in cells in cells: deeper than anyone nests kernels. */
const DEEPEST = 8;

/**
 * The two-dimensional real matrices that an array element holds: itself, or those in its cells. Arrays
 * of other kinds (text, structures, complex numbers) hold none.
 * @throws OptionError for a damaged array
 */
export function* matMatrices({ data }: MatElement, depth = 0): Generator<MatMatrix> {
  if (data.length === 0) return;
  const elements = [...matElements(data)];
  const [flags, dimensions, , ...contents] = elements;
  if (flags === undefined || dimensions === undefined || flags.data.length < 2 || elements.length < 3) {
    throw matProblem('an array in it has no description');
  }
  const [kind = 0, flag = 0] = flags.data;
  if (kind === CELL_CLASS) {
    if (depth === DEEPEST) throw matProblem('its cells are nested too deeply');
    for (const cell of contents) if (cell.type === matTypes.matrix) yield* matMatrices(cell, depth + 1);
    return;
  }
  const real = contents[0];
  const numeric = kind >= NUMBER_CLASSES.first && kind <= NUMBER_CLASSES.last;
  if (!numeric || real === undefined || (flag & COMPLEX_FLAG) !== 0) return;
  const [rows = 0, columns = 0, ...more] = matNumbers(dimensions);
  if (more.length > 0) return;
  const values = matNumbers(real);
  if (values.length !== rows * columns) {
    throw matProblem(`an array of ${rows}×${columns} has ${values.length} numbers`);
  }
  yield { rows, columns, values };
}
