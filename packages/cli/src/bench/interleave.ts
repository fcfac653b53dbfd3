import type { Contestant, Measurement } from './contestant';

export interface InterleaveOptions {
  readonly rounds: number;
  readonly signal?: AbortSignal;
  /** Called after each pass. */
  readonly onMeasured?: (name: string, round: number, measurement: Measurement) => void;
}

/** What a contestant did in all rounds, or until it failed. */
export interface Timing {
  readonly contestant: Contestant;
  readonly measurements: readonly Measurement[];
  /** What ended its participation. */
  readonly error?: unknown;
}

/**
 * Times contestants in turn (A B C, A B C, …), so that whatever else the machine does slows them alike.
 * One that fails drops out; the others go on. Rejects with the signal's reason when it aborts.
 */
export async function interleave(
  contestants: readonly Contestant[],
  { rounds, signal, onMeasured }: InterleaveOptions,
): Promise<Timing[]> {
  const measured = contestants.map(() => [] as Measurement[]);
  const errors = new Map<Contestant, unknown>();
  for (let round = 0; round < rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      signal?.throwIfAborted();
      if (errors.has(contestant)) continue;
      try {
        const measurement = await contestant.forward();
        measured[index]?.push(measurement);
        onMeasured?.(contestant.name, round, measurement);
      } catch (error) {
        errors.set(contestant, error);
      }
    }
  }
  signal?.throwIfAborted();
  return contestants.map((contestant, index) => ({
    contestant,
    measurements: measured[index] ?? [],
    ...(errors.has(contestant) && { error: errors.get(contestant) }),
  }));
}
