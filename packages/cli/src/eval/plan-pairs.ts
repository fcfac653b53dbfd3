import { ImageError, type Json, OptionError, type PixelSize } from '@diffir/core';
import { findMask, type MaskFile } from '../io/find-mask';
import { defined } from '../options/defined';
import { photoSizes } from '../restorer/photo-size';
import { hashFile } from './content-hash';
import type { Contestant } from './contestant';
import type { PlannedPair } from './evaluate-contestant';
import type { ImagePair } from './find-pairs';
import type { ReadExampleOptions } from './read-example';
import { type PairHashes, resultKey } from './result-key';

/** What is found out about the files of all pairs before any contestant works on them. */
export interface PairPlans {
  /** The pairs as one contestant works on them. */
  for(contestant: Pick<Contestant, 'identity'>): readonly PlannedPair[];
}

interface PlanOptions {
  readonly reading: ReadExampleOptions;
  /** What is measured and with which weights. */
  readonly measuring: Json;
  /** Whether results are looked up and kept, for which the files are read and hashed. */
  readonly hashing: boolean;
  readonly signal: AbortSignal;
}

/**
 * Finds masks and sizes, and hashes the files where results are kept.
 * @throws OptionError listing all images without a mask
 * @throws ImageError when a file cannot be read
 */
export async function planPairs(
  pairs: readonly ImagePair[],
  { reading, measuring, hashing, signal }: PlanOptions,
): Promise<PairPlans> {
  const masks = await findMasks(pairs, reading);
  const references = await photoSizes(
    pairs.map(({ gt }) => gt.path),
    signal,
  );
  const inputs = await photoSizes(
    pairs.flatMap(({ lq }) => lq?.path ?? []),
    signal,
  );
  const hashes: PairHashes[] = [];
  for (const [index, pair] of pairs.entries()) {
    signal.throwIfAborted();
    hashes.push(hashing ? await hashPair(pair, masks[index]) : { gt: '' });
  }
  return {
    for: (contestant) =>
      pairs.map((pair, index) => {
        const parts = { pair, hashes: hashes[index] ?? { gt: '' }, contestant, reading, measuring };
        const reference = references[index];
        const size = pair.lq === undefined ? reference && degradedSize(reference, reading) : inputs[index];
        const pixels = reference && reference.width * reference.height;
        return { pair, key: resultKey(parts), ...defined({ size, pixels }) };
      }),
  };
}

function degradedSize({ width, height }: PixelSize, { degrading }: ReadExampleOptions): PixelSize {
  const scale = degrading?.context.scale ?? degrading?.recipe.defaultScale ?? 1;
  return { width: Math.floor(width / scale), height: Math.floor(height / scale) };
}

async function hashPair({ gt, lq }: ImagePair, mask: MaskFile | undefined): Promise<PairHashes> {
  return {
    gt: await hashFile(gt.path, gt.name),
    ...(lq && { lq: await hashFile(lq.path, lq.name) }),
    ...(mask && { mask: await hashFile(mask.path, mask.name) }),
  };
}

async function findMasks(
  pairs: readonly ImagePair[],
  { masks, cwd }: ReadExampleOptions,
): Promise<readonly MaskFile[]> {
  if (masks === undefined) return [];
  const found: MaskFile[] = [];
  const missing: string[] = [];
  for (const { gt } of pairs) {
    try {
      found.push(await findMask(masks, gt, cwd));
    } catch (error) {
      if (!ImageError.isInstance(error)) throw error;
      missing.push(gt.place);
    }
  }
  if (missing.length === 0) return found;
  throw new OptionError({
    subject: masks,
    problem: `no mask, or more than one, for ${missing.length} of ${pairs.length}: ${missing.join(', ')}`,
    remedy: 'put one mask named like each image there',
  });
}
