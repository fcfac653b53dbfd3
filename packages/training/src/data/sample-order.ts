import { createRandomSource, OptionError } from '@diffir/core';
import { drawSeed } from './draw-seed';

/** Says which picture comes when. */
export type SampleOrder = (position: number) => number;

/** Tells the seeds of orders from those of samples. */
const ORDER = 0x6f726465;

/**
 * The order in which a data set of `count` pictures is gone through, again and again, shuffled anew each
 * time: position → picture. Every position can be asked for at once, so a run goes on in the middle of an
 * epoch without having gone through its beginning.
 * @throws OptionError for an empty data set
 */
export function createSampleOrder(seed: number, count: number): SampleOrder {
  if (count < 1) throw new OptionError({ subject: 'data', problem: 'there are no pictures to train on' });
  let epoch = -1;
  let order = new Uint32Array();
  return (position) => {
    const wanted = Math.floor(position / count);
    if (wanted !== epoch) [epoch, order] = [wanted, shuffled(drawSeed(ORDER, seed, wanted), count)];
    return order[position % count] ?? 0;
  };
}

/** 0 … count−1 in random order (Fisher and Yates). */
function shuffled(seed: number, count: number): Uint32Array<ArrayBuffer> {
  const random = createRandomSource(seed);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}
