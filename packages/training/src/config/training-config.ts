import { readLosses } from './losses-config';
import { readModel } from './model-config';
import {
  either,
  flag,
  listOf,
  number,
  oneOf,
  optional,
  pairOf,
  type ReadBy,
  record,
  text,
  withDefault,
} from './reader';
import { rateFields } from './schedule-config';

const natural = number({ min: 1, whole: true });
const count = number({ min: 0, whole: true });
const paths = either(text, listOf(text));

/** Pictures: pairs of LQ and GT, or good ones that a recipe degrades. */
const pictureFields = {
  gt: paths,
  lq: optional(paths),
  recipe: optional(text),
  recursive: withDefault(flag, true),
} as const;

/** Every setting of a training run; see docs/guides/train.md. */
export const readTrainingConfig = record({
  task: text,
  stage: oneOf(1, 2),
  run: text,
  seed: withDefault(number({ min: 0, max: 0xffffffff, whole: true }), 0),
  backend: withDefault(text, 'auto'),
  workers: withDefault(either(number({ min: 0, max: 64, whole: true }), oneOf('auto')), 'auto'),
  parts: optional(natural),
  plugins: optional(listOf(text)),
  model: optional(readModel),
  scale: optional(oneOf(1, 2, 4)),
  teacher: optional(text),
  start: optional(text),
  data: record({
    ...pictureFields,
    kernels: optional(text),
    margin: optional(count),
    sharpenGt: withDefault(flag, false),
    hflip: withDefault(flag, true),
    vflip: withDefault(flag, true),
    rot90: withDefault(flag, true),
    workers: withDefault(number({ min: 0, max: 64, whole: true }), 1),
  }),
  batch: optional(natural),
  patch: optional(natural),
  phases: optional(listOf(record({ iterations: natural, patch: natural, batch: natural }))),
  iterations: natural,
  accumulation: withDefault(natural, 1),
  ...rateFields,
  warmUp: withDefault(count, 0),
  betas: withDefault(pairOf(number({ min: 0, max: 1 })), [0.9, 0.99]),
  epsilon: withDefault(number({ min: 0, above: true }), 1e-8),
  maxGradientNorm: optional(number({ min: 0, above: true })),
  losses: readLosses,
  prior: optional(record({ iterations: natural, ...rateFields })),
  ema: withDefault(
    record({ decay: withDefault(number({ min: 0, max: 1 }), 0.999), ramp: withDefault(flag, false) }),
    { decay: 0.999, ramp: false },
  ),
  validation: optional(
    record({
      ...pictureFields,
      every: withDefault(natural, 5000),
      limit: optional(natural),
      samples: withDefault(count, 3),
    }),
  ),
  checkpoints: withDefault(record({ every: withDefault(natural, 1000), keep: withDefault(natural, 3) }), {
    every: 1000,
    keep: 3,
  }),
  log: withDefault(record({ every: withDefault(natural, 50) }), { every: 50 }),
});

/** A checked configuration of a training run. */
export type TrainingConfig = ReadBy<typeof readTrainingConfig>;
