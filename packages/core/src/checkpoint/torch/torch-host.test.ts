import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../errors/checkpoint-error';
import { ForeignObject } from '../pickle/pickle-value';
import { readPickle } from '../pickle/read-pickle';
import { latin1 } from '../testing/make-zip';
import { createTorchHost } from './torch-host';
import { TorchStorage, TorchTensor } from './torch-objects';

/** Reads a pickle given as text, one character a byte. */
function read(program: string, maxItems = 1000) {
  const host = createTorchHost('a.pth', maxItems);
  return { value: readPickle(latin1(program), { subject: 'a.pth', host }).value, host };
}

/** A persistent id on the stack: `('storage', type, key, 'cpu', length)` and what comes behind it. */
const storage = (type = 'FloatStorage', rest = '') =>
  `(U\x07storagectorch\n${type}\nU\x010U\x03cpuK\x14${rest}tQ`;
const version2 = 'ctorch._utils\n_rebuild_tensor_v2\n';
const shape = 'K\x02K\x03\x86';
const strides = 'K\x03K\x01\x86';

describe('createTorchHost', () => {
  it('makes tensors that know their storage and geometry', () => {
    const { value, host } = read(`${version2}(${storage()}K\x05${shape}${strides}\x89NtR.`);
    expect(value).toBeInstanceOf(TorchTensor);
    expect(value).toMatchObject({
      geometry: { shape: [2, 3], strides: [3, 1], offset: 5 },
      storage: { key: '0', rootLength: 20, type: { dtype: 'f32' } },
    });
    expect([...host.storages.keys()]).toEqual(['0']);
  });

  it('knows the tensor functions of all versions, and parameters', () => {
    const version1 = `ctorch._utils\n_rebuild_tensor\n(${storage()}K\x05${shape}${strides}tR`;
    expect(read(`${version1}.`).value).toBeInstanceOf(TorchTensor);
    const version3 = `ctorch._utils\n_rebuild_tensor_v3\n(${storage('UntypedStorage')}K\x00${shape}${strides}`;
    expect(read(`${version3}\x89Nctorch\nfloat16\ntR.`).value).toMatchObject({ type: { dtype: 'f16' } });
    expect(read(`${version3}\x89Nctorch\nfloat8_e5m2\ntR.`).value).toMatchObject({
      type: { dtype: undefined, name: 'torch.float8_e5m2' },
    });
    for (const name of ['_rebuild_parameter', '_rebuild_parameter_with_state']) {
      expect(read(`ctorch._utils\n${name}\n(${version1}\x88NtR.`).value).toBeInstanceOf(TorchTensor);
    }
  });

  it('knows views of storages, as old files have them', () => {
    const view = (fields: string) => storage('HalfStorage', `(${fields}t`);
    const { value } = read(`${view('U\x05otherK\x04K\x06')}.`);
    expect(value).toBeInstanceOf(TorchStorage);
    expect(value).toMatchObject({ offset: 4, length: 6, rootLength: 20 });
    expect(() => read(`${view('U\x05otherK\x10K\x06')}.`)).toThrow('a view beyond the end of its storage');
    expect(read(`${storage('HalfStorage', 'N')}.`).value).toMatchObject({ offset: 0, length: 20 });
  });

  it('makes ordered dicts, also from pairs', () => {
    const dict = 'ccollections\nOrderedDict\n';
    expect(read(`${dict})R.`).value).toEqual(new Map());
    expect(read(`${dict}](](U\x01aK\x01e](U\x01bK\x02ee\x85R.`).value).toEqual(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    );
    expect(() => read(`${dict}K\x01\x85R.`)).toThrow('made of something else than pairs');
    expect(() => read(`${dict}](K\x01e\x85R.`)).toThrow('made of something else than pairs');
  });

  it('does not copy one list into ordered dicts without end', () => {
    const list = `](${'](NNe'.repeat(50)}eq\0`;
    const again = 'ccollections\nOrderedDict\nh\0\x85R0'.repeat(21);
    expect(() => read(`${list}${again}.`)).toThrow('ordered dicts with more items than the file has bytes');
  });

  it('leaves everything else inert', () => {
    expect(read('cos\nsystem\nU\x02ls\x85R.').value).toEqual(new ForeignObject('os.system'));
    expect(read('cbuiltins\neval\nU\x011\x85R.').value).toEqual(new ForeignObject('builtins.eval'));
    expect(read('ctorch\nload\nU\x01a\x85R.').value).toEqual(new ForeignObject('torch.load'));
    expect(read('ctorch\nSize\n(K\x01K\x02t\x85R.').value).toEqual([1, 2]);
    expect(read('K\x01)R.').value).toEqual(new ForeignObject('unknown'));
    expect(read('(U\x06moduleNt\x51.').value).toEqual(new ForeignObject('persistent'));
    // A tensor on top of something foreign is foreign too.
    const foreign = `${version2}(cmy\nStorage\nK\x05${shape}${strides}tR.`;
    expect(read(foreign).value).toEqual(new ForeignObject('torch.Tensor'));
  });

  it.each([
    ['a tensor with an offset below zero', `${version2}(${storage()}J\xff\xff\xff\xff${shape}${strides}tR.`],
    ['a tensor with more sizes than strides', `${version2}(${storage()}K\x00${shape}K\x01\x85tR.`],
    ['a tensor with a size below zero', `${version2}(${storage()}K\x00J\xff\xff\xff\xff\x85K\x01\x85tR.`],
    ['a tensor with a size that is no number', `${version2}(${storage()}K\x00U\x01a\x85K\x01\x85tR.`],
    ['a tensor of 65 dimensions', `${version2}(${storage()}K\0(${'K\x01'.repeat(65)}tq\x01h\x01tR.`],
    ['a tensor without an element type', `ctorch._utils\n_rebuild_tensor_v3\n(${storage()}K\0))tR.`],
    ['a storage without a type', '(U\x07storageNU\x010U\x03cpuK\x14tQ.'],
    ['a storage without a key', '(U\x07storagectorch\nFloatStorage\nNU\x03cpuK\x14tQ.'],
    [
      'a storage with an endless key',
      `(U\x07storagectorch\nFloatStorage\nX\x01\x01\0\0${'k'.repeat(257)}U\x03cpuK\x14tQ.`,
    ],
    ['a storage without a length', '(U\x07storagectorch\nFloatStorage\nU\x010U\x03cpuNtQ.'],
    ['a call without arguments', `${version2}NR.`],
  ])('refuses %s', (_, program) => {
    expect(() => read(program)).toThrow(CheckpointError);
    expect(() => read(program)).toThrow(/^a\.pth: damaged: a (tensor|storage|call) with/);
  });
});
