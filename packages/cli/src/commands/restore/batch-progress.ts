import type { PixelSize, RestoreProgress } from '@diffir/core';
import type { Progress } from '../../progress';
import { createRemainingTime, type RemainingTimeOptions } from '../../remaining-time';
import { createTimeBesidePixels } from '../../time-beside-pixels';

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

interface BatchProgressOptions extends RemainingTimeOptions {
  readonly progress: Pick<Progress, 'show'>;
}

/**
 * The first tile takes a fifth longer than the others: its memory is touched for the first time. The first
 * of many images lacks as much, for the time before its pixels, which the others' includes, is not counted.
 */
const SINGLE_WARM_UP = 1.1;

/**
 * How many times as long as later ones the first tile takes that a freshly compiled network computes, since it gets
 * its memory then: 0.87 s against 0.42, tiles of 368×280, deblur-small, onnxruntime on two cores.
 */
const COMPILED_WARM_UP = 2;

/**
 * The progress of a batch, shown at every step. What passes before an image's pixels, as for its IPR, and what
 * compiling takes are told apart from the time that pixels take. The rest of an image under way is taken to go on at
 * the pace of its own tiles, images to come at that of all.
 */
export function createBatchProgress(
  items: readonly ProgressItem[],
  { progress, ...options }: BatchProgressOptions,
): BatchProgress {
  const remaining = createRemainingTime({ warmUp: items.length === 1 ? SINGLE_WARM_UP : 1, ...options });
  const average = averageOf(items);
  const weightOf = ({ pixels }: ProgressItem) => pixels ?? average;
  const preparing = createTimeBesidePixels(items, { weightOf });
  const compiling = createTimeBesidePixels(items, { kindOf: kindsBySize(items) });
  const done = new Map<ProgressItem, { readonly part: number; readonly compileSeconds: number }>();
  const doneOf = (item: ProgressItem) => done.get(item) ?? { part: 0, compileSeconds: 0 };
  const paces = createPaces(options);
  const total = items.reduce((sum, item) => sum + weightOf(item), 0);
  let started = false;
  let prepared = false;
  let worked = 0;
  let dropped = 0;
  let ended = 0;
  let name = '';

  const show = () => {
    const rest = total - worked - dropped;
    const atOwnPace = paces.rest();
    progress.show({
      part: total === 0 ? 1 : (worked + dropped) / total,
      name,
      image: Math.min(ended + 1, items.length),
      images: items.length,
      secondsLeft: () =>
        remaining.seconds(
          rest - atOwnPace.work,
          preparing.seconds() + compiling.seconds() + atOwnPace.seconds,
        ),
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
      const compiled = compileSeconds - before.compileSeconds;
      const work = weightOf(item) * (part - before.part);
      if (compiled > 0) {
        compiling.add(item, compiled);
        remaining.leaveOut(compiled);
      }
      if (work > 0) {
        // Of the first image's preparation only what came after the start-up, if anything, is known.
        if (worked > 0 || prepared) preparing.settle(item);
        else preparing.drop(item);
        const firstRun = compileSeconds > 0 && before.part === 0;
        const { seconds, beyond } = remaining.add(work, firstRun ? COMPILED_WARM_UP : undefined);
        if (firstRun) compiling.add(item, beyond);
        compiling.settle(item);
        worked += work;
        paces.add(item, { work, seconds, left: weightOf(item) * (1 - part) });
      } else {
        const idle = remaining.begin();
        // Before the first image begins there is a start-up, which no other has.
        if (started) preparing.add(item, idle);
        prepared ||= started && idle > 0;
        started = true;
      }
      show();
    },
    end(item) {
      const { part, compileSeconds } = doneOf(item);
      dropped += weightOf(item) * (1 - part);
      done.set(item, { part: 1, compileSeconds });
      preparing.drop(item);
      compiling.drop(item);
      paces.end(item);
      ended++;
      show();
    },
  };
}

interface Piece {
  readonly work: number;
  readonly seconds: number;
  /** What is left of the image after it. */
  readonly left: number;
}

/**
 * How fast images under way are. Tiles differ in how much they overlap, and other images may be decoded and encoded
 * meanwhile. An image's first piece says little, as networks run slower for the first time. With several
 * workers it is not known whose piece took how long.
 */
function createPaces({ lanes }: RemainingTimeOptions) {
  const paces = new Map<ProgressItem, Piece>();
  return {
    add(item: ProgressItem, { work, seconds, left }: Piece) {
      const before = paces.get(item);
      if (lanes > 1) return;
      if (before === undefined) paces.set(item, { work: 0, seconds: 0, left });
      else paces.set(item, { work: before.work + work, seconds: before.seconds + seconds, left });
    },
    end: (item: ProgressItem) => paces.delete(item),
    /** The work that is left of images whose pace is known, and how long it takes. */
    rest() {
      const known = [...paces.values()].filter(({ work }) => work > 0);
      return {
        work: known.reduce((sum, { left }) => sum + left, 0),
        seconds: known.reduce((sum, { left, seconds, work }) => sum + (left * seconds) / work, 0),
      };
    },
  };
}

/** A size that was there before is usually still compiled, where the backend keeps enough. */
function kindsBySize(items: readonly ProgressItem[]): (item: ProgressItem) => string {
  const sizes = new Set<string>();
  const firstOfSize = new Set<ProgressItem>();
  for (const item of items) {
    const size = item.size && `${item.size.width}×${item.size.height}`;
    if (size === undefined || !sizes.has(size)) firstOfSize.add(item);
    if (size !== undefined) sizes.add(size);
  }
  return (item) => (firstOfSize.has(item) ? 'first of its size' : 'size seen before');
}

function averageOf(items: readonly ProgressItem[]): number {
  const known = items.map(({ pixels }) => pixels).filter((pixels) => pixels !== undefined);
  return known.length === 0 ? 1 : known.reduce((sum, pixels) => sum + pixels, 0) / known.length;
}
