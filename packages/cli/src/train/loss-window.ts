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
      const [first] = reports;
      const mean = (of: (report: StepReport) => number) =>
        reports.reduce((sum, report) => sum + of(report), 0) / reports.length;
      const names = Object.keys(first?.losses ?? {});
      const result = {
        losses: Object.fromEntries(
          names.map((name) => [name, mean(({ losses }) => losses[name] ?? Number.NaN)]),
        ),
        gradientNorm: mean(({ gradientNorm }) => gradientNorm),
        iterationsPerSecond: (1000 * reports.length) / (now - since),
      };
      reports = [];
      since = now;
      return result;
    },
  };
}
