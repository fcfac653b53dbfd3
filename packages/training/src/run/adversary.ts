import { createParameters, type Parameters } from '@diffir/core';
import { type Discriminator, patchDiscriminator, unetDiscriminator } from '@diffir/models';
import type { LossesConfig } from '../config/losses-config';
import { targetOf } from '../config/sharpened-targets';
import type { Objective } from '../gradients/objective';
import type { GroundTruthKind } from '../losses/ground-truth';
import { discriminatorObjective, type JudgedPictures } from '../stages/discriminator-objective';

/** What an iteration of the discriminator does. */
export type AdversaryStep = 'plain' | 'penalized';

/** A discriminator with its parameters, and what it is trained on. */
export interface Adversary {
  readonly parameters: Parameters;
  readonly discriminator: Discriminator;
  /** Whether the known surroundings of a hole count as real. */
  readonly knownIsReal: boolean;
  /** Which ground truth the real pictures are. */
  readonly real: GroundTruthKind;
  objective(step: AdversaryStep): Objective<JudgedPictures>;
  dispose(): void;
}

/** Builds the discriminator that a configuration asks for; its values are the caller's to set. */
export function buildAdversary({ adversarial, r1 }: LossesConfig): Adversary | undefined {
  if (adversarial === undefined) return undefined;
  const { discriminator: kind, features, layers } = adversarial;
  const parameters = createParameters({ trainable: true });
  const discriminator =
    kind === 'unet'
      ? unetDiscriminator(parameters.root, { features })
      : patchDiscriminator(parameters.root, { features, layers });
  // Computed every so many iterations only, the penalty counts for those between (arXiv 1912.04958, appendix B).
  const penaltyWeight = (r1?.weight ?? 0) * (r1?.every ?? 1);
  const objectives = {
    plain: discriminatorObjective({ discriminator, parameters }),
    penalized: discriminatorObjective({ discriminator, parameters, penaltyWeight }),
  };
  return {
    parameters,
    discriminator,
    knownIsReal: adversarial.kind === 'non-saturating',
    real: targetOf(adversarial),
    objective: (step) => objectives[step],
    dispose: () => parameters.dispose(),
  };
}
