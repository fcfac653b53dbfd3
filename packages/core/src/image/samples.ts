import type { ImageSamples } from './image';

/** The sample value that stands for 1.0. */
export function fullScale(samples: ImageSamples): number {
  if (samples instanceof Uint8Array) return 255;
  return samples instanceof Uint16Array ? 65535 : 1;
}

/** Samples as floats in [0,1], or as they are if they are floats. */
export function toUnitRange(samples: ImageSamples): Float32Array {
  if (samples instanceof Float32Array) return samples;
  const scale = 1 / fullScale(samples);
  // A loop: `Float32Array.from` with a function is several times slower.
  const values = new Float32Array(samples.length);
  for (let i = 0; i < values.length; i++) values[i] = (samples[i] ?? 0) * scale;
  return values;
}

/** Bits of a sample; 32 are floats. */
export type SampleBits = 8 | 16 | 32;

/** What the samples are. */
export function bitsOf(samples: ImageSamples): SampleBits {
  if (samples instanceof Uint8Array) return 8;
  return samples instanceof Uint16Array ? 16 : 32;
}

/** Samples of a kind, all zero. */
export function emptySamples(bits: SampleBits, length: number): ImageSamples {
  if (bits === 8) return new Uint8Array(length);
  return bits === 16 ? new Uint16Array(length) : new Float32Array(length);
}
