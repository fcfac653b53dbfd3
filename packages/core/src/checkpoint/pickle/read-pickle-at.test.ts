import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../errors/checkpoint-error';
import { bytesSource } from '../bytes-source';
import { countingSource } from '../testing/counting-source';
import type { PickleHost } from './pickle-machine';
import { ForeignObject } from './pickle-value';
import { checkLength, readPickleAt } from './read-pickle-at';

const createHost = (): PickleHost => ({
  findGlobal: (module, name) => new ForeignObject(`${module}.${name}`),
  reduce: (callable) => callable,
  loadPersistent: () => null,
});

/** A list of numbers, behind `before` bytes and before `after` bytes of something else. */
function listFile(length: number, { before = 0, after = 0 } = {}) {
  const pickle = [0x5d, 0x28, ...Array.from({ length }, (_, i) => [0x4b, i & 0xff]).flat(), 0x65, 0x2e];
  const bytes = new Uint8Array(before + pickle.length + after).fill(0xff);
  bytes.set(pickle, before);
  return { source: countingSource(bytesSource('a.pth', bytes)), length: pickle.length };
}

describe('readPickleAt', () => {
  it.each([10, 2045, 2047, 20_000])('reads a pickle of %i numbers wherever it lies', async (count) => {
    const { source, length } = listFile(count, { before: 7, after: 1_000_000 });
    const reading = await readPickleAt(source, 7, createHost);
    expect(reading.value).toEqual(Array.from({ length: count }, (_, i) => i & 0xff));
    expect(reading.length).toBe(length);
  });

  it('reads little more than the pickle', async () => {
    const { source, length } = listFile(20_000, { after: 10_000_000 });
    await readPickleAt(source, 0, createHost);
    // Windows grow fourfold: the last is less than four times the pickle, all before it a third of that.
    expect(source.asked.total).toBeLessThan(5.4 * length);
  });

  it('refuses a pickle that the file ends in, without asking for more than there is', async () => {
    const { source } = listFile(20_000);
    const cut = countingSource({ ...source, size: source.size - 1 });
    await expect(readPickleAt(cut, 0, createHost)).rejects.toThrow(CheckpointError);
    expect(cut.asked.largest).toBeLessThanOrEqual(cut.size);
  });

  it('believes no length that the file cannot have', async () => {
    const bytes = new Uint8Array(5000);
    bytes.set([0x58, 0xff, 0xff, 0xff, 0x7f]);
    const source = countingSource(bytesSource('a.pth', bytes));
    await expect(readPickleAt(source, 0, createHost)).rejects.toThrow('ends in the middle');
    expect(source.asked.total).toBe(4096);
  });
});

describe('checkLength', () => {
  it('refuses what is no longer a description of tensors', () => {
    expect(() => checkLength('a.pth', 2 ** 27)).not.toThrow();
    expect(() => checkLength('a.pth', 2 ** 27 + 1)).toThrow('a.pth: its pickled part is larger than 128 MiB');
  });
});
