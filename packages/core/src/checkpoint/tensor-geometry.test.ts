import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors/checkpoint-error';
import { checkGeometry, contiguousStrides, elementSpan, type TensorGeometry } from './tensor-geometry';

const bounds = { subject: 'a.pth', name: 'w', available: 12, maxElements: 100 };
const check = (geometry: TensorGeometry) => () => checkGeometry(geometry, bounds);

describe('elementSpan', () => {
  it('reaches from the first value to the last', () => {
    expect(elementSpan({ shape: [3, 4], strides: [4, 1], offset: 0 })).toEqual({ start: 0, length: 12 });
    expect(elementSpan({ shape: [2, 2], strides: [4, 1], offset: 5 })).toEqual({ start: 5, length: 6 });
    expect(elementSpan({ shape: [], strides: [], offset: 2 })).toEqual({ start: 2, length: 1 });
    expect(elementSpan({ shape: [5, 0], strides: [9, 9], offset: 4 })).toEqual({ start: 4, length: 0 });
  });
});

describe('contiguousStrides', () => {
  it('are those of a row-major tensor', () => {
    expect(contiguousStrides([2, 3, 4])).toEqual([12, 4, 1]);
    expect(contiguousStrides([])).toEqual([]);
  });
});

describe('checkGeometry', () => {
  it('takes what fits', () => {
    expect(check({ shape: [3, 4], strides: [4, 1], offset: 0 })).not.toThrow();
    expect(check({ shape: [2, 2], strides: [4, 1], offset: 6 })).not.toThrow();
    expect(check({ shape: [50], strides: [0], offset: 11 })).not.toThrow();
    expect(check({ shape: [0, 5], strides: [1e9, 1e9], offset: 1e9 })).not.toThrow();
  });

  it.each<TensorGeometry>([
    { shape: [3, 4], strides: [4, 1], offset: 1 },
    { shape: [3], strides: [6], offset: 0 },
    { shape: [], strides: [], offset: 12 },
    { shape: [2], strides: [Number.MAX_SAFE_INTEGER], offset: Number.MAX_SAFE_INTEGER },
  ])('refuses what leaves the storage: %o', (geometry) => {
    expect(check(geometry)).toThrow(CheckpointError);
    expect(check(geometry)).toThrow('a.pth: damaged: tensor "w" needs');
  });

  it.each<TensorGeometry>([
    { shape: [101], strides: [0], offset: 0 },
    { shape: [2 ** 40, 2 ** 40, 2 ** 40], strides: [0, 0, 0], offset: 0 },
  ])('refuses more values than the file may hold: %o', (geometry) => {
    expect(check(geometry)).toThrow(CheckpointError);
    expect(check(geometry)).toThrow(/^a\.pth: tensor "w" claims .* values/);
  });
});
