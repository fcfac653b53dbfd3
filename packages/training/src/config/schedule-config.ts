import {
  constantRate,
  cosineRate,
  multiStepRate,
  periodicStepRate,
  type Schedule,
  warmUp,
} from '../optimiser/learning-rate';
import { cyclicCosineRate } from './cyclic-cosine-rate';
import { listOf, number, oneOf, type ReadBy, type Reader, record, withDefault } from './reader';

const rate = number({ min: 0, above: true });
const count = number({ min: 1, whole: true });
const factor = withDefault(number({ min: 0, above: true, max: 1 }), 0.5);

const kinds = {
  constant: record({ kind: oneOf('constant') }),
  cosine: record({ kind: oneOf('cosine'), final: withDefault(number({ min: 0 }), 0) }),
  multistep: record({ kind: oneOf('multistep'), milestones: listOf(count), factor }),
  step: record({ kind: oneOf('step'), period: count, factor }),
  cyclic: record({
    kind: oneOf('cyclic'),
    periods: listOf(count),
    weights: listOf(number({ min: 0, above: true })),
    minima: listOf(number({ min: 0 })),
  }),
} as const;

type ScheduleConfig = ReadBy<(typeof kinds)[keyof typeof kinds]>;

/** How the learning rate changes over iterations. */
const readSchedule: Reader<ScheduleConfig> = (value, path, problems) => {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  const known = Object.entries(kinds).find(([name]) => name === kind);
  if (known !== undefined) return known[1](value, path, problems);
  problems.add(`${path}.kind`, `must be one of ${Object.keys(kinds).join(', ')}`);
  return undefined;
};

/** The learning rate and what becomes of it. */
export const rateFields = {
  learningRate: withDefault(rate, 2e-4),
  schedule: withDefault<ScheduleConfig>(readSchedule, { kind: 'constant' }),
} as const;

export interface RateConfig {
  readonly learningRate: number;
  readonly schedule: ScheduleConfig;
  /** Iterations over which the rate grows at first. */
  readonly warmUp?: number;
}

/** The schedule that a configuration describes, over so many iterations. */
export function toSchedule({ learningRate, schedule, ...rest }: RateConfig, iterations: number): Schedule {
  const plain = withoutWarmUp(learningRate, schedule, iterations);
  return rest.warmUp === undefined || rest.warmUp === 0 ? plain : warmUp(plain, rest.warmUp);
}

function withoutWarmUp(learningRate: number, schedule: ScheduleConfig, iterations: number): Schedule {
  switch (schedule.kind) {
    case 'constant':
      return constantRate(learningRate);
    case 'cosine':
      return cosineRate({ rate: learningRate, finalRate: schedule.final, iterations });
    case 'multistep':
      return multiStepRate({ rate: learningRate, ...schedule });
    case 'step':
      return periodicStepRate({ rate: learningRate, ...schedule });
    case 'cyclic':
      return cyclicCosineRate({ rate: learningRate, ...schedule });
  }
}
