import { wasmBackend } from '../../../../tools/test-backends';
import { describeTraining } from '../testing/describe-training';

describeTraining(
  wasmBackend,
  ['deblur-tiny', 'srgan-x4-tiny'].flatMap((name) => [
    [name, 'stage1', 5],
    [name, 'prior', 5],
    [name, 'joint', 5],
  ]),
);
