import type { BlurKernel } from '@diffir/core';
import { OptionError, type RandomSource, standardNormal } from '@diffir/core';
import { assertRange } from '../degradation/assert-range';
import { convolveMirrored } from '../degradation/convolution';
import { uniform } from '../degradation/draw';
import type { EightBitImage, FloatImage } from '../degradation/float-image';
import { addSensorNoise, checkSensorNoise, type SensorNoiseOptions } from './sensor-noise';

export interface CameraShakeOptions {
  /** Side of the kernel's grid in pixels, odd. Default 15. */
  readonly size?: number;
  /** Points on the path. Default 64. */
  readonly points?: number;
  /** Shortest path in pixels. Default 2. */
  readonly minLength?: number;
  /** Longest path in pixels; at most `size` − 3, so that the whole path fits the grid. Default 11. */
  readonly maxLength?: number;
}

export interface CameraShakeBlurOptions extends CameraShakeOptions, SensorNoiseOptions {}

/** A point of a path, in pixels from the path's centroid: x to the right, y downwards. */
export interface PathPoint {
  readonly x: number;
  readonly y: number;
}

// The walk's direction turns by a tenth of the turn rate each step; the rate itself drifts.
const initialTurnRate = 0.12;
const turnRateChange = 0.03;
const turnPerRate = 0.1;
const smoothingSigma = 0.5;

/**
 * Draws the path that a point of the picture takes while the shutter is open: a walk of equal steps
 * whose direction turns slowly, centred on its centroid. Its length (the sum of its steps) is uniform in
 * `minLength`–`maxLength`, its first direction uniform, its turn rate N(0, 0.12) and changed by
 * N(0, 0.03) at each step; each step turns by a tenth of the rate, in radians. Taken from `random` in
 * this order: length, direction, rate, then one change per step.
 *
 * @throws {OptionError} on an impossible size, number of points or range of lengths.
 */
export function drawCameraShakePath(random: RandomSource, options: CameraShakeOptions = {}): PathPoint[] {
  const { points, minLength, maxLength } = checkOptions(options);
  const step = uniform(random, [minLength, maxLength]) / (points - 1);
  let direction = uniform(random, [0, 2 * Math.PI]);
  const [firstRate = 0, ...changes] = standardNormal(random, points);
  let turnRate = initialTurnRate * firstRate;
  let [x, y] = [0, 0];
  const path = [{ x, y }];
  for (const change of changes) {
    x += step * Math.cos(direction);
    y += step * Math.sin(direction);
    path.push({ x, y });
    turnRate += turnRateChange * change;
    direction += turnPerRate * turnRate;
  }
  return centre(path);
}

/**
 * Draws a motion-blur kernel: a path of {@link drawCameraShakePath} splatted bilinearly on the grid,
 * smoothed by a 3 × 3 Gaussian of σ 0.5 and normalised to sum 1. No sample is negative.
 *
 * @throws {OptionError} on an impossible size, number of points or range of lengths.
 */
export function drawCameraShakeKernel(random: RandomSource, options: CameraShakeOptions = {}): BlurKernel {
  const { size } = checkOptions(options);
  const weights = smooth(splat(drawCameraShakePath(random, options), size), size);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { size, weights: weights.map((weight) => weight / sum) };
}

/**
 * Photographs `image` (gray or RGB, in [0, 1]) with a shaking hand: convolves it in sRGB with a kernel of
 * {@link drawCameraShakeKernel}, borders mirrored, adds Gaussian noise whose σ is uniform in
 * `minNoise`–`maxNoise` levels, and rounds to 8 bits. Taken from `random` in this order: kernel, σ, noise.
 *
 * @throws {OptionError} on an impossible option.
 * @throws {ImageError} if the image has alpha or is smaller than the kernel reaches.
 */
export function blurByCameraShake(
  image: FloatImage,
  random: RandomSource,
  options: CameraShakeBlurOptions = {},
): EightBitImage {
  // Before the work that the kernel is.
  checkSensorNoise(options);
  const blurred = convolveMirrored(image, drawCameraShakeKernel(random, options));
  return addSensorNoise(blurred, random, options);
}

function centre(path: readonly PathPoint[]): PathPoint[] {
  const x = path.reduce((sum, point) => sum + point.x, 0) / path.length;
  const y = path.reduce((sum, point) => sum + point.y, 0) / path.length;
  return path.map((point) => ({ x: point.x - x, y: point.y - y }));
}

/** Spreads each point over the four grid samples around it. */
function splat(path: readonly PathPoint[], size: number): Float64Array {
  const grid = new Float64Array(size * size);
  const middle = (size - 1) / 2;
  const add = (x: number, y: number, weight: number) => {
    if (weight > 0) grid[y * size + x] = (grid[y * size + x] ?? 0) + weight;
  };
  for (const point of path) {
    const [x, y] = [Math.floor(point.x), Math.floor(point.y)];
    const [fx, fy] = [point.x - x, point.y - y];
    add(middle + x, middle + y, (1 - fx) * (1 - fy));
    add(middle + x + 1, middle + y, fx * (1 - fy));
    add(middle + x, middle + y + 1, (1 - fx) * fy);
    add(middle + x + 1, middle + y + 1, fx * fy);
  }
  return grid;
}

/** A 3 × 3 Gaussian, unnormalised; the grid's outermost samples are empty, so nothing leaves it. */
function smooth(grid: Float64Array, size: number): Float64Array {
  const side = Math.exp(-1 / (2 * smoothingSigma ** 2));
  return grid.map((_, index) => {
    let sum = 0;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const [x, y] = [(index % size) + dx, Math.floor(index / size) + dy];
        if (x < 0 || y < 0 || x >= size || y >= size) continue;
        sum += (grid[y * size + x] ?? 0) * side ** (dx * dx + dy * dy);
      }
    }
    return sum;
  });
}

function checkOptions(options: CameraShakeOptions): Required<CameraShakeOptions> {
  const { size = 15, points = 64, minLength = 2, maxLength = 11 } = options;
  if (!Number.isInteger(size) || size < 3 || size % 2 === 0) {
    throw new OptionError({ subject: 'size', problem: `${size} is not an odd whole number of at least 3` });
  }
  if (!Number.isInteger(points) || points < 2) {
    throw new OptionError({ subject: 'points', problem: `${points} is not a whole number of at least 2` });
  }
  assertRange('length', minLength, maxLength);
  // No point is further than half the length from the centroid; smoothing takes one more sample.
  if (maxLength > size - 3) {
    throw new OptionError({
      subject: 'maxLength',
      problem: `a path of ${maxLength} px does not fit a grid of ${size}×${size}`,
      remedy: `use at most ${size - 3} px or a larger size`,
    });
  }
  return { size, points, minLength, maxLength };
}
