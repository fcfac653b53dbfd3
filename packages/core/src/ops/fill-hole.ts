import {
  add,
  concat,
  depthwiseConv2d,
  div,
  maximum,
  mean,
  minimum,
  mul,
  slice,
  sub,
  type Tensor4D,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import { nearestUpsample } from './nearest-upsample';

/** Halvings of the image: its sides must be multiples of 2 to this power. */
const HALVINGS = 3;

/** Reach of each step at the smallest size, in its pixels: together 8·(1 + 2 + 4 + 8) = 120 of the image's. */
const DILATIONS = [1, 2, 4, 8] as const;

/** A linear spline's weights for half the size, and for the same size. */
const HALVING_TAPS = [1, 3, 3, 1] as const;
const SMOOTHING_TAPS = [1, 2, 1] as const;

/** One known pixel of this many in a filter's window is as good as all of them. */
const ENOUGH = 4;

/** Less coverage than this is none: what divides by it is 0 itself. */
const NO_COVERAGE = 1e-8;

/**
 * Fills a hole smoothly from what surrounds it, by pull and push (Gortler et al., The Lumigraph, 1996): known
 * pixels are averaged into ever smaller images, whose pixels fill what the larger ones lack. Known pixels stay as
 * they are; where no pixel of an image is known, it is 0.
 * @param image `[N,H,W,C]`, H and W multiples of 8; what lies in the hole does not matter, but must be finite
 * @param hole `[N,H,W,1]`, 1 in the hole and 0 elsewhere
 */
export function fillHole(image: Tensor4D, hole: Tensor4D): Tensor4D {
  return tidy(() => {
    const known: Tensor4D = sub(1, hole);
    const colours: Tensor4D = mul(image, known);
    // Colour times coverage, and coverage, as one tensor: what spreads one spreads the other.
    const covered = concat([colours, known], 3);
    return colourOf(pullAndPush(covered, HALVINGS));
  });
}

function pullAndPush(covered: Tensor4D, halvings: number): Tensor4D {
  if (halvings === 0) return withMean(DILATIONS.reduce(spread, covered));
  const smaller = tidy(() => pullAndPush(saturate(halve(covered)), halvings - 1));
  return completeWith(covered, double(smaller));
}

/** Half the size. */
function halve(covered: Tensor4D): Tensor4D {
  return depthwiseConv2d(covered, filterOf(HALVING_TAPS, covered), 2, 'same');
}

/** Twice the size, interpolated bilinearly; beyond the border nothing is covered. */
function double(covered: Tensor4D): Tensor4D {
  return smooth(nearestUpsample(covered, 2), 1);
}

function smooth(covered: Tensor4D, dilation: number): Tensor4D {
  return depthwiseConv2d(covered, filterOf(SMOOTHING_TAPS, covered), 1, 'same', 'NHWC', dilation);
}

/** Carries what is covered to pixels `dilation` away that are not. */
function spread(covered: Tensor4D, dilation: number): Tensor4D {
  return tidy(() => add(covered, mul(sub(1, coverageOf(covered)), saturate(smooth(covered, dilation)))));
}

/** Fills what no step reached with the image's mean colour. */
function withMean(covered: Tensor4D): Tensor4D {
  return completeWith(covered, mean(covered, [1, 2], true));
}

/** Adds a colour that holds wherever it is covered at all, where `covered` lacks coverage. */
function completeWith(covered: Tensor4D, filling: Tensor4D): Tensor4D {
  return tidy(() => {
    const whole = div(filling, maximum(coverageOf(filling), NO_COVERAGE));
    return add(covered, mul(sub(1, coverageOf(covered)), whole));
  });
}

/** Multiplies coverage, up to 1, and leaves the colour. */
function saturate(covered: Tensor4D): Tensor4D {
  return tidy(() => {
    const coverage = coverageOf(covered);
    const raised = minimum(mul(coverage, ENOUGH), 1);
    return mul(covered, div(raised, maximum(coverage, NO_COVERAGE)));
  });
}

function coverageOf(covered: Tensor4D): Tensor4D {
  const colours = covered.shape[3] - 1;
  return slice(covered, [0, 0, 0, colours], [-1, -1, -1, 1]);
}

function colourOf(covered: Tensor4D): Tensor4D {
  return slice(covered, [0, 0, 0, 0], [-1, -1, -1, covered.shape[3] - 1]);
}

/** The product of a row and a column of taps, of sum 1, for each channel. */
function filterOf(taps: readonly number[], { shape }: Tensor4D): Tensor4D {
  const total = taps.reduce((sum, tap) => sum + tap, 0) ** 2;
  const values = taps.flatMap((row) =>
    taps.flatMap((column) => new Array<number>(shape[3]).fill((row * column) / total)),
  );
  return tensor4d(values, [taps.length, taps.length, shape[3], 1]);
}
