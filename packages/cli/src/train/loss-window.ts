import type { StepReport, TrainingRecord } from '@diffir/training';

/** Gathers steps until they are logged. */
export interface LossWindow {
  add(report: StepReport): void;
  /** So many seconds were not spent on steps. */
  pause(seconds: number): void;
  /** Means over the steps since the last time. */
  take(): Pick<TrainingRecord, 'losses' | 'gradientNorm' | 'iterationsPerSecond'>;
}

/** @param clock milliseconds from any beginning */
export function createLossWindow(clock = () => performance.now()): LossWindow {
  let reports: StepReport[] = [];
  let since = clock();
  return {
    add: (report) => void reports.push(report),
    pause(seconds) {
      since += 1000 * seconds;
    },
    take() {
      const now = clock();
      // A loss that is not computed in every step has its mean over those that have it.
      const mean = (of: (report: StepReport) => number | undefined) => {
        const values = reports.flatMap((report) => of(report) ?? []);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      };
      const names = new Set(reports.flatMap(({ losses }) => Object.keys(losses)));
      const result = {
        losses: Object.fromEntries([...names].map((name) => [name, mean(({ losses }) => losses[name])])),
        gradientNorm: mean(({ gradientNorm }) => gradientNorm),
        iterationsPerSecond: (1000 * reports.length) / (now - since),
      };
      reports = [];
      since = now;
      return result;
    },
  };
}
