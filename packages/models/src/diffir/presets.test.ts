import { createParameters } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { stage2Blueprint } from './blueprint';
import { stage2Presets } from './presets';

// The published table: parameters of stage 2 (shared tensors once) and multiply–accumulates.
describe.each([
  ['motion-deblurring', 26_911_934, 256, 120.99],
  ['inpainting-places', 26_402_474, 256, 50.56],
  ['inpainting-celebahq', 26_402_474, 256, 50.56],
  ['sr-x4', 24_971_206, 64, 45.16],
  ['real-sr-x4', 24_971_206, 64, 45.16],
] as const)('%s', (name, parameterCount, side, gigaMacs) => {
  const blueprint = stage2Blueprint(stage2Presets[name]);

  it(`has ${parameterCount} parameters`, () => {
    const parameters = createParameters();
    blueprint.build(parameters.root);
    expect(parameters.count).toBe(parameterCount);
  });

  it(`takes ${gigaMacs} G multiply–accumulates at ${side}²`, () => {
    expect((blueprint.macs(side, side) / 1e9).toFixed(2)).toBe(gigaMacs.toFixed(2));
  });
});

it('offers every published configuration', () => {
  expect(Object.keys(stage2Presets)).toEqual([
    'motion-deblurring',
    'inpainting-places',
    'inpainting-celebahq',
    'inpainting-places-big',
    'sr-x4',
    'real-sr-x4',
    'real-sr-x2',
    'real-sr-x1',
  ]);
});
