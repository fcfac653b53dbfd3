import type { Image } from './image';
import { type ImageSink, type ImageSource, imageSource } from './image-rows';
import { emptySamples, type SampleBits } from './samples';

/** What the rows of a picture are. */
export interface RowLayout {
  readonly width: number;
  readonly height: number;
  readonly channels: Image['channels'];
  readonly bits: SampleBits;
}

/** A picture whose rows are written, in any order and more than once, and read again. */
export interface ImageStore extends ImageSource, ImageSink {
  /** Frees what it takes. */
  dispose(): Promise<void>;
}

/** Makes a store, in a file for example. What has not been written yet has no certain value. */
export type CreateStore = (layout: RowLayout) => ImageStore | Promise<ImageStore>;

/** An image in memory that is filled with rows. */
export interface MemoryStore extends ImageStore {
  readonly image: Image;
}

/** A store in memory, all zero. */
export function memoryStore({ width, height, channels, bits }: RowLayout): MemoryStore {
  const data = emptySamples(bits, width * height * channels);
  const image: Image = { data, width, height, channels };
  return {
    ...imageSource(image),
    image,
    write: (samples, firstRow) => data.set(samples, firstRow * width * channels),
    dispose: async () => {},
  };
}
