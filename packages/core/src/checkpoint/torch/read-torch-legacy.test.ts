import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../errors/checkpoint-error';
import { bytesSource } from '../bytes-source';
import { openCheckpoint } from '../open-checkpoint';
import { countingSource } from '../testing/counting-source';
import { latin1 } from '../testing/make-zip';

const magic = '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.';
const version = '\x80\x02M\xe9\x03.';
const machine = (little = '\x88') => `\x80\x02}X\x0d\0\0\0little_endian${little}s.`;
const tensor = (key: string) =>
  `ctorch._utils\n_rebuild_tensor_v2\n((U\x07storagectorch\nHalfStorage\nU\x01${key}U\x03cpuK\x02NtQ` +
  'K\0K\x02\x85K\x01\x85\x89NtR';
const object = `}(U\x01a${tensor('0')}U\x01b${tensor('1')}u.`;
const keys = (list = 'U\x011U\x010') => `](${list}e.`;
/** The number of values, then 1 and 2, or 3 and 4, as halves. */
const one = '\x02\0\0\0\0\0\0\0\x00\x3c\x00\x40';
const two = '\x02\0\0\0\0\0\0\0\x00\x42\x00\x44';
const head = magic + version + machine() + object + keys();

const open = (content: string) => openCheckpoint(bytesSource('a.pth', latin1(content)));

describe('readTorchLegacy', () => {
  it('finds storages in the order of their keys', async () => {
    const { stateDict, format } = await open(head + one + two);
    expect(format).toBe('legacy');
    expect([...((await stateDict.get('b')?.load()) ?? [])]).toEqual([1, 2]);
    expect([...((await stateDict.get('a')?.load()) ?? [])]).toEqual([3, 4]);
  });

  it.each([
    ['other pickles', '\x80\x02K\x01.', 'a Python pickle, but not one that torch.save wrote'],
    ['other versions', `${magic}\x80\x02M\xea\x03.`, 'an unknown version of the torch format'],
    ['big-endian files', magic + version + machine('\x89'), 'not written in little-endian byte order'],
    [
      'a missing key',
      `${magic}${version}${machine()}${object}${keys('U\x010')}${one}`,
      'the storage "1" is missing',
    ],
    [
      'a foreign key',
      head.replace('U\x011', 'U\x019') + one,
      'its list of storages does not match its tensors',
    ],
    ['a key twice', `${magic}${version}${machine()}${object}${keys('U\x010U\x010')}${one}`, 'does not match'],
    ['no keys', `${magic}${version}${machine()}${object}N.`, 'has no list of storages'],
    ['a file cut off', (head + one + two).slice(0, -1), 'ends before its storage "0" does'],
    [
      'a type unknown',
      head.replaceAll('HalfStorage', 'EvenStorage') + one + two,
      'the type "torch.EvenStorage"',
    ],
  ])('refuses %s', async (_, content, message) => {
    await expect(open(content)).rejects.toThrow(CheckpointError);
    await expect(open(content)).rejects.toThrow(message);
  });

  it('compares the number of values when it reads them', async () => {
    const { stateDict } = await open(head + one.replace('\x02', '\x03') + two);
    await expect(stateDict.get('b')?.load()).rejects.toThrow(CheckpointError);
    await expect(stateDict.get('b')?.load()).rejects.toThrow('has 3 values where 2 are expected');
    expect([...((await stateDict.get('a')?.load()) ?? [])]).toEqual([3, 4]);
  });

  it('reads through views of storages', async () => {
    // The second value of the storage, as a view that begins and a tensor that starts there.
    const view = tensor('0').replace('NtQ', '(U\x01vK\x01K\x01ttQ').replace('K\x02\x85', 'K\x01\x85');
    const { stateDict } = await open(`${magic}${version}${machine()}}U\x01a${view}s.](U\x010e.${one}`);
    expect([...((await stateDict.get('a')?.load()) ?? [])]).toEqual([2]);
  });

  it('does not read the storages to open the file', async () => {
    const length = 1_000_000;
    const values = '\0'.repeat(2 * length);
    const lengths = `J${String.fromCharCode(length & 255, (length >> 8) & 255, length >> 16, 0)}`;
    const count = `${lengths.slice(1)}\0\0\0\0`;
    const large = head.replaceAll('cpuK\x02', `cpu${lengths}`) + count + values + count + values;
    const source = countingSource(bytesSource('a.pth', latin1(large)));
    const { stateDict } = await openCheckpoint(source);
    expect(source.asked.total).toBeLessThan(25_000);
    await stateDict.get('a')?.load();
    // The two values, their number, and what opening read.
    expect(source.asked.total).toBeLessThan(25_012);
  });
});
