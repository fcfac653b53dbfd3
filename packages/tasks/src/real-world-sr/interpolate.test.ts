import { OptionError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import type { FloatImage } from '../degradation/float-image';
import { interpolate } from './interpolate';

const [width, height] = [7, 5];
const image: FloatImage = {
  data: Float32Array.from(
    { length: width * height },
    (_, i) => ((7 * (i % width) + 13 * Math.floor(i / width)) % 32) / 31,
  ),
  width,
  height,
  channels: 1,
};

/** Single precision, and a few sums. */
function expectClose(actual: Float32Array, expected: readonly number[]): void {
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 6);
}

// Recorded from torch.nn.functional.interpolate of PyTorch 1.13, align_corners=False, in double precision.
const recorded = {
  area: {
    small: [
      0.3225806452, 0.4892473118, 0.4247311828, 0.4193548387, 0.435483871, 0.4874551971, 0.4802867384,
      0.5322580645, 0.5483870968, 0.5430107527, 0.4784946237, 0.6451612903,
    ],
    large: [
      0, 0.1129032258, 0.3387096774, 0.4516129032, 0.564516129, 0.7903225806, 0.9032258065, 0.5, 0.2096774194,
      0.3225806452, 0.2096774194, 0.3225806452,
    ],
    shrunk: [
      0.3225806452, 0.4892473118, 0.4247311828, 0.4193548387, 0.435483871, 0.4874551971, 0.4802867384,
      0.5322580645, 0.5483870968, 0.5430107527, 0.4784946237, 0.6451612903,
    ],
    grown: [
      0, 0.1129032258, 0.3387096774, 0.564516129, 0.6774193548, 0.7903225806, 0.5, 0.2096774194, 0.3225806452,
      0.2096774194,
    ],
  },
  bilinear: {
    small: [
      0.2244623656, 0.5766129032, 0.6706989247, 0.377688172, 0.5362903226, 0.2862903226, 0.6814516129,
      0.4314516129, 0.5900537634, 0.2970430108, 0.3911290323, 0.7432795699,
    ],
    large: [
      0, 0.1241935484, 0.2822580645, 0.4403225806, 0.5983870968, 0.7564516129, 0.8629032258, 0.2983870968,
      0.1983870968, 0.3225806452, 0.1834677419, 0.3076612903,
    ],
    shrunk: [
      0.2062400846, 0.5764145955, 0.6166049709, 0.2845055526, 0.5772468379, 0.273929138, 0.6017979905,
      0.7366559458, 0.5489159175, 0.3267418575, 0.4235247202, 0.6271813855,
    ],
    grown: [
      0, 0.1476426799, 0.3213399504, 0.4950372208, 0.6687344913, 0.8424317618, 0.5, 0.1575682382,
      0.3225806452, 0.2741935484,
    ],
  },
  bicubic: {
    small: [
      0.1958719525, 0.6152203741, 0.6963368989, 0.3548766288, 0.533218876, 0.2955519153, 0.6721900202,
      0.4345230595, 0.6128653067, 0.2714050366, 0.3525215614, 0.771869983,
    ],
    large: [
      -0.057284416, 0.0636067131, 0.2505431637, 0.3933221652, 0.6156748874, 0.8990518129, 0.9318933617,
      0.2463895736, 0.0659421091, 0.3020038905, 0.1212510494, 0.295277962,
    ],
    shrunk: [
      0.1760996447, 0.6064187534, 0.6530238076, 0.2091080566, 0.5905226541, 0.2527036303, 0.6028403383,
      0.7917180085, 0.5485662142, 0.3406909203, 0.3982478868, 0.6217820626,
    ],
    grown: [
      -0.043690443, 0.0981130794, 0.2917667396, 0.4892030299, 0.7042941324, 0.9953106577, 0.5065535664,
      0.0295443312, 0.3002040906, 0.2119002729,
    ],
  },
} as const;

describe.each(['area', 'bilinear', 'bicubic'] as const)('interpolate, %s', (mode) => {
  const { small, large, shrunk, grown } = recorded[mode];

  it('goes to a smaller and to a larger size', () => {
    expectClose(interpolate(image, { width: 4, height: 3 }, mode).data, small);
    expectClose(interpolate(image, { width: 10, height: 8 }, mode).data, large);
  });

  it('goes by a scale that the rounded size is not', () => {
    expectClose(interpolate(image, { width: 4, height: 3, scale: 0.61 }, mode).data, shrunk);
    expectClose(interpolate(image, { width: 9, height: 6, scale: 1.3 }, mode).data, grown);
  });

  it('leaves a picture of the same size alone, each channel by itself', () => {
    const rgb: FloatImage = {
      data: Float32Array.from({ length: 60 }, (_, i) => (i * 37) % 11),
      width: 5,
      height: 4,
      channels: 3,
    };
    expect(interpolate(rgb, rgb, mode)).toEqual(rgb);
  });
});

it.each([
  [0, 3],
  [2.5, 3],
])('refuses a size of %s×%s', (width, height) => {
  expect(() => interpolate(image, { width, height }, 'area')).toThrow(OptionError);
});
