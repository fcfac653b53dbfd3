import { createRandomSource, standardNormal } from '@diffir/core';
import { IPR_SIZE } from '@diffir/models';
import { drawSeed } from './draw-seed';
import { type ExampleOptions, makeExample } from './make-example';
import { type PlainBatch, toPlainBatch } from './plain-batch';
import { createSampleOrder } from './sample-order';
import type { StepPlan } from './step-plan';
import type { ExamplePictures } from './training-example';

export interface BatchMakerOptions extends Omit<ExampleOptions, 'patch'> {
  readonly seed: number;
  /** How many pictures (or pairs) there are. */
  readonly count: number;
  readonly plan: StepPlan;
  /** Batches an iteration. */
  readonly accumulation: number;
  /** Decodes a picture (or pair) by its number. */
  readonly load: (index: number) => Promise<ExamplePictures>;
}

/** All batches of an iteration. */
export type BatchMaker = (iteration: number) => Promise<PlainBatch[]>;

/** Tells the seeds of samples from those of orders. */
const SAMPLE = 0x73616d70;

/**
 * Makes what an iteration trains on. Every example is a function of the seed, the iteration and its number
 * in it, whoever makes it and whatever was made before.
 */
export function createBatchMaker(options: BatchMakerOptions): BatchMaker {
  const { seed, count, plan, accumulation, load, ...exampleOptions } = options;
  const order = createSampleOrder(seed, count);
  return async (iteration) => {
    const { patch, batch, firstImage } = plan(iteration);
    const make = async (index: number) => {
      const pictures = await load(order(firstImage + index));
      const random = createRandomSource(drawSeed(SAMPLE, seed, iteration, index));
      const example = await makeExample(pictures, { ...exampleOptions, patch }, random);
      return { ...example, noise: standardNormal(random, IPR_SIZE) };
    };
    const batches: PlainBatch[] = [];
    for (let part = 0; part < accumulation; part++) {
      const examples = [];
      // One after the other: no more than one picture is decoded at a time.
      for (let index = 0; index < batch; index++) examples.push(await make(part * batch + index));
      batches.push(toPlainBatch(examples));
    }
    return batches;
  };
}
