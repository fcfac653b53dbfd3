import { OptionError } from '@diffir/core';

/** @throws OptionError unless 0 ≤ from ≤ to < ∞ */
export function assertRange(subject: string, from: number, to: number): void {
  if (from >= 0 && to >= from && Number.isFinite(to)) return;
  throw new OptionError({ subject, problem: `a range from ${from} to ${to} makes no sense` });
}
