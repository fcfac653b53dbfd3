import { describe, expect, it } from 'vitest';
import { defaultNaming, imageSettings, modelSettings, naming, workerCount } from './settings';

const output = 'out';

describe('modelSettings', () => {
  it('deblurs where nothing is chosen', () => {
    expect(modelSettings({ output }, {})).toEqual({ task: 'deblur' });
    expect(modelSettings({ output, model: 'x' }, {})).toEqual({ model: 'x' });
  });

  it('takes the configuration, but not the half of it that does not belong to what was asked for', () => {
    const config = { task: 'sr', model: 'x.pth', backend: 'cpu' };
    expect(modelSettings({ output }, config)).toEqual(config);
    expect(modelSettings({ output, task: 'deblur' }, config)).toEqual({ task: 'deblur', backend: 'cpu' });
    expect(modelSettings({ output, model: 'y.pth', backend: 'wasm' }, config)).toEqual({
      model: 'y.pth',
      backend: 'wasm',
    });
  });
});

describe('imageSettings', () => {
  it('lets the command line go before the configuration, zero included', () => {
    const config = { seed: 7, quality: 50 };
    expect(imageSettings({ output, seed: 0, outscale: 2 }, config)).toEqual({
      seed: 0,
      quality: 50,
      outscale: 2,
    });
  });
});

describe('workerCount', () => {
  it('lets the command line go before the configuration, zero included', () => {
    expect(workerCount({ output, workers: 0 }, { workers: 2 })).toBe(0);
    expect(workerCount({ output, workers: 'auto' }, { workers: 2 })).toBe('auto');
    expect(workerCount({ output }, { workers: 2 })).toBe(2);
    expect(workerCount({ output }, {})).toBe('auto');
  });
});

describe('naming', () => {
  it('knows "keep" as no format, also against the configuration', () => {
    expect(naming({ format: 'keep', suffix: '_x' })).toEqual({ suffix: '_x' });
    expect(defaultNaming({}, { format: 'png' })).toEqual({ format: 'png' });
    expect(defaultNaming({ format: 'keep' }, { format: 'png' })).toEqual({});
  });
});
