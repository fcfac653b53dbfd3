import type { PixelSize, RestoreProgress } from '@diffir/core';
import type { Progress } from '../progress';
import { createBatchTime } from './batch-time';
import type { RemainingTimeOptions } from './remaining-time';

/** An image of the batch as its progress sees it. */
export interface ProgressItem {
  readonly name: string;
  /** Undefined where its size is not known; it is taken for one of average size. */
  readonly pixels: number | undefined;
  /** Of the image that the network sees, where it is known; backends may compile the network for a size. */
  readonly size?: PixelSize | undefined;
}

/** How far a batch is, by pixels. Images may be worked on at the same time. */
export interface BatchProgress {
  begin(item: ProgressItem): void;
  /** An image that was begun has come so far. */
  update(item: ProgressItem, progress: RestoreProgress): void;
  /** An image is done with, or has failed: what is missing of it is not going to be worked on. */
  end(item: ProgressItem): void;
}

interface BatchProgressOptions extends Pick<RemainingTimeOptions, 'lanes' | 'clock'> {
  readonly progress: Pick<Progress, 'show'>;
}

/** The progress of a batch, shown at every step. */
export function createBatchProgress(
  items: readonly ProgressItem[],
  { progress, ...options }: BatchProgressOptions,
): BatchProgress {
  const average = averageOf(items);
  const weightOf = ({ pixels }: ProgressItem) => pixels ?? average;
  const time = createBatchTime(items, { weightOf, ...options });
  const done = new Map<ProgressItem, { readonly part: number; readonly compileSeconds: number }>();
  const doneOf = (item: ProgressItem) => done.get(item) ?? { part: 0, compileSeconds: 0 };
  const total = items.reduce((sum, item) => sum + weightOf(item), 0);
  /** What has been worked on, and what was left of images that are done with. */
  let past = 0;
  let ended = 0;
  let name = '';

  const show = () => {
    const rest = total - past;
    progress.show({
      part: total === 0 ? 1 : past / total,
      name,
      image: Math.min(ended + 1, items.length),
      images: items.length,
      secondsLeft: () => time.seconds(rest),
    });
  };
  return {
    begin(item) {
      name = item.name;
      show();
    },
    update(item, { pixelsDone, pixelsTotal, compileSeconds = 0 }) {
      const before = doneOf(item);
      const part = pixelsDone / pixelsTotal;
      done.set(item, { part, compileSeconds });
      const work = weightOf(item) * (part - before.part);
      if (compileSeconds > before.compileSeconds) time.compiled(item, compileSeconds - before.compileSeconds);
      if (work > 0) {
        const freshlyCompiled = compileSeconds > 0 && before.part === 0;
        time.worked(item, { work, left: weightOf(item) * (1 - part), freshlyCompiled });
        past += work;
      } else {
        time.prepares(item);
      }
      show();
    },
    end(item) {
      const { part, compileSeconds } = doneOf(item);
      past += weightOf(item) * (1 - part);
      done.set(item, { part: 1, compileSeconds });
      time.end(item);
      ended++;
      show();
    },
  };
}

function averageOf(items: readonly ProgressItem[]): number {
  const known = items.map(({ pixels }) => pixels).filter((pixels) => pixels !== undefined);
  return known.length === 0 ? 1 : known.reduce((sum, pixels) => sum + pixels, 0) / known.length;
}
