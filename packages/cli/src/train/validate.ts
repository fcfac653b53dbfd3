import type { Image } from '@diffir/core';
import { psnr } from '@diffir/metrics';
import type { GradientEngine, NamedValues, RestoredBatch } from '@diffir/training';
import type { ValidationExample, ValidationSet } from './data/open-validation';

/** What a validation found. */
export interface ValidationReport {
  /** Mean PSNR over the pictures in dB: RGB, 8 bits, no border. */
  readonly psnr: number;
  /** The same of the LQ pictures, where they have GT's size. */
  readonly inputPsnr?: number;
  readonly images: readonly { readonly name: string; readonly psnr: number }[];
}

export interface ValidateOptions {
  readonly set: ValidationSet;
  readonly engines: readonly GradientEngine[];
  readonly values: NamedValues;
  /** How many restored pictures to hand to `show`. */
  readonly samples: number;
  readonly show: (example: ValidationExample, restored: Image) => Promise<void>;
  readonly signal: AbortSignal;
}

interface ImageScore {
  readonly name: string;
  readonly psnr: number;
  readonly input: number | undefined;
}

/** Restores the validation pictures with a network's values and measures them; nothing when aborted. */
export async function validate(options: ValidateOptions): Promise<ValidationReport | undefined> {
  const { set, engines, signal } = options;
  const scores: ImageScore[] = [];
  let next = 0;
  const lanes = engines.map(async (engine) => {
    while (next < set.count && !signal.aborted) {
      const index = next++;
      scores[index] = await score(index, engine, options);
    }
  });
  await Promise.all(lanes);
  if (signal.aborted) return undefined;
  const inputs = scores.flatMap(({ input }) => (input === undefined ? [] : [input]));
  return {
    psnr: mean(scores.map((each) => each.psnr)),
    ...(inputs.length > 0 && { inputPsnr: mean(inputs) }),
    images: scores.map((each) => ({ name: each.name, psnr: each.psnr })),
  };
}

async function score(
  index: number,
  engine: GradientEngine,
  { set, values, samples, show }: ValidateOptions,
): Promise<ImageScore> {
  const example = await set.load(index);
  const { name, lq, gt, batch } = example;
  const restored = toImage(await engine.restore({ values, batch }));
  if (index < samples) await show(example, restored);
  const sameSize = lq.width === gt.width && lq.height === gt.height;
  return { name, psnr: psnr(gt, restored).value, input: sameSize ? psnr(gt, lq).value : undefined };
}

function toImage({ size: [height, width], values }: RestoredBatch): Image {
  return { data: Uint8Array.from(values, (value) => Math.round(255 * value)), width, height, channels: 3 };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
