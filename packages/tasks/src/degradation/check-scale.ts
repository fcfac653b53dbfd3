import { OptionError } from '@diffir/core';

/** @throws OptionError unless the scale is a whole number from 1 to 16 */
export function checkScale(scale: number): void {
  if (Number.isInteger(scale) && scale >= 1 && scale <= 16) return;
  throw new OptionError({
    subject: 'scale',
    problem: `${scale} is not a whole number from 1 to 16`,
  });
}
