import { join } from 'node:path';
import {
  createDeviceStepper,
  createHostStepper,
  createUpdater,
  phaseAt,
  runTraining,
  type Stepper,
  type TrainerState,
  type TrainingPhase,
  type UpdateOptions,
} from '@diffir/training';
import { keepsValuesOnDevice } from './compute-threads';
import { openBatches } from './data/open-batches';
import { openValidation } from './data/open-validation';
import { openCheckpoints } from './folder/checkpoint-folder';
import { describeEnvironment } from './folder/environment';
import { beginEventFile } from './folder/event-file';
import { openMetricsLog } from './folder/metrics-log';
import { writeRunRecord, writeText } from './folder/run-folder';
import { writeReport } from './folder/write-report';
import { initialState } from './initial-state';
import type { PlannedRun } from './plan-run';
import { createRunEvents } from './run-events';
import type { RunProgress } from './run-progress';
import { openEngine } from './threads/open-engine';
import { startThreadEngine } from './threads/thread-engine';
import { hasTrainWorkers } from './threads/train-worker-entry';

export interface TrainOptions {
  /** The configuration as it was written. */
  readonly source: string;
  readonly progress: RunProgress;
  readonly signal: AbortSignal;
}

/** Runs a planned run, from its beginning or from its last checkpoint. */
export async function train(plan: PlannedRun, { source, progress, signal }: TrainOptions): Promise<void> {
  const { training, setup, task, folder, record, threads } = plan;
  const { config } = training;
  // Where threads compute, this one only keeps the values: plain arrays will do.
  const own = await openEngine(training, threads > 0 ? { keepsValuesOnly: true } : {});
  const checkpoints = openCheckpoints({
    folder: join(folder, 'checkpoints'),
    keep: config.checkpoints.keep,
    ...(config.stage === 2 && { schedule: setup.network.schedule }),
  });
  const state =
    (await checkpoints.last()) ??
    (await initialState({
      config,
      folder: training.folder,
      networks: own.networks,
      backend: own.backend,
    }));
  const validation = await openValidation(config, task, { scale: setup.scale, folder: training.folder });
  await writeRunRecord(folder, record, source);
  const environment = describeEnvironment(own.backend, threads);
  await writeText(join(folder, 'environment.json'), `${JSON.stringify(environment, undefined, 2)}\n`);
  const engines =
    threads > 0 ? Array.from({ length: threads }, () => startThreadEngine(training)) : [own.engine];
  const makers = threads > 0 || hasTrainWorkers() ? config.data.workers : 0;
  const data = await openBatches(training, makers);
  try {
    const log = await openMetricsLog(join(folder, 'metrics.jsonl'), state.iteration);
    const events = createRunEvents({
      plan,
      checkpoints,
      log,
      eventFile: await beginEventFile(folder, state.iteration),
      async report() {
        const { iterations } = config;
        const best = await checkpoints.best();
        await writeReport(folder, { records: log.records, environment, best, iterations, source });
      },
      validation,
      engines,
      progress,
      signal,
    });
    if (state.iteration > 0) progress.line(`resumed after iteration ${state.iteration}`);
    const { parts } = record;
    const startStepper = (phase: TrainingPhase, from: TrainerState): Stepper => {
      const update = updateOptions(plan, phase);
      return threads === 0 && keepsValuesOnDevice(own.backend)
        ? createDeviceStepper({ ...update, ...own, phase, state: from, task, parts })
        : createHostStepper({ phase, updater: createUpdater(from, update), engines, parts });
    };
    await runTraining({
      state,
      iterations: config.iterations,
      phaseAt: (iteration) => phaseAt(setup.phases, iteration),
      startStepper,
      adversaryStep: (iteration) => (setup.adversary?.penalizes(iteration) ? 'penalized' : 'plain'),
      batches: (iteration) => data.batches(iteration),
      events,
      signal,
    });
  } finally {
    await data.end();
    await Promise.all(engines.map((engine) => engine.dispose()));
    if (threads > 0) await own.engine.dispose();
  }
}

function updateOptions({ training: { config }, setup }: PlannedRun, phase: TrainingPhase): UpdateOptions {
  return {
    rates: setup.rates(phase),
    adam: { betas: config.betas, epsilon: config.epsilon },
    averageDecay: setup.averageDecay,
    ...(config.maxGradientNorm !== undefined && { maxGradientNorm: config.maxGradientNorm }),
    ...(setup.adversary && { discriminatorRate: setup.adversary.rate }),
  };
}
