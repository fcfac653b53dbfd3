import { OptionError } from '@diffir/core';
import { cubicKernel } from '../degradation/cubic-kernel';
import { assertOpaque, type EightBitImage, type FloatImage, toLevel } from '../degradation/float-image';
import {
  collectTaps,
  type ResampleTaps,
  resample,
  resampleColumns,
  resampleRows,
  type TapRow,
} from '../degradation/resample';

const SHARPNESS = -0.5;
const REACH = 2;

/**
 * Resizes a gray or RGB image by MATLAB's `imresize(image, scale)`: bicubic (a = −0.5), antialiased
 * where it shrinks (the kernel is stretched by 1/scale), weights normalised, the image continued by its
 * mirror image (… 1 0 | 0 1 …), size ⌈length · scale⌉. As in MATLAB, 8-bit images are rounded to 8 bits
 * after the columns and again after the rows; floats are not clamped.
 *
 * @param scale size of the result over the image's, above 0
 * @throws OptionError for an impossible scale
 * @throws ImageError if the image has alpha
 */
export function imresize(image: EightBitImage, scale: number): EightBitImage;
export function imresize(image: FloatImage, scale: number): FloatImage;
export function imresize(image: EightBitImage | FloatImage, scale: number): FloatImage | EightBitImage {
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new OptionError({ subject: 'scale', problem: `${scale} is not a number above 0` });
  }
  assertOpaque(image);
  const columns = cubicTaps(image.height, scale);
  const rows = cubicTaps(image.width, scale);
  const { data: samples, ...size } = image;
  if (samples instanceof Float32Array) return resample({ ...size, data: samples }, columns, rows);
  // In levels rather than in [0, 1], so that halves are exact and rounded as MATLAB rounds them.
  const halfway = roundToLevels(resampleColumns({ ...size, data: new Float32Array(samples) }, columns));
  const { data, ...resized } = roundToLevels(resampleRows(halfway, rows));
  return { ...resized, data: new Uint8Array(data) };
}

function roundToLevels(image: FloatImage): FloatImage {
  return { ...image, data: image.data.map(toLevel) };
}

function cubicTaps(length: number, scale: number): ResampleTaps {
  const stretch = Math.max(1, 1 / scale);
  const reach = REACH * stretch;
  const size = Math.ceil(length * scale);
  return collectTaps(
    Array.from({ length: size }, (_, index) => tapRow((index + 0.5) / scale - 0.5, { reach, stretch })),
    (index) => mirrorAtEdge(index, length),
  );
}

function tapRow(
  centre: number,
  { reach, stretch }: { readonly reach: number; readonly stretch: number },
): TapRow {
  const first = Math.ceil(centre - reach);
  const count = Math.floor(centre + reach) - first + 1;
  const values = Array.from({ length: count }, (_, tap) =>
    cubicKernel((first + tap - centre) / stretch, SHARPNESS),
  );
  const sum = values.reduce((total, value) => total + value, 0);
  return { first, weights: values.map((value) => value / sum) };
}

/** The mirror stands on the edge: the outermost sample is repeated. */
function mirrorAtEdge(index: number, length: number): number {
  const period = 2 * length;
  const place = ((index % period) + period) % period;
  return place < length ? place : period - 1 - place;
}
