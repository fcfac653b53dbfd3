import { describeWebGPU } from '../../../../tools/optional-suites';
import { webgpuBackend } from '../../../../tools/test-backends';
import { describeTraining } from '../testing/describe-training';

// A step takes about a minute; stage 2 adds only the denoiser, which `prior` has.
describeWebGPU('training on WebGPU', () => {
  describeTraining(webgpuBackend, [
    ['deblur-tiny', 'stage1', 1],
    ['deblur-tiny', 'prior', 1],
  ]);
});
