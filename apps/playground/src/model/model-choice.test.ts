import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../settings/settings';
import { chooseModel, defaultSource, isSameModel, modelName } from './model-choice';

const models = [
  { id: 'deblur-small', task: 'deblur' },
  { id: 'deblur-large', task: 'deblur' },
  { id: 'sr-x4', task: 'sr' },
];
const file = new File(['weights'], 'mine.pth');
const url = 'https://example.org/models/some%20model.pth';

describe('where the model comes from', () => {
  it('is the page’s own where it has one for the task, else a file, else what the address names', () => {
    expect(defaultSource(defaultSettings, models)).toBe('built-in');
    expect(defaultSource({ ...defaultSettings, task: 'inpaint' }, models)).toBe('file');
    expect(defaultSource({ ...defaultSettings, model: url }, models)).toBe('url');
  });
});

describe('the model that is chosen', () => {
  const choose = (settings: object, source: 'built-in' | 'file' | 'url', own?: File) =>
    chooseModel({ ...defaultSettings, ...settings }, { source, file: own }, models);

  it('is the named one of the task, or its first', () => {
    expect(choose({}, 'built-in')).toEqual({ kind: 'built-in', id: 'deblur-small' });
    expect(choose({ model: 'deblur-large' }, 'built-in')).toEqual({ kind: 'built-in', id: 'deblur-large' });
    expect(choose({ model: 'deblur-large', task: 'sr' }, 'built-in')).toMatchObject({ id: 'sr-x4' });
    expect(choose({ task: 'inpaint' }, 'built-in')).toBeUndefined();
  });

  it('is missing until a file or an address is given', () => {
    expect(choose({}, 'file')).toBeUndefined();
    expect(choose({}, 'file', file)).toEqual({ kind: 'file', file });
    expect(choose({ model: 'exam' }, 'url')).toBeUndefined();
    expect(choose({ model: url }, 'url')).toEqual({ kind: 'url', url });
  });
});

describe('two choices', () => {
  it('are the same model only where the weights are sure to be the same', () => {
    const id = 'deblur-small';
    expect(isSameModel({ kind: 'built-in', id }, { kind: 'built-in', id })).toBe(true);
    expect(isSameModel({ kind: 'built-in', id }, { kind: 'built-in', id: 'sr-x4' })).toBe(false);
    expect(isSameModel({ kind: 'url', url }, { kind: 'url', url })).toBe(true);
    expect(isSameModel({ kind: 'url', url }, { kind: 'built-in', id: url })).toBe(false);
    expect(isSameModel({ kind: 'file', file }, { kind: 'file', file })).toBe(true);
    const twin = new File(['weights'], 'mine.pth');
    expect(isSameModel({ kind: 'file', file }, { kind: 'file', file: twin })).toBe(false);
  });

  it('go by names the visitor knows', () => {
    expect(modelName({ kind: 'built-in', id: 'sr-x4' })).toBe('sr-x4');
    expect(modelName({ kind: 'file', file })).toBe('mine.pth');
    expect(modelName({ kind: 'url', url })).toBe('some model.pth');
    expect(modelName({ kind: 'url', url: 'https://example.org/' })).toBe('example.org');
  });
});
