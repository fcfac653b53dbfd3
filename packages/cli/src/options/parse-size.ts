import { InvalidArgumentError } from 'commander';
import type { NumberRule } from './option-rules';

/** Pixels of an input. */
export interface SizeFlag {
  readonly height: number;
  readonly width: number;
}

/** What `--runs` takes. */
export const runsRule: NumberRule = {
  says: 'a whole number from 1 to 1000',
  accepts: (value) => Number.isInteger(value) && value >= 1 && value <= 1000,
};

/** A size as people write it: 256, or height by width, 720x1280. */
export function parseSize(text: string): SizeFlag {
  const [, height = '', width = height] = /^(\d{1,5})(?:[x×](\d{1,5}))?$/i.exec(text) ?? [];
  const size = { height: Number(height), width: Number(width) };
  if (size.height > 0 && size.width > 0) return size;
  throw new InvalidArgumentError('It must be a number of pixels, or height and width like 720x1280.');
}

/** Gathers sizes of an option that may be repeated. */
export function sizes(text: string, previous: readonly SizeFlag[] = []): SizeFlag[] {
  return [...previous, parseSize(text)];
}
