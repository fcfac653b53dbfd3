import { type ImageSource, rememberRows } from '../image/image-rows';
import { holeFromMask } from '../image/mask';
import { chooseTile, DEFAULT_OVERLAP, workingBytes } from './choose-tile';
import type { CompileListener } from './compile-watch';
import { colorChannels, type PixelSize, type Region, readRegion } from './image-region';
import type { NetworkRequest, RegionValues } from './network-request';
import type { NetworkRunner } from './network-runner';
import type { RestorationSetup, RestoreOptions } from './restore-image';
import { planSpans } from './tile-plan';
import { tilesAtOnce } from './tiles-at-once';

export type Job = Awaited<ReturnType<typeof planJob>>;

/** `local` computes on this thread. `onCompiled` hears of compiling for one of the picture's requests, in seconds. */
export type JobSetup = RestorationSetup & {
  readonly local: NetworkRunner;
  readonly onCompiled?: CompileListener;
};

/** Everything that is settled before the first tensor: tiles, padding, and how regions are read. */
export async function planJob(setup: JobSetup, source: ImageSource, options: RestoreOptions) {
  const { network, backend, local, onCompiled } = setup;
  const { descriptor } = network;
  const { limits } = backend;
  const { sizeMultiple: multiple } = descriptor;
  const { mask, seed = 0, signal, maxMemoryBytes } = options;
  const up = (length: number) => Math.ceil(length / multiple) * multiple;
  const padded: PixelSize = { height: up(source.height), width: up(source.width) };
  const tile = chooseTile({
    tile: descriptor.tiling === 'none' ? 0 : (options.tile ?? 'auto'),
    size: padded,
    limits,
    descriptor,
    ...(maxMemoryBytes !== undefined && { maxMemoryBytes }),
  });
  const overlap = options.overlap ?? Math.min(DEFAULT_OVERLAP, Math.floor(tile / 4));
  const hole = mask && rememberRows(await holeFromMask(mask, source));
  const color = { picked: colorChannels(source), padded };
  const valuesOf = async (region: Region): Promise<RegionValues> => ({
    rows: region.rows.size,
    columns: region.columns.size,
    image: await readRegion(source, region, color),
    ...(hole && { mask: await readRegion(hole, region, { picked: [0], padded }) }),
  });
  const spans = { tile, overlap, multiple };
  const rows = planSpans({ length: source.height, ...spans });
  const columns = planSpans({ length: source.width, ...spans });
  const largest = { height: rows[0]?.size ?? tile, width: columns[0]?.size ?? tile };
  const picture = { ...padded, requestBytes: workingBytes({ descriptor, limits, size: largest }) };
  const runner = setup.chooseRunner?.(picture) ?? local;
  return {
    ...setup,
    source,
    seed,
    padded,
    tile,
    overlap,
    rows,
    columns,
    valuesOf,
    run: (request: NetworkRequest) => runner.run(request, signal, onCompiled),
    concurrency: tilesAtOnce({
      concurrency: runner.concurrency,
      tileBytes: picture.requestBytes,
      memoryBytes: smallest(runner.memoryBytes, maxMemoryBytes),
    }),
  };
}

/** The smaller of two numbers that may be missing. */
function smallest(...limits: readonly (number | undefined)[]): number | undefined {
  const known = limits.filter((limit) => limit !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
