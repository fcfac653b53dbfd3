import { describeModel } from '@diffir/core/testing';
import { setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyOptions } from '../testing/tiny-options';
import { stage2Blueprint } from './blueprint';
import { diffIRS2Definition } from './definition';

beforeAll(() => setBackend('cpu'));

describe.each([
  ['residual head', tinyOptions({ kind: 'residual' })],
  ['direct head', tinyOptions({ kind: 'direct' }, { refinementBlocks: 0, ffnExpansionFactor: 1.8 })],
  ['filled head', tinyOptions({ kind: 'filled' })],
  ['upsampling ×4', tinyOptions({ kind: 'upsample', scale: 4 }, { layerNorm: 'BiasFree' })],
  ['upsampling ×2', tinyOptions({ kind: 'upsample', scale: 2 }, { bias: true })],
  ['upsampling ×1', tinyOptions({ kind: 'upsample', scale: 1 }, { denoiserLayers: 3 })],
])('%s', (_, options) => {
  describeModel(
    { definition: diffIRS2Definition, blueprint: stage2Blueprint(options) },
    { describe, it, expect },
  );
});
