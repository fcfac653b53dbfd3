import { resolve } from 'node:path';
import { createRandomSource, type Image, ImageError, priorNoise, type TaskDefinition } from '@diffir/core';
import { IPR_SIZE } from '@diffir/models';
import { drawSeed, type PlainBatch, type TrainingConfig, toPlainBatch, toRgb } from '@diffir/training';
import { type ExampleFiles, listExamples } from './list-examples';
import { degradationContext, recipeOf } from './open-batch-maker';
import { createPictureCache } from './picture-cache';

/** A picture to validate with. */
export interface ValidationExample {
  readonly name: string;
  readonly lq: Image;
  readonly gt: Image;
  /** 255 = hole. */
  readonly mask?: Image;
  /** The same as a batch of one. */
  readonly batch: PlainBatch;
}

/** The pictures of a validation, made again whenever they are asked for. */
export interface ValidationSet {
  readonly count: number;
  load(index: number): Promise<ValidationExample>;
}

/** Tells the seeds of validation from those of training. */
const VALIDATION = 0x76616c69;
/** The seed that `diffir restore` starts diffusion from by default. */
const RESTORE_SEED = 0;

/**
 * The validation pictures of a configuration: pairs, or good pictures degraded always in the same way.
 * @throws OptionError that lists what cannot be read or paired
 */
export async function openValidation(
  { validation, seed, data }: TrainingConfig,
  task: TaskDefinition,
  { scale, folder }: { readonly scale: number; readonly folder: string },
): Promise<ValidationSet | undefined> {
  if (validation === undefined) return undefined;
  const all = await listExamples(validation, 'validation', folder);
  const files = all.slice(0, validation.limit ?? all.length);
  const loadPicture = createPictureCache(0);
  const recipe = validation.lq === undefined ? recipeOf(task, validation.recipe ?? data.recipe) : undefined;
  const kernels = data.kernels && resolve(folder, data.kernels);
  const context = await degradationContext(scale, recipe?.defaultScale, kernels);

  async function pictures({ name, gt: gtPath, lq: lqPath }: ExampleFiles, index: number) {
    const gt = toRgb(await loadPicture(gtPath, name));
    if (lqPath !== undefined) return { lq: toRgb(await loadPicture(lqPath, name)), gt };
    const random = createRandomSource(drawSeed(VALIDATION, seed, index));
    if (recipe === undefined) throw new ImageError({ subject: name, problem: 'it has no LQ picture' });
    return recipe.degrade(gt, random, context);
  }

  return {
    count: files.length,
    async load(index) {
      const file = files[index];
      if (file === undefined) throw new ImageError({ problem: `there is no validation picture ${index}` });
      const example = await pictures(file, index);
      const { lq, gt, mask } = example;
      if (lq.width * scale !== gt.width || lq.height * scale !== gt.height) {
        const problem = `LQ is ${lq.width}×${lq.height} and GT ${gt.width}×${gt.height}, which is not ×${scale}`;
        throw new ImageError({ subject: file.name, problem });
      }
      const pictured = { lq, gt, ...(mask && { mask }) };
      const batch = toPlainBatch([{ ...pictured, noise: priorNoise(RESTORE_SEED, IPR_SIZE) }]);
      return { name: file.name, ...pictured, batch };
    },
  };
}
