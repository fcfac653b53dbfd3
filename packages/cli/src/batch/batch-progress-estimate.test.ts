import { describe, expect, it } from 'vitest';
import type { ProgressState } from '../progress';
import { createBatchProgress, type ProgressItem } from './batch-progress';

interface SimulatedImage {
  readonly width: number;
  readonly height: number;
  readonly tiles: number;
}

interface Simulation {
  readonly images: readonly SimulatedImage[];
  readonly workers?: number;
  /** Seconds before the first image's IPR. */
  readonly startUp?: number;
  /** Seconds that compiling takes for a size, half before the pixels and half in the first tile. */
  readonly compile?: number;
  /** How many times as long as others the first tile takes after compiling; default: 1.8. */
  readonly firstRun?: number;
  /** For how many sizes compiled networks are kept. */
  readonly kept?: number;
  /** Seconds before an image's pixels, over those that its pixels take. */
  readonly preparation?: number;
  /** From which part of the job to which the estimate is looked at; default: from a tenth to the end. */
  readonly between?: readonly [number, number];
}

const SECONDS_PER_PIXEL = 1e-6;

/** Every event of a batch, each worker taking the next image when it is free, in the order of time. */
function eventsOf(items: readonly ProgressItem[], { images, ...options }: Simulation) {
  const { workers = 1, startUp = 0, compile = 0, kept = 100, preparation = 0, firstRun = 1.8 } = options;
  const free = Array.from({ length: workers }, () => startUp);
  const events: { at: number; tell: (batch: ReturnType<typeof createBatchProgress>) => void }[] = [];
  const compiled: string[] = [];
  images.forEach(({ width, height, tiles }, index) => {
    const item = items[index] ?? { name: 'missing', pixels: 0 };
    const worker = free.indexOf(Math.min(...free));
    const pixelSeconds = width * height * SECONDS_PER_PIXEL;
    const key = `${width}×${height}`;
    const compileHalf = compiled.includes(key) ? 0 : compile / 2;
    if (!compiled.includes(key)) compiled.push(key);
    if (compiled.length > kept) compiled.shift();
    let at = free[worker] ?? 0;
    const done = (tile: number, compileSeconds: number) => {
      const progress = {
        pixelsDone: tile,
        pixelsTotal: tiles,
        ...(compileSeconds > 0 && { compileSeconds }),
      };
      events.push({ at, tell: (batch) => batch.update(item, progress) });
    };
    // The first one is begun before the start-up.
    events.push({ at: index < workers ? 0 : at, tell: (batch) => batch.begin(item) });
    done(0, 0);
    at += compileHalf;
    if (compileHalf > 0) done(0, compileHalf);
    at += preparation * pixelSeconds;
    done(0, compileHalf);
    at += compileHalf;
    if (compileHalf > 0) done(0, 2 * compileHalf);
    for (let tile = 1; tile <= tiles; tile++) {
      // What was just compiled takes longer for the first time.
      at += (pixelSeconds / tiles) * (tile === 1 && compileHalf > 0 ? firstRun : 1);
      done(tile, 2 * compileHalf);
    }
    free[worker] = at;
    events.push({ at, tell: (batch) => batch.end(item) });
  });
  return events.sort((a, b) => a.at - b.at);
}

/** What was shown as left over what really was, whenever it changed and halfway in between. */
function ratiosOf(simulation: Simulation): number[] {
  let now = 0;
  let shown: ProgressState | undefined;
  const items = simulation.images.map(({ width, height }, index) => ({
    name: `${index}.png`,
    pixels: width * height,
    size: { width, height },
  }));
  const batch = createBatchProgress(items, {
    progress: {
      show(state) {
        shown = state;
      },
    },
    lanes: simulation.workers ?? 1,
    clock: () => now * 1000,
  });
  const events = eventsOf(items, simulation);
  const end = events.at(-1)?.at ?? 0;
  const ratios: number[] = [];
  const [from, until] = simulation.between ?? [0.1, 1];
  const look = () => {
    const { part = 0 } = shown ?? {};
    const left = part >= from && part <= until && now < end ? shown?.secondsLeft() : undefined;
    if (left !== undefined) ratios.push(left / (end - now));
  };
  events.forEach(({ at, tell }, index) => {
    now = at;
    tell(batch);
    const next = events[index + 1]?.at ?? at;
    if (next === at) return;
    look();
    now = (at + next) / 2;
    look();
  });
  return ratios;
}

const photo = (height: number, tiles: number): SimulatedImage => ({ width: 1024, height, tiles });
const photos = (count: number) =>
  Array.from({ length: count }, (_, index) => photo(500 + ((index * 7919) % 41) * 10, 6));

describe('the time left of a batch', () => {
  it.each<Simulation & { readonly of: string }>([
    {
      of: 'three photos of as many sizes, each compiled for',
      images: [photo(644, 6), photo(768, 9), photo(680, 6)],
      compile: 0.8,
      startUp: 1,
    },
    {
      of: 'such photos, compiling taking longer than computing',
      images: [photo(644, 6), photo(768, 9), photo(680, 6)],
      compile: 4,
      startUp: 1,
    },
    {
      of: 'many small photos of as many sizes, of a tile each',
      images: photos(20).map((image) => ({ ...image, tiles: 1 })),
      compile: 2,
    },
    {
      of: 'photos of two sizes, first all of one and then one of the other',
      images: [...Array.from({ length: 8 }, () => photo(644, 6)), photo(768, 9)],
      compile: 3,
    },
    {
      of: 'photos of three sizes in turn, where compiled networks are kept for two',
      images: Array.from({ length: 12 }, (_, index) => photo(600 + (index % 3) * 80, 6)),
      compile: 1,
      kept: 2,
      // That a size is compiled for again shows when the first one comes again.
      between: [0.34, 1],
    },
    {
      of: 'a single photo, whose first tile takes three times as long after compiling',
      images: [photo(1024, 12)],
      compile: 2,
      startUp: 1,
      firstRun: 3,
    },
    {
      of: 'photos with an IPR each',
      images: photos(6),
      preparation: 0.17,
      startUp: 3,
    },
    {
      of: 'photos with an IPR each, compiled for',
      images: photos(6),
      preparation: 0.17,
      compile: 1,
      startUp: 3,
    },
    { of: 'a single photo, compiled for', images: [photo(768, 12)], compile: 1.5, startUp: 2 },
    {
      of: 'photos on two workers',
      images: photos(20),
      workers: 2,
      preparation: 0.1,
      startUp: 5,
      // A worker for which nothing is left is taken to be busy.
      between: [0.1, 0.8],
    },
  ])('is right within 20 % for $of', (simulation) => {
    const ratios = ratiosOf(simulation);
    expect(ratios.length).toBeGreaterThan(10);
    // What is promised.
    expect(Math.min(...ratios)).toBeGreaterThan(0.8);
    expect(Math.max(...ratios)).toBeLessThan(1.2);
  });
});
