export interface TimeBesidePixelsOptions<Image> {
  /** Images of the same kind are taken to need as much for their weight; default: all are of one kind. */
  readonly kindOf?: (image: Image) => string;
  /** Default: 1. */
  readonly weightOf?: (image: Image) => number;
}

/** Says how long something will take that images need once, beside their pixels. */
export interface TimeBesidePixels<Image> {
  /** So many more seconds of it went into an image. */
  add(image: Image, seconds: number): void;
  /** An image needs no more of it: what it took tells what images to come will take. */
  settle(image: Image): void;
  /** An image needs no more of it, and what it took says nothing of others. */
  drop(image: Image): void;
  /** Seconds that the images which are not done with it will take; nothing of what has not been seen yet. */
  seconds(): number;
}

/** Of one kind of images, what the settled ones took, and the weight of those and of the ones to come. */
interface Kind {
  seconds: number;
  settled: number;
  left: number;
}

/** Images are taken to need what those of their kind have needed on average, for their weight. */
export function createTimeBesidePixels<Image>(
  images: readonly Image[],
  { kindOf = () => '', weightOf = () => 1 }: TimeBesidePixelsOptions<Image> = {},
): TimeBesidePixels<Image> {
  const kinds = new Map<string, Kind>();
  const kindFor = (image: Image): Kind => {
    const kind = kinds.get(kindOf(image)) ?? { seconds: 0, settled: 0, left: 0 };
    kinds.set(kindOf(image), kind);
    return kind;
  };
  const open = new Set(images);
  for (const image of open) kindFor(image).left += weightOf(image);
  /** What went into images that are not done with it. */
  const spent = new Map<Image, number>();
  const mean = ({ seconds, settled }: Kind) => (settled === 0 ? 0 : seconds / settled);

  function drop(image: Image): void {
    if (!open.delete(image)) return;
    kindFor(image).left -= weightOf(image);
    spent.delete(image);
  }

  return {
    add(image, seconds) {
      if (open.has(image)) spent.set(image, (spent.get(image) ?? 0) + seconds);
    },
    settle(image) {
      if (!open.has(image)) return;
      const kind = kindFor(image);
      kind.seconds += spent.get(image) ?? 0;
      kind.settled += weightOf(image);
      drop(image);
    },
    drop,
    seconds() {
      const expected = [...kinds.values()].reduce((sum, kind) => sum + kind.left * mean(kind), 0);
      const past = [...spent].reduce(
        (sum, [image, seconds]) => sum + Math.min(seconds, weightOf(image) * mean(kindFor(image))),
        0,
      );
      return expected - past;
    },
  };
}
