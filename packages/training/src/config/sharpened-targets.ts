import type { GroundTruthKind } from '../losses/ground-truth';
import type { LossesConfig } from './losses-config';

/** A loss that may be taken against the sharpened ground truth. */
interface TargetSetting {
  readonly sharpenedTarget?: boolean | undefined;
}

/** Which ground truth a configured loss is taken against. */
export function targetOf(loss: TargetSetting | undefined): GroundTruthKind {
  return loss?.sharpenedTarget === true ? 'sharpened' : 'plain';
}

/** Whether batches have to hold the sharpened ground truth. */
export function hasSharpenedTargets({ pixel, perceptual, adversarial }: LossesConfig): boolean {
  return [pixel, perceptual, adversarial].some((loss) => targetOf(loss) === 'sharpened');
}
