import { version } from '../../../package.json';
import type { ImagePair } from '../../eval/find-pairs';
import type { ReadExampleOptions } from '../../eval/read-example';
import type { EvaluationReport } from '../../eval/report/evaluation-report';
import type { ContestResult } from '../../eval/run-evaluation';
import type { EvalFlags } from './command';

interface FactsSetup {
  readonly flags: EvalFlags;
  readonly reading: ReadExampleOptions;
  readonly pairs: readonly ImagePair[];
  readonly contests: readonly Pick<ContestResult, 'name' | 'identity'>[];
}

/** What was measured and how: with the command that a reader would need to measure it again in mind. */
export function factsOf({ flags, reading, pairs, contests }: FactsSetup): EvaluationReport['facts'] {
  const { gt, lq, protocol, scale, mask, limit } = flags;
  const facts: (readonly [string, string | undefined])[] = [
    ['diffir', version],
    ['ground truth', `${gt}, ${pairs.length} images${limit === undefined ? '' : ' (--limit)'}`],
    ['low-quality images', lq ?? describeRecipe(reading)],
    ['masks', mask],
    ['scale', scale === undefined ? undefined : `×${scale}`],
    ['protocol', protocol],
    ...contests.map(({ name, identity }): [string, string] => [name, describeIdentity(identity)]),
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function describeRecipe({ degrading }: ReadExampleOptions): string {
  return degrading === undefined ? 'none' : `recipe ${degrading.recipe.id}, seed ${degrading.seed}`;
}

function describeIdentity({ kind, ...identity }: ContestResult['identity']): string {
  if (kind === 'input') return 'the low-quality images, bicubically enlarged where they are smaller';
  return Object.entries(identity)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}
