import { arithmeticOperators } from './arithmetic';
import { convolutionOperators } from './convolution';
import { diffirOperators } from './diffir';
import { movementOperators } from './movement';
import type { Operator } from './operator';
import { productOperators } from './products';
import { reductionOperators } from './reductions';
import { resamplingOperators } from './resampling';

/** Every kernel that models may use on this backend. */
export const operators: readonly Operator[] = [
  ...arithmeticOperators,
  ...convolutionOperators,
  ...diffirOperators,
  ...movementOperators,
  ...productOperators,
  ...reductionOperators,
  ...resamplingOperators,
];

const byKernel = new Map(operators.map((operator) => [operator.kernel, operator]));

export function operatorOf(kernel: string): Operator | undefined {
  return byKernel.get(kernel);
}
