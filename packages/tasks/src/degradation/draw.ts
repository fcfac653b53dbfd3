import type { RandomSource } from '@diffir/core';

/** From and to, both of which may be the same. */
export type Range = readonly [from: number, to: number];

/** Uniform in [from, to). */
export function uniform(random: RandomSource, [from, to]: Range): number {
  return from + (to - from) * random();
}

/** A whole number, uniform in from … to, both included. */
export function uniformInteger(random: RandomSource, [from, to]: Range): number {
  return from + Math.floor((to - from + 1) * random());
}

/** True with this probability. */
export function chance(random: RandomSource, probability: number): boolean {
  return random() < probability;
}

/** One of the choices, each as likely as its weight says; weights need not sum to 1. */
export function drawWeighted<T>(random: RandomSource, choices: readonly [Weighted<T>, ...Weighted<T>[]]): T {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  let left = total * random();
  for (const { value, weight } of choices) {
    if (left < weight) return value;
    left -= weight;
  }
  // Rounding may leave a last bit of the total over.
  return choices.reduce((last, choice) => (choice.weight > 0 ? choice : last)).value;
}

export interface Weighted<T> {
  readonly value: T;
  readonly weight: number;
}

/** One of the choices, all equally likely. */
export function pick<T>(random: RandomSource, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(choices.length * random())] ?? choices[0];
}
