import type { ImageSamples } from '@diffir/core';
import { letPageBreathe } from './let-page-breathe';

/** Samples copied at a time: a few milliseconds' work. */
const STEP = 2 ** 23;

/** A copy in memory of its own, made in steps between which the page can draw and react. */
export async function copySamples(samples: ImageSamples): Promise<ImageSamples> {
  const copy = emptyLike(samples);
  for (let start = 0; start < samples.length; start += STEP) {
    if (start > 0) await letPageBreathe();
    copy.set(samples.subarray(start, start + STEP), start);
  }
  return copy;
}

function emptyLike(samples: ImageSamples): ImageSamples {
  if (samples instanceof Uint16Array) return new Uint16Array(samples.length);
  if (samples instanceof Float32Array) return new Float32Array(samples.length);
  return new Uint8Array(samples.length);
}
