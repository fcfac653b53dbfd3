import { describe, expect, it } from 'vitest';
import { defaultSettings } from './settings';
import { formatSettings, parseSettings } from './url-state';

const choices = {
  tasks: ['deblur', 'sr', 'inpaint'],
  models: [
    { id: 'deblur-small', task: 'deblur' },
    { id: 'sr-x4', task: 'sr' },
  ],
  backends: ['auto', 'webgpu', 'wasm'],
};

describe('settings in the address', () => {
  it('come back as they went in', () => {
    const settings = { task: 'sr', model: 'sr-x4', backend: 'wasm', seed: 2 ** 31 - 1 };
    expect(parseSettings(formatSettings(settings), choices)).toEqual(settings);
    const ownModel = { ...settings, model: 'https://example.org/a b.pth?x=1&y=2' };
    expect(parseSettings(formatSettings(ownModel), choices)).toEqual(ownModel);
  });

  it('leave the address empty while nothing is chosen', () => {
    expect(formatSettings(defaultSettings)).toBe('');
    expect(formatSettings({ ...defaultSettings, seed: 7 })).toBe('?seed=7');
    expect(parseSettings('', choices)).toEqual(defaultSettings);
  });

  it.each([
    '?task=paint',
    '?model=sr-x4',
    '?model=file:///etc/passwd',
    '?model=javascript:alert(1)',
    '?backend=gpu',
    '?seed=-1',
    '?seed=1.5',
    '?seed=2147483648',
    '?seed=x',
  ])('are the default where the address says %s', (query) => {
    expect(parseSettings(query, choices)).toEqual(defaultSettings);
  });
});
