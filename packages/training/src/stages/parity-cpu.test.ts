import { cpuBackend } from '../../../../tools/test-backends';
import { describeTraining, everyRecordedStep } from '../testing/describe-training';

describeTraining(cpuBackend, everyRecordedStep);
