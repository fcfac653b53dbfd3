import { arithmeticOperators } from './arithmetic';
import { channelAttention } from './channel-attention';
import { convolutionOperators } from './convolution';
import { fillingOperators } from './filling';
import { gatedGelu } from './gated-gelu';
import { joiningOperators } from './joining';
import { normalizationOperators } from './normalization';
import type { Operator } from './operator';
import { paddingOperators } from './padding';
import { pointwiseOperators } from './pointwise';
import { productOperators } from './products';
import { reductionOperators } from './reductions';
import { resamplingOperators } from './resampling';
import { reshapingOperators } from './reshaping';

/** Every kernel that models may use on this backend. */
export const operators: readonly Operator[] = [
  ...arithmeticOperators,
  ...convolutionOperators,
  channelAttention,
  gatedGelu,
  ...fillingOperators,
  ...joiningOperators,
  ...normalizationOperators,
  ...paddingOperators,
  ...pointwiseOperators,
  ...reshapingOperators,
  ...productOperators,
  ...reductionOperators,
  ...resamplingOperators,
];

const byKernel = new Map(operators.map((operator) => [operator.kernel, operator]));

export function operatorOf(kernel: string): Operator | undefined {
  return byKernel.get(kernel);
}
