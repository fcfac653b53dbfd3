import type { TrainingConfig } from '@diffir/training';
import type { WorkerPlugins } from '../restorer/workers/worker-protocol';
import type { ExampleFiles } from './data/list-examples';

/** What every thread of a run makes its part ready from; plain data. */
export interface TrainingSetup {
  readonly config: TrainingConfig;
  /** Folder that the configuration's paths start from. */
  readonly folder: string;
  readonly plugins: WorkerPlugins;
  /** Id of the backend; never `auto`. */
  readonly backend: string;
  readonly examples: readonly ExampleFiles[];
}
