import { OptionError } from '../errors/option-error';

/** Options of the published schedule. */
export interface LinearScheduleOptions {
  /** T, the number of steps. */
  readonly timesteps?: number;
  /** β of the first step. */
  readonly linearStart?: number;
  /** β of the last step. */
  readonly linearEnd?: number;
}

/** Immutable tables over t = 0 … T−1 of the forward process q(z_t | z_0) and its posterior. */
export interface DiffusionSchedule {
  /** T. */
  readonly timesteps: number;
  /** β_t. */
  readonly betas: readonly number[];
  /** ᾱ_t = ∏ (1 − β). */
  readonly alphasCumprod: readonly number[];
  /** ᾱ_{t−1}, with ᾱ_{−1} = 1. */
  readonly alphasCumprodPrev: readonly number[];
  /** √ᾱ_t. */
  readonly sqrtAlphasCumprod: readonly number[];
  /** √(1 − ᾱ_t). */
  readonly sqrtOneMinusAlphasCumprod: readonly number[];
  /** ln(1 − ᾱ_t). */
  readonly logOneMinusAlphasCumprod: readonly number[];
  /** √(1/ᾱ_t). */
  readonly sqrtRecipAlphasCumprod: readonly number[];
  /** √(1/ᾱ_t − 1). */
  readonly sqrtRecipm1AlphasCumprod: readonly number[];
  /** Variance of q(z_{t−1} | z_t, z_0). */
  readonly posteriorVariance: readonly number[];
  /** Its logarithm, floored at ln 1e-20. */
  readonly posteriorLogVarianceClipped: readonly number[];
  /** Weight of z_0 in the posterior mean. */
  readonly posteriorMeanCoef1: readonly number[];
  /** Weight of z_t in the posterior mean. */
  readonly posteriorMeanCoef2: readonly number[];
}

/**
 * The schedule DiffIR publishes: β linear in its square root, β = linspace(√start, √end, T)².
 * @throws OptionError when T is not a positive integer or a β leaves (0,1).
 */
export function linearSchedule(options: LinearScheduleOptions = {}): DiffusionSchedule {
  const { timesteps = 4, linearStart = 0.1, linearEnd = 0.99 } = options;
  if (!Number.isInteger(timesteps) || timesteps < 1) {
    throw new OptionError({ subject: 'timesteps', problem: `${timesteps} is not a positive whole number` });
  }
  const first = Math.sqrt(linearStart);
  const step = timesteps > 1 ? (Math.sqrt(linearEnd) - first) / (timesteps - 1) : 0;
  return scheduleFromBetas(Array.from({ length: timesteps }, (_, t) => (first + step * t) ** 2));
}

/**
 * All tables from β alone: DDPM (arXiv 2006.11239) eq. 4 for ᾱ, eq. 6–7 for the posterior.
 * @throws OptionError when a β leaves (0,1).
 */
export function scheduleFromBetas(betas: readonly number[]): DiffusionSchedule {
  if (betas.length === 0 || !betas.every((beta) => beta > 0 && beta < 1)) {
    throw new OptionError({ subject: 'betas', problem: 'every β must lie between 0 and 1' });
  }
  const alphasCumprod = cumulativeProduct(betas.map((beta) => 1 - beta));
  const alphasCumprodPrev = [1, ...alphasCumprod.slice(0, -1)];
  const steps = betas.map((beta, t) => ({
    beta,
    cumprod: alphasCumprod[t] ?? Number.NaN,
    prev: alphasCumprodPrev[t] ?? Number.NaN,
  }));
  const posteriorVariance = steps.map(({ beta, cumprod, prev }) => (beta * (1 - prev)) / (1 - cumprod));
  return freeze({
    timesteps: betas.length,
    betas: [...betas],
    alphasCumprod,
    alphasCumprodPrev,
    sqrtAlphasCumprod: alphasCumprod.map(Math.sqrt),
    sqrtOneMinusAlphasCumprod: alphasCumprod.map((value) => Math.sqrt(1 - value)),
    logOneMinusAlphasCumprod: alphasCumprod.map((value) => Math.log(1 - value)),
    sqrtRecipAlphasCumprod: alphasCumprod.map((value) => Math.sqrt(1 / value)),
    sqrtRecipm1AlphasCumprod: alphasCumprod.map((value) => Math.sqrt(1 / value - 1)),
    posteriorVariance,
    posteriorLogVarianceClipped: posteriorVariance.map((value) => Math.log(Math.max(value, 1e-20))),
    posteriorMeanCoef1: steps.map(({ beta, cumprod, prev }) => (beta * Math.sqrt(prev)) / (1 - cumprod)),
    posteriorMeanCoef2: steps.map(
      ({ beta, cumprod, prev }) => ((1 - prev) * Math.sqrt(1 - beta)) / (1 - cumprod),
    ),
  });
}

function cumulativeProduct(values: readonly number[]): number[] {
  let product = 1;
  return values.map((value) => {
    product *= value;
    return product;
  });
}

function freeze(schedule: DiffusionSchedule): DiffusionSchedule {
  for (const table of Object.values(schedule)) Object.freeze(table);
  return Object.freeze(schedule);
}
