import type { Json } from '@diffir/core';
import { sha256 } from './content-hash';
import type { Contestant } from './contestant';
import type { ImagePair } from './find-pairs';
import type { Degrading, ReadExampleOptions } from './read-example';

/** Raised when the same images, model and settings would give other results than before. */
const VERSION = 1;

/** SHA-256 of the files of a pair. */
export interface PairHashes {
  readonly gt: string;
  readonly lq?: string;
  readonly mask?: string;
}

interface KeyParts {
  readonly pair: ImagePair;
  readonly hashes: PairHashes;
  readonly contestant: Pick<Contestant, 'identity'>;
  readonly reading: ReadExampleOptions;
  /** What is measured and with which weights. */
  readonly measuring: Json;
}

/** The key of a result: a hash of everything it depends on. */
export function resultKey({ pair, hashes, contestant, reading, measuring }: KeyParts): string {
  const { scale = null, multiples = [], degrading } = reading;
  return sha256(
    JSON.stringify({
      version: VERSION,
      hashes: { gt: hashes.gt, lq: hashes.lq ?? null, mask: hashes.mask ?? null },
      scale,
      multiples,
      degrading: degrading === undefined ? null : describeDegrading(degrading, pair.name),
      contestant: contestant.identity,
      measuring,
    }),
  );
}

function describeDegrading({ recipe, context, seed }: Degrading, place: string): Json {
  return { recipe: recipe.id, scale: context.scale ?? null, seed, place };
}
