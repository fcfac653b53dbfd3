import { OptionError } from '@diffir/core';
import { cubicKernel } from '../degradation/cubic-kernel';
import type { FloatImage } from '../degradation/float-image';
import { collectTaps, resample, type TapRow } from '../degradation/resample';

export type InterpolationMode = 'area' | 'bilinear' | 'bicubic';

export interface InterpolationSize {
  readonly width: number;
  readonly height: number;
  /**
   * Size of the result over the image's, where the size was rounded from it: samples then lie where it
   * says. Default: what the two sizes say.
   */
  readonly scale?: number;
}

const SHARPNESS = -0.75;

/**
 * Resizes an image as PyTorch's `interpolate` does with `align_corners=False` and no antialiasing:
 * `area` is the mean over the samples that a sample of the result covers, in whole samples; `bilinear`
 * and `bicubic` (a = −0.75) read 2 and 4 neighbours, the outermost samples repeated. Nothing is clamped.
 *
 * @throws OptionError for a size that is no size
 */
export function interpolate(
  image: FloatImage,
  { width, height, scale }: InterpolationSize,
  mode: InterpolationMode,
): FloatImage {
  if (![width, height].every((size) => Number.isInteger(size) && size > 0)) {
    throw new OptionError({ subject: 'size', problem: `${width}×${height} is not an image size` });
  }
  const taps = (length: number, size: number) => {
    const step = scale === undefined ? length / size : 1 / scale;
    const rows = Array.from({ length: size }, (_, index) => tapRows[mode](index, { length, size, step }));
    return collectTaps(rows, (at) => Math.min(length - 1, Math.max(0, at)));
  };
  return resample(image, taps(image.height, height), taps(image.width, width));
}

interface Resizing {
  readonly length: number;
  readonly size: number;
  /** Samples of the original between neighbours of the result. */
  readonly step: number;
}

const tapRows: Readonly<Record<InterpolationMode, (index: number, resizing: Resizing) => TapRow>> = {
  area(index, { length, size }) {
    const first = Math.floor((index * length) / size);
    const count = Math.ceil(((index + 1) * length) / size) - first;
    return { first, weights: Array.from({ length: count }, () => 1 / count) };
  },
  bilinear(index, { step }) {
    const at = (index + 0.5) * step - 0.5;
    const first = Math.floor(at);
    return { first, weights: [first + 1 - at, at - first] };
  },
  bicubic(index, { step }) {
    const at = (index + 0.5) * step - 0.5;
    const first = Math.floor(at) - 1;
    return { first, weights: [0, 1, 2, 3].map((tap) => cubicKernel(at - first - tap, SHARPNESS)) };
  },
};
