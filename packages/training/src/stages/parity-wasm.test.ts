import { wasmBackend } from '../../../../tools/test-backends';
import { describeTraining, everyRecordedStep } from '../testing/describe-training';

describeTraining(wasmBackend, everyRecordedStep);
