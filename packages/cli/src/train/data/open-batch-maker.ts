import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type DegradationContext, OptionError, type TaskDefinition } from '@diffir/core';
import { readBlurKernels } from '@diffir/tasks';
import { type BatchMaker, createBatchMaker, toRunSetup } from '@diffir/training';
import { recodeAsJpeg } from '../../io/jpeg-codec';
import { install } from '../../plugins/installation';
import type { TrainingSetup } from '../training-setup';
import type { ExampleFiles } from './list-examples';
import { createPictureCache } from './picture-cache';

/** Bytes of decoded pictures that a thread keeps. */
const CACHE_BYTES = 512 * 2 ** 20;

/** Makes the data of a run ready on this thread. */
export async function openBatchMaker(setup: TrainingSetup): Promise<BatchMaker> {
  const { config, folder, plugins, examples } = setup;
  const { data, seed, accumulation } = config;
  const { registry } = await install(plugins.names, plugins.cwd);
  const task = registry.task(config.task);
  const { scale, plan, margin, addSharpenedGt } = toRunSetup(config, task);
  const loadPicture = createPictureCache(CACHE_BYTES);
  const degradation = data.lq === undefined ? recipeOf(task, data.recipe) : undefined;
  return createBatchMaker({
    seed,
    count: examples.length,
    plan,
    accumulation,
    scale,
    margin,
    sharpenGt: data.sharpenGt,
    addSharpenedGt,
    augmentation: data,
    ...(degradation && { degradation }),
    context: await degradationContext(
      scale,
      degradation?.defaultScale,
      data.kernels && resolve(folder, data.kernels),
    ),
    async load(index) {
      const { name, gt, lq } = fileAt(examples, index);
      return {
        name,
        gt: await loadPicture(gt, name),
        ...(lq !== undefined && { lq: await loadPicture(lq, name) }),
      };
    },
  });
}

/** The recipe of an id, or the task's first. */
export function recipeOf(task: TaskDefinition, id: string | undefined) {
  const recipes = task.degradations ?? [];
  const recipe = id === undefined ? recipes[0] : recipes.find((each) => each.id === id);
  if (recipe !== undefined) return recipe;
  throw new OptionError({
    subject: `task ${task.id}`,
    problem: 'no recipe makes LQ pictures for it: give lq',
  });
}

/** What recipes are lent; kernels from a file of them. */
export async function degradationContext(
  scale: number,
  defaultScale: number | undefined,
  kernels: string | undefined,
): Promise<DegradationContext> {
  return {
    jpeg: recodeAsJpeg,
    ...(defaultScale !== undefined && { scale }),
    ...(kernels !== undefined && { kernels: await readBlurKernels(await readFile(kernels), kernels) }),
  };
}

function fileAt(examples: readonly ExampleFiles[], index: number): ExampleFiles {
  const files = examples[index];
  if (files !== undefined) return files;
  throw new OptionError({ subject: 'data', problem: `there is no picture ${index}` });
}
