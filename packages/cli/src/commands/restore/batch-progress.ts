import type { Progress } from '../../progress';
import { createRemainingTime, type RemainingTimeOptions } from '../../remaining-time';

/** An image of the batch as its progress sees it. */
export interface ProgressItem {
  readonly name: string;
  /** Undefined where its size is not known; it is taken for one of average size. */
  readonly pixels: number | undefined;
}

/** How far a batch is, by pixels. Images may be worked on at the same time. */
export interface BatchProgress {
  begin(item: ProgressItem): void;
  /** An image that was begun is done to this part, 0 to 1. */
  update(item: ProgressItem, part: number): void;
  /** An image is done with, or has failed: what is missing of it is not going to be worked on. */
  end(item: ProgressItem): void;
}

interface BatchProgressOptions extends RemainingTimeOptions {
  readonly progress: Pick<Progress, 'show'>;
}

/**
 * The first tile takes a fifth longer than the others: its memory is touched for the first time. The first
 * of many images lacks as much, for the time before its pixels, which the others' includes, is not counted.
 */
const SINGLE_WARM_UP = 1.1;

/** The progress of a batch, shown at every step. */
export function createBatchProgress(
  items: readonly ProgressItem[],
  { progress, ...options }: BatchProgressOptions,
): BatchProgress {
  const remaining = createRemainingTime({ warmUp: items.length === 1 ? SINGLE_WARM_UP : 1, ...options });
  const average = averageOf(items);
  const weightOf = ({ pixels }: ProgressItem) => pixels ?? average;
  const parts = new Map<ProgressItem, number>();
  const total = items.reduce((sum, item) => sum + weightOf(item), 0);
  let worked = 0;
  let dropped = 0;
  let ended = 0;
  let name = '';

  const show = () => {
    const rest = total - worked - dropped;
    progress.show({
      part: total === 0 ? 1 : (worked + dropped) / total,
      name,
      image: Math.min(ended + 1, items.length),
      images: items.length,
      secondsLeft: () => remaining.seconds(rest),
    });
  };
  return {
    begin(item) {
      name = item.name;
      remaining.begin();
      show();
    },
    update(item, part) {
      const work = weightOf(item) * (part - (parts.get(item) ?? 0));
      parts.set(item, part);
      worked += work;
      if (work > 0) remaining.add(work);
      else remaining.begin();
      show();
    },
    end(item) {
      dropped += weightOf(item) * (1 - (parts.get(item) ?? 0));
      parts.set(item, 1);
      ended++;
      show();
    },
  };
}

function averageOf(items: readonly ProgressItem[]): number {
  const known = items.map(({ pixels }) => pixels).filter((pixels) => pixels !== undefined);
  return known.length === 0 ? 1 : known.reduce((sum, pixels) => sum + pixels, 0) / known.length;
}
