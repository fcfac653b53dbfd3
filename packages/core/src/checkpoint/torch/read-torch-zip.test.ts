import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../errors/checkpoint-error';
import { bytesSource } from '../bytes-source';
import { openCheckpoint } from '../open-checkpoint';
import { latin1, makeZip } from '../testing/make-zip';

/** `{'a': tensor}` of 3 values from the one storage, which claims to have `length`. */
const pickle = (length = 3, offset = 0) =>
  latin1(
    `}U\x01actorch._utils\n_rebuild_tensor_v2\n((U\x07storagectorch\nFloatStorage\nU\x010U\x03cpu` +
      `K${String.fromCharCode(length)}tQK${String.fromCharCode(offset)}K\x03\x85K\x01\x85\x89NtRs.`,
  );
const three = new Uint8Array(Float32Array.of(1, 2, 3).buffer);

async function open(files: Readonly<Record<string, Uint8Array>>) {
  return openCheckpoint(bytesSource('a.pth', await makeZip(files)));
}

describe('readTorchZip', () => {
  it('reads archives whatever the folder is called, or without one', async () => {
    for (const folder of ['archive/', 'my model/', '']) {
      const { stateDict } = await open({
        [`${folder}data.pkl`]: pickle(),
        [`${folder}byteorder`]: latin1('little'),
        [`${folder}data/0`]: three,
      });
      expect([...((await stateDict.get('a')?.load()) ?? [])]).toEqual([1, 2, 3]);
    }
  });

  it('reads only the archive’s own pickle', async () => {
    const { stateDict } = await open({
      'a/extra/data.pkl': latin1('N.'),
      'a/data.pkl': pickle(),
      'a/data/0': three,
    });
    expect(stateDict.size).toBe(1);
  });

  it.each<[string, Record<string, Uint8Array>, string]>([
    ['other archives', { 'a/photo.png': three }, 'a zip archive, but not one that torch.save wrote'],
    [
      'TorchScript',
      { 'a/data.pkl': pickle(), 'a/constants.pkl': latin1('N.') },
      'a TorchScript program, not a checkpoint',
    ],
    [
      'big-endian files',
      { 'a/data.pkl': pickle(), 'a/byteorder': latin1('big') },
      'not written in little-endian byte order',
    ],
    ['a missing storage', { 'a/data.pkl': pickle() }, 'damaged: the storage "0" is missing'],
    [
      'a storage shorter than the pickle says',
      { 'a/data.pkl': pickle(4), 'a/data/0': three },
      'damaged: the storage "0" is shorter than tensor "a" says',
    ],
    [
      'a tensor beyond its storage',
      { 'a/data.pkl': pickle(3, 1), 'a/data/0': three },
      'damaged: tensor "a" needs 4 values of a storage that has 3',
    ],
  ])('refuses %s', async (_, files, message) => {
    const opening = open(files);
    await expect(opening).rejects.toThrow(CheckpointError);
    await expect(opening).rejects.toThrow(`a.pth: ${message}`);
  });
});
