import type { ProblemList } from './reader';
import { given, group, type Settings } from './settings';

/**
 * Learning rates of a published option file. Stage 2 has rates of its own there, which fall every so many
 * iterations, first for the prior alone, then for all; the scheduler that stands beside them is not used.
 */
export function translateRates(train: Settings, stage: 1 | 2, problems: ProblemList): Settings {
  const warmUp = typeof train.warmup_iter === 'number' && train.warmup_iter > 0 ? train.warmup_iter : 0;
  if (stage === 1) {
    const { lr } = group(train, 'optim_g');
    return { learningRate: lr, schedule: translateScheduler(group(train, 'scheduler'), problems), warmUp };
  }
  const step = (rate: unknown, period: unknown, factor: unknown): Settings => ({
    learningRate: rate,
    schedule: { kind: 'step', period, factor },
  });
  const { encoder_iter: iterations } = train;
  return given({
    ...step(train.lr_sr, train.lr_decay_sr, train.gamma_sr),
    warmUp,
    prior:
      typeof iterations === 'number' && iterations > 0
        ? { iterations, ...step(train.lr_encoder, train.lr_decay_encoder, train.gamma_encoder) }
        : undefined,
  });
}

/** How a published scheduler lets a rate fall. */
export function translateScheduler(scheduler: Settings, problems: ProblemList): Settings {
  const { type } = scheduler;
  switch (type) {
    case 'MultiStepLR':
      return { kind: 'multistep', milestones: scheduler.milestones, factor: scheduler.gamma };
    case 'CosineAnnealingRestartCyclicLR':
      return {
        kind: 'cyclic',
        periods: scheduler.periods,
        weights: scheduler.restart_weights,
        minima: scheduler.eta_mins,
      };
    default:
      problems.add(
        'train.scheduler.type',
        `${String(type)} is not known; MultiStepLR and CosineAnnealingRestartCyclicLR are`,
      );
      return { kind: 'constant' };
  }
}
