import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeEvent, type RunLogRecord, type TensorboardEvent } from '@diffir/training';
import { writeAtomically } from '../../io/write-atomically';

/** What TensorBoard reads: `tensorboard --logdir <run folder>`. */
export interface EventFile {
  record(record: RunLogRecord): Promise<void>;
  image(
    tag: string,
    step: number,
    image: Extract<TensorboardEvent, { kind: 'image' }>['image'],
  ): Promise<void>;
}

/**
 * Begins an event file; each start of a run has one of its own.
 * @param iteration after which the run goes on: what earlier files hold beyond it is no longer shown
 */
export async function beginEventFile(folder: string, iteration: number): Promise<EventFile> {
  const now = Date.now() / 1000;
  const path = join(folder, `events.out.tfevents.${String(Date.now())}.diffir`);
  const start = [
    encodeEvent({ kind: 'version', wallTime: now, step: 0 }),
    encodeEvent({ kind: 'start', wallTime: now, step: iteration + 1 }),
  ];
  await writeAtomically(path, Buffer.concat(start));
  const add = (event: TensorboardEvent) => appendFile(path, encodeEvent(event));
  return {
    record: (record) =>
      add({
        kind: 'scalars',
        wallTime: Date.now() / 1000,
        step: record.iteration,
        values: scalarsOf(record),
      }),
    image: (tag, step, image) => add({ kind: 'image', wallTime: Date.now() / 1000, step, tag, image }),
  };
}

function scalarsOf(record: RunLogRecord): Record<string, number> {
  if (record.kind === 'validation') return { 'validation/psnr': record.psnr };
  const losses = Object.entries(record.losses).map(([name, value]) => [`loss/${name}`, value]);
  return {
    ...Object.fromEntries(losses),
    'training/gradient_norm': record.gradientNorm,
    'training/learning_rate': record.learningRate,
    'training/iterations_per_second': record.iterationsPerSecond,
  };
}
