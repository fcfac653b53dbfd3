import { ImageError, type RandomSource } from '@diffir/core';
import { chance, uniformInteger } from '../degradation/draw';
import type { EightBitImage } from '../degradation/float-image';
import { fillStroke, type Place } from './fill-stroke';
import { type BoxSettings, type MaskSettings, type StrokeSettings, trainingMasks } from './mask-settings';

export interface MaskSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Beyond this a picture is too small for its masks, rather than unlucky: of narrow masks at 128×128, the patches of
 * small models, one in sixteen covers little enough, so that a hundred tries failed once in six hundred pictures.
 */
const MOST_TRIES = 1000;

/**
 * Draws a mask of strokes or boxes as LaMa does (Suvorov et al., 2022): one channel, 255 = hole.
 *
 * @throws ImageError if the picture is too small for the masks asked for
 */
export function drawMask(
  random: RandomSource,
  size: MaskSize,
  settings: MaskSettings = trainingMasks,
): EightBitImage {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const mask = chance(random, settings.boxProbability)
      ? drawBoxes(random, size, settings.boxes)
      : drawStrokes(random, size, settings.strokes);
    if (coverage(mask) <= settings.mostCovered) return mask;
  }
  throw tooSmall(size, 'its masks would cover too much of it');
}

/** The part of a mask that is hole. */
export function coverage({ data }: EightBitImage): number {
  let holes = 0;
  for (const value of data) if (value > 0) holes++;
  return holes / data.length;
}

/**
 * Polylines from uniform starts. Segments run at one of four angles, 0.01, 1.01, 2.01 or 3.01 radians
 * from the downward direction, to the right and to the left in turn from polyline to polyline; ends stay
 * in the picture.
 */
function drawStrokes(random: RandomSource, size: MaskSize, settings: StrokeSettings): EightBitImage {
  const mask = emptyMask(size);
  const strokes = uniformInteger(random, settings.strokes);
  for (let stroke = 0; stroke < strokes; stroke++) {
    const side = stroke % 2 === 0 ? -1 : 1;
    let from: Place = {
      x: uniformInteger(random, [0, size.width - 1]),
      y: uniformInteger(random, [0, size.height - 1]),
    };
    const segments = uniformInteger(random, settings.segments);
    for (let segment = 0; segment < segments; segment++) {
      const angle = side * (0.01 + uniformInteger(random, [0, 3]));
      const length = uniformInteger(random, settings.length);
      const width = uniformInteger(random, settings.width);
      const to = {
        x: within(Math.trunc(from.x + length * Math.sin(angle)), size.width),
        y: within(Math.trunc(from.y + length * Math.cos(angle)), size.height),
      };
      fillStroke(mask, { from, to, width });
      from = to;
    }
  }
  return mask;
}

function within(place: number, length: number): number {
  return Math.min(length, Math.max(0, place));
}

function drawBoxes(random: RandomSource, size: MaskSize, settings: BoxSettings): EightBitImage {
  const { margin } = settings;
  const [least, most] = settings.side;
  const largest = Math.min(most, size.width - 2 * margin, size.height - 2 * margin);
  if (largest < least) throw tooSmall(size, `no box of ${least} pixels fits in it`);
  const mask = emptyMask(size);
  const boxes = uniformInteger(random, settings.boxes);
  for (let box = 0; box < boxes; box++) {
    const width = uniformInteger(random, [least, largest]);
    const height = uniformInteger(random, [least, largest]);
    const left = uniformInteger(random, [margin, size.width - margin - width]);
    const top = uniformInteger(random, [margin, size.height - margin - height]);
    for (let y = top; y < top + height; y++) {
      mask.data.fill(255, y * size.width + left, y * size.width + left + width);
    }
  }
  return mask;
}

function emptyMask({ width, height }: MaskSize): EightBitImage {
  return { data: new Uint8Array(width * height), width, height, channels: 1 };
}

function tooSmall({ width, height }: MaskSize, problem: string): ImageError {
  return new ImageError({
    problem: `an image of ${width}×${height} is too small: ${problem}`,
    remedy: 'use a larger image',
  });
}
