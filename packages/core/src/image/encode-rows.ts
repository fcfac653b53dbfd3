import type { Image, ImageSamples } from './image';
import { emptySamples, fullScale, type SampleBits } from './samples';

/** What a pixel's samples are. */
export interface PixelLayout {
  readonly channels: Image['channels'];
  readonly bits: SampleBits;
}

/**
 * Rows of RGB in [0,1], three values a pixel, as samples: clamped, scaled, rounded to the nearest level;
 * gray is the mean of the three. Alpha is left at 0.
 */
export function encodeRows(rows: Float32Array, { channels, bits }: PixelLayout): ImageSamples {
  const pixels = rows.length / 3;
  const samples = emptySamples(bits, pixels * channels);
  const toSample = quantizer(samples);
  const gray = channels < 3;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const source = pixel * 3;
    const target = pixel * channels;
    const [red = 0, green = 0, blue = 0] = [rows[source], rows[source + 1], rows[source + 2]];
    if (gray) {
      samples[target] = toSample((red + green + blue) / 3);
    } else {
      samples[target] = toSample(red);
      samples[target + 1] = toSample(green);
      samples[target + 2] = toSample(blue);
    }
  }
  return samples;
}

function quantizer(samples: ImageSamples): (value: number) => number {
  const scale = fullScale(samples);
  // NaN compares false and becomes 0.
  const clamp = (value: number) => (value > 0 ? Math.min(value, 1) : 0);
  return samples instanceof Float32Array ? clamp : (value) => Math.round(clamp(value) * scale);
}
