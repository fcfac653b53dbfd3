import { OptionError } from '@diffir/core';

/** A learning rate over iterations, counted from 0. */
export type Schedule = (iteration: number) => number;

/** The same rate throughout. */
export function constantRate(rate: number): Schedule {
  return () => rate;
}

export interface MultiStepOptions {
  readonly rate: number;
  /** Iterations at which the rate falls. */
  readonly milestones: readonly number[];
  /** What it is multiplied with at each. */
  readonly factor?: number;
}

/** A rate that falls by a factor at each milestone. */
export function multiStepRate({ rate, milestones, factor = 0.5 }: MultiStepOptions): Schedule {
  return (iteration) => rate * factor ** milestones.filter((milestone) => iteration >= milestone).length;
}

export interface PeriodicStepOptions {
  readonly rate: number;
  /** Iterations between falls. */
  readonly period: number;
  readonly factor?: number;
}

/** A rate that falls by a factor every `period` iterations: rate·factor^⌊iteration/period⌋. */
export function periodicStepRate({ rate, period, factor = 0.5 }: PeriodicStepOptions): Schedule {
  requirePositive('period', period);
  return (iteration) => rate * factor ** Math.floor(iteration / period);
}

export interface CosineOptions {
  readonly rate: number;
  /** The rate at the end and after it. */
  readonly finalRate?: number;
  /** Iterations from the one rate to the other. */
  readonly iterations: number;
}

/** A rate that falls along half a cosine (SGDR, arXiv 1608.03983 eq. 5, without restarts). */
export function cosineRate({ rate, finalRate = 0, iterations }: CosineOptions): Schedule {
  requirePositive('iterations', iterations);
  return (iteration) => {
    const progress = Math.min(iteration / iterations, 1);
    return finalRate + ((rate - finalRate) * (1 + Math.cos(Math.PI * progress))) / 2;
  };
}

/** Lets a schedule's rate grow linearly over its first iterations: ×1/n, ×2/n, … */
export function warmUp(schedule: Schedule, iterations: number): Schedule {
  return (iteration) => schedule(iteration) * Math.min(1, (iteration + 1) / Math.max(iterations, 1));
}

/** Parameters with a rate of their own. */
export interface ParameterGroup {
  /** What their published names start with. */
  readonly prefixes: readonly string[];
  readonly schedule: Schedule;
}

/** The learning rate of each parameter over iterations. */
export type ParameterRates = (iteration: number) => (name: string) => number;

/** One schedule for all parameters, except for groups with their own; the first group that fits counts. */
export function parameterRates(schedule: Schedule, groups: readonly ParameterGroup[] = []): ParameterRates {
  return (iteration) => (name) => {
    const group = groups.find(({ prefixes }) => prefixes.some((prefix) => name.startsWith(prefix)));
    return (group?.schedule ?? schedule)(iteration);
  };
}

function requirePositive(subject: string, value: number): void {
  if (value > 0) return;
  throw new OptionError({ subject, problem: `${value} is not positive` });
}
