import type { ImageSamples } from './image';

/** The sample value that stands for 1.0. */
function fullScale(samples: ImageSamples): number {
  if (samples instanceof Uint8Array) return 255;
  return samples instanceof Uint16Array ? 65535 : 1;
}

/** Samples as floats in [0,1], or as they are if they are floats. */
export function toUnitRange(samples: ImageSamples): Float32Array {
  if (samples instanceof Float32Array) return samples;
  const scale = 1 / fullScale(samples);
  return Float32Array.from(samples, (value) => value * scale);
}

/** Floats to samples stored like `like`: clamped to [0,1], scaled, rounded to the nearest level. */
export function fromUnitRange(values: Float32Array, like: ImageSamples): ImageSamples {
  const scale = fullScale(like);
  const clamp = (value: number) => (value > 0 ? Math.min(value, 1) : 0);
  if (like instanceof Float32Array) return values.map(clamp);
  const level = (value: number) => Math.round(clamp(value) * scale);
  return like instanceof Uint8Array ? Uint8Array.from(values, level) : Uint16Array.from(values, level);
}
