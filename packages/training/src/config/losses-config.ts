import { flag, listOf, number, oneOf, optional, type ReadBy, record, text, withDefault } from './reader';
import { rateFields } from './schedule-config';

const weight = (usual: number) => withDefault(number({ min: 0 }), usual);
const natural = number({ min: 1, whole: true });
const count = number({ min: 0, whole: true });

/** The discriminator's usual rate: the published one. */
const DISCRIMINATOR_RATE = 1e-4;

/** Not recorded where it is left out: runs that were begun before there was such a setting go on. */
const sharpenedTarget = optional(flag);

const PIXEL = { weight: 1, region: 'all', sharpenedTarget: undefined } as const;

const readPixel = withDefault(
  record({ weight: weight(1), region: withDefault(oneOf('all', 'known', 'hole'), 'all'), sharpenedTarget }),
  PIXEL,
);

/** The losses over images; see docs/guides/train.md. */
export const readLosses = withDefault(
  record({
    pixel: readPixel,
    perceptual: optional(
      record({
        weight: weight(1),
        file: text,
        layers: optional(listOf(number({ min: 0 }))),
        sharpenedTarget,
      }),
    ),
    adversarial: optional(
      record({
        weight: weight(1),
        kind: oneOf('vanilla', 'non-saturating'),
        discriminator: oneOf('unet', 'patch'),
        features: withDefault(natural, 64),
        layers: withDefault(natural, 4),
        file: optional(text),
        start: withDefault(count, 0),
        sharpenedTarget,
        ...rateFields,
        learningRate: withDefault(number({ min: 0, above: true }), DISCRIMINATOR_RATE),
      }),
    ),
    featureMatching: optional(record({ weight: weight(100) })),
    r1: optional(record({ weight: weight(0.001), every: withDefault(natural, 1) })),
    resnetPerceptual: optional(record({ weight: weight(30), file: text })),
    lpips: optional(
      record({
        weight: weight(1),
        file: text,
        backbone: withDefault(oneOf('alex', 'squeeze', 'vgg'), 'alex'),
      }),
    ),
  }),
  { ...noOther(), pixel: PIXEL },
);

/** What is minimised over images. */
export type LossesConfig = ReadBy<typeof readLosses>;

function noOther() {
  const none = undefined;
  return {
    perceptual: none,
    adversarial: none,
    featureMatching: none,
    r1: none,
    resnetPerceptual: none,
    lpips: none,
  };
}
