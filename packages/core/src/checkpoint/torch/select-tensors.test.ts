import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../errors/checkpoint-error';
import type { PickleValue } from '../pickle/pickle-value';
import { selectTensors, stateDictNames } from './select-tensors';
import { TorchStorage, TorchTensor, TorchType } from './torch-objects';

const type = new TorchType('torch.FloatStorage', 'f32');
const storage = new TorchStorage({ key: '0', type, length: 1, offset: 0, rootLength: 1 });
const tensor = new TorchTensor(storage, type, { shape: [1], strides: [1], offset: 0 });

type Tree = { readonly [name: string]: Tree | PickleValue };

function dict(tree: Tree): Map<PickleValue, PickleValue> {
  return new Map(
    Object.entries(tree).map(([name, value]) => [name, isTree(value) ? dict(value) : value] as const),
  );
}

function isTree(value: Tree | PickleValue): value is Tree {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const select = (tree: Tree) => selectTensors('a.pth', dict(tree));

describe('selectTensors', () => {
  it('takes the mapping itself if it holds tensors', () => {
    const { path, tensors, siblings } = select({ a: tensor, b: 5, c: { d: tensor }, e: [tensor], f: ['x'] });
    expect(path).toEqual([]);
    expect([...tensors.keys()]).toEqual(['a']);
    expect(siblings).toEqual(['c', 'e']);
  });

  it('prefers the names in their order', () => {
    const groups = [...stateDictNames];
    while (groups.length > 0) {
      // Latest first in the file, so that its order does not matter.
      const tree = Object.fromEntries([...groups].reverse().map((name) => [name, { a: tensor }]));
      const { path, siblings } = select({ ...tree, step: tensor });
      expect(path).toEqual([groups.shift()]);
      expect(siblings).toEqual([...groups].reverse());
    }
  });

  it('passes over groups without tensors', () => {
    expect(select({ params_ema: {}, params: { a: tensor } }).path).toEqual(['params']);
    expect(select({ model: 'resnet', net: { a: tensor } }).path).toEqual(['net']);
    expect(select({ state_dict: { note: 'none' }, a: tensor }).path).toEqual([]);
  });

  it('looks into groups of groups', () => {
    const { path, siblings } = select({ model: { params_ema: { a: tensor }, params: { a: tensor } } });
    expect(path).toEqual(['model', 'params_ema']);
    expect(siblings).toEqual(['params']);
  });

  it('survives cycles', () => {
    const cyclic = dict({ other: 5 });
    cyclic.set('model', cyclic).set('list', [cyclic]);
    expect(() => selectTensors('a.pth', cyclic)).toThrow(CheckpointError);
    cyclic.set('a', tensor);
    expect([...selectTensors('a.pth', cyclic).tensors.keys()]).toEqual(['a']);
  });

  it('sees every container once, by however many ways it is reached', () => {
    // Six layers of twenty lists, each with all lists of the next: 64 million ways to the tensor.
    let layer: PickleValue[] = [tensor];
    for (let depth = 0; depth < 6; depth++) {
      const below = layer;
      layer = Array.from({ length: 20 }, () => [...below]);
    }
    expect(selectTensors('a.pth', dict({ a: tensor, deep: layer })).siblings).toEqual(['deep']);
  });

  it('does not look at the same things group after group without end', () => {
    let visits = 0;
    class CountedList extends Array<PickleValue> {
      override *[Symbol.iterator]() {
        for (const value of this.values()) {
          visits += 1;
          yield value;
        }
        return undefined;
      }
    }
    const large = CountedList.from<null, PickleValue>({ length: 3000 }, () => null);
    const groups = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`group ${i}`, [large]]));
    expect(selectTensors('a.pth', dict({ a: tensor, ...groups })).tensors.size).toBe(1);
    expect(visits).toBeGreaterThan(3000);
    expect(visits).toBeLessThanOrEqual(1_000_000);
  });

  it.each<[Tree | PickleValue, string]>([
    [{}, 'a.pth: holds no tensors'],
    [5, 'a.pth: holds no tensors'],
    [[tensor], 'a.pth: holds no tensors'],
    [{ mine: { a: tensor } }, 'a.pth: no state dict where one is expected; there are tensors under "mine"'],
  ])('refuses %o', (root, message) => {
    const value = isTree(root) ? dict(root) : root;
    expect(() => selectTensors('a.pth', value)).toThrow(CheckpointError);
    expect(() => selectTensors('a.pth', value)).toThrow(message);
  });
});
