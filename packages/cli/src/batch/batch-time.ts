import type { ProgressItem } from './batch-progress';
import { createRemainingTime, type RemainingTimeOptions } from './remaining-time';
import { createTimeBesidePixels } from './time-beside-pixels';

interface BatchTimeOptions extends Pick<RemainingTimeOptions, 'lanes' | 'clock'> {
  /** How much work an image is. */
  readonly weightOf: (item: ProgressItem) => number;
}

/** A piece of an image that is done. */
interface DonePiece {
  readonly work: number;
  /** What is left of the image after it. */
  readonly left: number;
  /** Whether the network had just been compiled for it. */
  readonly freshlyCompiled: boolean;
}

/** Says how long the rest of a batch takes, from what its images took for what. */
interface BatchTime {
  /** What passed of late went into an image before its pixels, as into its IPR. */
  prepares(item: ProgressItem): void;
  /** So many seconds went into compiling for an image. */
  compiled(item: ProgressItem, seconds: number): void;
  worked(item: ProgressItem, piece: DonePiece): void;
  /** Nothing more comes of an image. */
  end(item: ProgressItem): void;
  /** Seconds that the batch will take of which so much work is left; undefined while they are not known. */
  seconds(rest: number): number | undefined;
}

/**
 * The first tile takes a fifth longer than the others: its memory is touched for the first time. The first
 * of many images lacks as much, for the time before its pixels, which the others' includes, is not counted.
 */
const SINGLE_WARM_UP = 1.1;

/**
 * How many times as long as later ones the first tile takes that a freshly compiled network computes, since it gets
 * its memory then. Between what machines of two cores gave with onnxruntime and deblur-small: 0.87 s against 0.42 on
 * one, 0.54 to 0.82 against 0.45 to 0.60 on another. The very first one of a process takes one to four times as
 * long, too wide a range to go by.
 */
const COMPILED_WARM_UP = 1.4;

/**
 * How many times as long as later images the first takes before its pixels, since threads start and networks run for
 * the first time: 1.5 s against 0.8 and 0.7, photos of 1024 columns.
 */
const FIRST_PREPARATION = 2;

/**
 * What passes before an image's pixels and what compiling takes are told apart from the time that pixels take. The
 * rest of an image under way is taken to go on at the pace of its own tiles, images to come at that of all.
 */
export function createBatchTime(
  items: readonly ProgressItem[],
  { weightOf, ...options }: BatchTimeOptions,
): BatchTime {
  const remaining = createRemainingTime({ warmUp: items.length === 1 ? SINGLE_WARM_UP : 1, ...options });
  const preparing = createTimeBesidePixels(items, { weightOf });
  const compiling = createTimeBesidePixels(items, { kindOf: kindsBySize(items) });
  const paces = createPaces(options);
  let started = false;
  let prepared = false;
  let pieces = 0;
  let unsure = false;
  return {
    prepares(item) {
      const idle = remaining.begin();
      // Before the first image begins there is a start-up, which no other has.
      if (started) preparing.add(item, pieces === 0 ? idle / FIRST_PREPARATION : idle);
      prepared ||= started && idle > 0;
      started = true;
    },
    compiled(item, seconds) {
      compiling.add(item, seconds);
      remaining.leaveOut(seconds);
    },
    worked(item, { work, left, freshlyCompiled }) {
      // Of the first image's preparation only what came after the start-up, if anything, is known.
      if (pieces > 0 || prepared) preparing.settle(item);
      else preparing.drop(item);
      const { seconds, beyond } = remaining.add(work, freshlyCompiled ? COMPILED_WARM_UP : undefined);
      if (freshlyCompiled) compiling.add(item, beyond);
      compiling.settle(item);
      paces.add(item, { work, seconds, left });
      // An image of one tile has nothing better to go by.
      unsure = pieces === 0 && freshlyCompiled && left > 0;
      pieces++;
    },
    end(item) {
      preparing.drop(item);
      compiling.drop(item);
      paces.end(item);
    },
    seconds(rest) {
      if (unsure) return undefined;
      const atOwnPace = paces.rest();
      const beside = preparing.seconds() + compiling.seconds();
      return remaining.seconds(rest - atOwnPace.work, beside + atOwnPace.seconds);
    },
  };
}

/** What is known of an image under way: work and seconds of its pieces but the first, and what is left. */
interface Pace {
  readonly work: number;
  readonly seconds: number;
  readonly left: number;
}

/**
 * How fast images under way are. Tiles differ in how much they overlap, and other images may be decoded and encoded
 * meanwhile. An image's first piece says little, as networks run slower for the first time. With several
 * workers it is not known whose piece took how long.
 */
function createPaces({ lanes }: Pick<RemainingTimeOptions, 'lanes'>) {
  const paces = new Map<ProgressItem, Pace>();
  return {
    add(item: ProgressItem, { work, seconds, left }: Pace) {
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
