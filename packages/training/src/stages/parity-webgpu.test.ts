import { describeWebGPU } from '../../../../tools/optional-suites';
import { webgpuBackend } from '../../../../tools/test-backends';
import { describeTraining, everyRecordedStep } from '../testing/describe-training';

/**
 * On SwiftShader a step takes more than a minute, all of them the better part of an hour, which CI has not to spare:
 * DIFFIR_ALL_STEPS=1 follows them all. Joint steps compute what `stage1` and `prior` do, together.
 */
const followed =
  process.env.DIFFIR_ALL_STEPS === '1'
    ? everyRecordedStep
    : ([
        ['deblur-tiny', 'stage1', 1],
        ['deblur-tiny', 'prior', 1],
      ] as const);

describeWebGPU('training on WebGPU', () => describeTraining(webgpuBackend, followed));
