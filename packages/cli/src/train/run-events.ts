import { join } from 'node:path';
import {
  type GradientEngine,
  phaseAt,
  type RunLogRecord,
  type TrainerState,
  type TrainingEvents,
} from '@diffir/training';
import type { ValidationSet } from './data/open-validation';
import type { CheckpointFolder } from './folder/checkpoint-folder';
import type { EventFile } from './folder/event-file';
import { keepDivergence } from './folder/keep-divergence';
import type { MetricsLog } from './folder/metrics-log';
import { writeSample } from './folder/sample-folder';
import { createLossWindow } from './loss-window';
import type { PlannedRun } from './plan-run';
import { restorationScore } from './restoration-score';
import type { RunProgress } from './run-progress';
import { validate } from './validate';

export interface RunEventsOptions {
  readonly plan: PlannedRun;
  readonly checkpoints: CheckpointFolder;
  readonly log: MetricsLog;
  readonly eventFile: EventFile;
  /** Brings the report up to date. */
  readonly report: () => Promise<void>;
  readonly validation: ValidationSet | undefined;
  readonly engines: readonly GradientEngine[];
  readonly progress: RunProgress;
  readonly signal: AbortSignal;
}

/** What happens around the steps of a run: logging, validating, saving. */
export function createRunEvents(options: RunEventsOptions): TrainingEvents {
  const { plan, checkpoints, log, eventFile, validation, engines, progress, signal } = options;
  const { folder, setup, task, training } = plan;
  const { config } = training;
  const window = createLossWindow();

  async function record(entry: RunLogRecord): Promise<void> {
    await log.add(entry);
    await eventFile.record(entry);
    progress.record(entry);
  }

  /** Learning rate that an iteration was taken with; the same for all parameters. */
  function rateOf(iteration: number): number {
    const phase = phaseAt(setup.phases, iteration - 1);
    return setup.rates(phase)(iteration - 1)('');
  }

  async function validateNow(set: ValidationSet, { iteration, average }: TrainerState): Promise<void> {
    const started = performance.now();
    const report = await validate({
      set,
      score: restorationScore(task, setup.scale),
      engines,
      values: average,
      samples: config.validation?.samples ?? 0,
      async show({ name, lq, gt }, restored) {
        const sample = { name, iteration, pictures: [lq, restored, gt] };
        const written = await writeSample(join(folder, 'samples'), sample);
        await eventFile.image(`sample/${written.name}`, iteration, written);
      },
      signal,
    });
    if (report === undefined) return;
    const seconds = (performance.now() - started) / 1000;
    await record({ kind: 'validation', iteration, ...report, seconds, time: new Date().toISOString() });
    window.pause(seconds);
  }

  /** The best checkpoint is one that was validated. */
  async function noteBest(iteration: number): Promise<void> {
    const found = log.records.find((entry) => entry.kind === 'validation' && entry.iteration === iteration);
    if (found?.kind !== 'validation') return;
    const best = await checkpoints.best();
    if (best === undefined || found.psnr > best.psnr)
      await checkpoints.setBest({ iteration, psnr: found.psnr });
  }

  return {
    async step(report) {
      const { iteration } = report;
      window.add(report);
      progress.step(iteration, report.losses.total ?? Number.NaN);
      if (iteration % config.log.every === 0 || iteration === config.iterations) {
        const time = new Date().toISOString();
        await record({
          kind: 'training',
          iteration,
          ...window.take(),
          learningRate: rateOf(iteration),
          time,
        });
      }
    },
    due(iteration) {
      const last = iteration === config.iterations;
      const validates =
        validation !== undefined && (last || iteration % (config.validation?.every ?? 1) === 0);
      return { validate: validates, save: last || validates || iteration % config.checkpoints.every === 0 };
    },
    async validate(state) {
      if (validation !== undefined) await validateNow(validation, state);
    },
    async save(state) {
      await checkpoints.save(state);
      await noteBest(state.iteration);
      await options.report();
    },
    keepDivergence: (divergence) => keepDivergence(folder, divergence),
  };
}
