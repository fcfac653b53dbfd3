import type { ParameterScope } from '@diffir/core';
import { chain } from '../backbone';
import type { Stage } from '../convolution';
import { averagePool3, path, type Step, shrink, sideBySide } from './branches';

// The blocks of Inception v3 (Szegedy et al. 2016) under torchvision's names. Order of branches and of the
// convolutions in them is that of the checkpoint.

const TALL = [7, 1] as const;
const WIDE = [1, 7] as const;

/** `branch_pool`: a pooling, then 1×1. */
function pooled(p: ParameterScope, inputs: number, outputs: number, pool: Stage): Stage {
  return chain(pool, path(p, inputs, ['branch_pool', { outputs, kernel: 1 }]));
}

/** Mixed_5b, 5c, 5d: 35×35 positions of a 299×299 picture. */
export function blockA(p: ParameterScope, inputs: number, poolOutputs: number): Stage {
  return sideBySide(
    path(p, inputs, ['branch1x1', { outputs: 64, kernel: 1 }]),
    path(p, inputs, ['branch5x5_1', { outputs: 48, kernel: 1 }], ['branch5x5_2', { outputs: 64, kernel: 5 }]),
    path(
      p,
      inputs,
      ['branch3x3dbl_1', { outputs: 64, kernel: 1 }],
      ['branch3x3dbl_2', { outputs: 96, kernel: 3 }],
      ['branch3x3dbl_3', { outputs: 96, kernel: 3 }],
    ),
    pooled(p, inputs, poolOutputs, averagePool3),
  );
}

/** Mixed_6a: to 17×17. */
export function blockB(p: ParameterScope, inputs: number): Stage {
  return sideBySide(
    path(p, inputs, ['branch3x3', { outputs: 384, kernel: 3, stride: 2, pad: 'valid' }]),
    path(
      p,
      inputs,
      ['branch3x3dbl_1', { outputs: 64, kernel: 1 }],
      ['branch3x3dbl_2', { outputs: 96, kernel: 3 }],
      ['branch3x3dbl_3', { outputs: 96, kernel: 3, stride: 2, pad: 'valid' }],
    ),
    shrink,
  );
}

/** Mixed_6b to 6e: 17×17, with 7×7 taken apart. */
export function blockC(p: ParameterScope, inputs: number, width: number): Stage {
  const step = (name: string, outputs: number, kernel: Step[1]['kernel']): Step => [
    name,
    { outputs, kernel },
  ];
  return sideBySide(
    path(p, inputs, step('branch1x1', 192, 1)),
    path(
      p,
      inputs,
      step('branch7x7_1', width, 1),
      step('branch7x7_2', width, WIDE),
      step('branch7x7_3', 192, TALL),
    ),
    path(
      p,
      inputs,
      step('branch7x7dbl_1', width, 1),
      step('branch7x7dbl_2', width, TALL),
      step('branch7x7dbl_3', width, WIDE),
      step('branch7x7dbl_4', width, TALL),
      step('branch7x7dbl_5', 192, WIDE),
    ),
    pooled(p, inputs, 192, averagePool3),
  );
}

/** Mixed_7a: to 8×8. */
export function blockD(p: ParameterScope, inputs: number): Stage {
  return sideBySide(
    path(
      p,
      inputs,
      ['branch3x3_1', { outputs: 192, kernel: 1 }],
      ['branch3x3_2', { outputs: 320, kernel: 3, stride: 2, pad: 'valid' }],
    ),
    path(
      p,
      inputs,
      ['branch7x7x3_1', { outputs: 192, kernel: 1 }],
      ['branch7x7x3_2', { outputs: 192, kernel: WIDE }],
      ['branch7x7x3_3', { outputs: 192, kernel: TALL }],
      ['branch7x7x3_4', { outputs: 192, kernel: 3, stride: 2, pad: 'valid' }],
    ),
    shrink,
  );
}

/** Mixed_7b, 7c: 8×8, with 3×3 taken apart side by side; which pooling is left open. */
export function blockE(p: ParameterScope, inputs: number, pool: Stage): Stage {
  const split = (first: string, second: string) =>
    sideBySide(
      path(p, 384, [first, { outputs: 384, kernel: [1, 3] }]),
      path(p, 384, [second, { outputs: 384, kernel: [3, 1] }]),
    );
  return sideBySide(
    path(p, inputs, ['branch1x1', { outputs: 320, kernel: 1 }]),
    chain(
      path(p, inputs, ['branch3x3_1', { outputs: 384, kernel: 1 }]),
      split('branch3x3_2a', 'branch3x3_2b'),
    ),
    chain(
      path(
        p,
        inputs,
        ['branch3x3dbl_1', { outputs: 448, kernel: 1 }],
        ['branch3x3dbl_2', { outputs: 384, kernel: 3 }],
      ),
      split('branch3x3dbl_3a', 'branch3x3dbl_3b'),
    ),
    pooled(p, inputs, 192, pool),
  );
}
