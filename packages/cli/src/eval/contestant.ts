import {
  createRestorer,
  type Host,
  type Image,
  type Json,
  ModelUseError,
  type PixelSize,
  type Registry,
  type RestoreOptions,
  resolveModel,
  type TaskDefinition,
} from '@diffir/core';
import { dropOpaqueAlpha } from '../io/drop-opaque-alpha';
import { type WorkerOptions, workerRunners } from '../restorer/workers/worker-runners';
import { hashSource } from './content-hash';
import { enlargeBicubic } from './enlarge-bicubic';
import type { Example } from './read-example';

/** Something that makes results out of low-quality images, to be measured beside others. */
export interface Contestant {
  /** What reports call it. */
  readonly name: string;
  /** What its results depend on beside the images; plain data. */
  readonly identity: { readonly [key: string]: Json };
  /** Whether its images are made again where they are needed, rather than stored. */
  readonly remade: boolean;
  /** Why it was put on its backend, where it has one. */
  readonly backendReason?: string;
  /** How many images to work on at once, given their sizes. */
  planBatch(sizes: readonly PixelSize[]): number;
  restore(example: Example, options: Pick<RestoreOptions, 'signal' | 'onProgress'>): Promise<Image>;
  dispose(): Promise<void>;
}

/** What reports call the low-quality images themselves. */
export const INPUT_NAME = 'input';

/** The low-quality image as it is, or bicubically enlarged to the size of the ground truth. */
export const inputContestant: Contestant = {
  name: INPUT_NAME,
  identity: { kind: 'input', enlarged: 'bicubic' },
  remade: true,
  planBatch: () => 1,
  restore: async ({ lq, scale }) => (scale === 1 ? lq : enlargeBicubic(dropOpaqueAlpha(lq), scale)),
  dispose: async () => {},
};

export interface ModelSetup extends Pick<WorkerOptions, 'workers' | 'plugins' | 'cwd'> {
  readonly registry: Registry;
  readonly host: Host;
  readonly task?: TaskDefinition;
  readonly backend?: string;
  readonly images: Pick<RestoreOptions, 'seed' | 'tile' | 'overlap' | 'maxMemoryBytes'>;
}

/**
 * A model with its weights.
 * @param model as the user wrote it; undefined for the task's default
 * @throws what `createRestorer` throws
 */
export async function modelContestant(model: string | undefined, setup: ModelSetup): Promise<Contestant> {
  const { registry, host, task, backend, images, workers, plugins, cwd } = setup;
  const { name, location } = resolveModel(registry, { model, task });
  const { runners, planBatch } = workerRunners({
    cwd,
    ...(workers !== undefined && { workers }),
    ...(plugins && { plugins }),
    ...(images.maxMemoryBytes !== undefined && { maxMemoryBytes: images.maxMemoryBytes }),
  });
  const restorer = await createRestorer({
    registry,
    host,
    runners,
    ...(model !== undefined && { model }),
    ...(task && { task: task.id }),
    ...(backend !== undefined && { backend }),
  });
  const { architecture, scale } = restorer.model;
  return {
    name,
    identity: {
      kind: 'model',
      sha256: await hashLocation(host, location),
      architecture,
      scale,
      task: restorer.task.id,
      backend: restorer.backend.id,
      ...images,
    },
    remade: false,
    backendReason: restorer.backendReason,
    planBatch,
    restore(example, options) {
      const { lq, mask } = example;
      assertScale(example, { name, scale });
      return restorer.restore(lq, { ...images, ...options, ...(mask && { mask }) });
    },
    dispose: () => restorer.dispose(),
  };
}

/** Before the work, not after it. */
function assertScale(
  example: Example,
  { name, scale }: { readonly name: string; readonly scale: number },
): void {
  if (example.scale === scale) return;
  throw new ModelUseError({
    subject: name,
    problem: `it enlarges ×${scale}, and the ground truth is ×${example.scale} of the low-quality image`,
    remedy: 'use a model of that scale',
  });
}

async function hashLocation(host: Host, location: string | URL): Promise<string> {
  const source = await host.openSource(location);
  try {
    return await hashSource(source);
  } finally {
    await source.close?.();
  }
}
