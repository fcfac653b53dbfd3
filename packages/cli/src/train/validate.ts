import type { Image } from '@diffir/core';
import type { GradientEngine, NamedValues, RestoredBatch } from '@diffir/training';
import type { ValidationExample, ValidationSet } from './data/open-validation';
import type { RestorationScore } from './restoration-score';

/** What a validation found. */
export interface ValidationReport {
  /** What `psnr` is, for people. */
  readonly measure: string;
  /** Mean over the pictures in dB. */
  readonly psnr: number;
  /** The same of the LQ pictures, where that means anything. */
  readonly inputPsnr?: number;
  readonly images: readonly { readonly name: string; readonly psnr: number }[];
}

export interface ValidateOptions {
  readonly set: ValidationSet;
  readonly score: RestorationScore;
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
      scores[index] = await scoreOf(index, engine, options);
    }
  });
  await Promise.all(lanes);
  if (signal.aborted) return undefined;
  const inputs = scores.flatMap(({ input }) => (input === undefined ? [] : [input]));
  return {
    measure: options.score.description,
    psnr: mean(scores.map((each) => each.psnr)),
    ...(inputs.length > 0 && { inputPsnr: mean(inputs) }),
    images: scores.map((each) => ({ name: each.name, psnr: each.psnr })),
  };
}

async function scoreOf(
  index: number,
  engine: GradientEngine,
  { set, score, values, samples, show }: ValidateOptions,
): Promise<ImageScore> {
  const example = await set.load(index);
  const { name, batch } = example;
  const restored = toImage(await engine.restore({ values, batch }));
  if (index < samples) await show(example, restored);
  return { name, psnr: score.restored(example, restored), input: score.input(example) };
}

function toImage({ size: [height, width], values }: RestoredBatch): Image {
  return { data: Uint8Array.from(values, (value) => Math.round(255 * value)), width, height, channels: 3 };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
