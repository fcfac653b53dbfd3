import { cpuBackend } from '../../../../tools/test-backends';
import { describeTraining } from '../testing/describe-training';

// A step takes about a minute; stage 2 adds only the denoiser, which `prior` has.
describeTraining(cpuBackend, [
  ['deblur-tiny', 'stage1', 1],
  ['deblur-tiny', 'prior', 1],
]);
