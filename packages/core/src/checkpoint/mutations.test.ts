import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors/checkpoint-error';
import { bytesSource } from './bytes-source';
import { openCheckpoint } from './open-checkpoint';
import { writeSafetensors } from './safetensors/write-safetensors';
import { collect } from './testing/collect';
import { countingSource } from './testing/counting-source';
import { locateZipEntry, readZipDirectory } from './torch/zip-archive';
import { elementCount } from './values/stored-types';
import { convertTensors } from './write/convert-tensors';

// Whatever happens to a file, reading it gives arrays of a bounded length or a CheckpointError: no other
// error, no endless loop, and no read or array larger than the file allows.

const seed = 20240611;
const runs = 500;
const fixtures = ['types', 'views', 'nested', 'lightning', 'hostile'];

/** A file and the part of it to damage. */
interface Target {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** Positions are fractions, so that they fit every file. */
interface Mutation {
  readonly kind: 'truncate' | 'flip' | 'overwrite' | 'extreme' | 'remove' | 'repeat';
  readonly at: number;
  readonly length: number;
  readonly value: number;
}

// Without fast-check's bias towards first and last values, and not as doubles, of which most are tiny:
// every position is as interesting as any other.
const fractions = fc.noBias(fc.nat(2 ** 30 - 1).map((numerator) => numerator / 2 ** 30));
const mutations = fc.noBias(
  fc.record<Mutation>({
    // Most damage leaves nothing to read: single bits are where the interesting cases are.
    kind: fc.constantFrom('flip', 'flip', 'flip', 'overwrite', 'extreme', 'truncate', 'remove', 'repeat'),
    at: fractions,
    length: fc.integer({ min: 1, max: 16 }),
    value: fc.integer({ min: 0, max: 255 }),
  }),
);
const damage = fc.record({ file: fractions, mutations: fc.array(mutations, { minLength: 1, maxLength: 2 }) });

function mutate({ bytes, from, to }: Target, { kind, at, length, value }: Mutation): Uint8Array {
  const position = Math.min(bytes.length, from + Math.floor(at * (to - from)));
  const end = Math.min(bytes.length, position + length);
  const mutated = Uint8Array.from(bytes);
  switch (kind) {
    case 'truncate':
      return mutated.subarray(0, position);
    case 'flip':
      mutated[position] = (mutated[position] ?? 0) ^ (1 << (value & 7));
      return mutated;
    case 'overwrite':
      return mutated.fill(value, position, end);
    case 'extreme':
      return mutated.fill(value < 128 ? 0xff : 0, position, Math.min(bytes.length, position + 8));
    case 'remove':
      return Uint8Array.from([...bytes.subarray(0, position), ...bytes.subarray(end)]);
    case 'repeat':
      return Uint8Array.from([...bytes.subarray(0, end), ...bytes.subarray(position)]);
  }
}

/** Opens the file and loads all of it; whether that worked. Anything but a CheckpointError is passed on. */
async function survives(bytes: Uint8Array): Promise<boolean> {
  const source = countingSource(bytesSource('mutated', bytes));
  try {
    const { stateDict } = await openCheckpoint(source);
    expect(source.asked.total).toBeLessThanOrEqual(16 * bytes.length);
    for (const [, { shape, load }] of stateDict) {
      const values = await load();
      expect(values.length).toBe(elementCount(shape));
      expect(values.length).toBeLessThanOrEqual(bytes.length + 1024);
    }
    return true;
  } catch (error) {
    if (!CheckpointError.isInstance(error)) throw error;
    expect(error.message).toMatch(/^\S.*: .+$/);
    return false;
  } finally {
    expect(source.asked.largest).toBeLessThanOrEqual(bytes.length);
  }
}

async function checkDamage(targets: readonly Target[]): Promise<void> {
  const outcomes = { read: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(damage, async ({ file, mutations: planned }) => {
      const target = targets[Math.floor(file * targets.length)];
      if (target === undefined) throw new Error('no file');
      const bytes = planned.reduce(
        (result, mutation) => mutate({ ...target, bytes: result }, mutation),
        target.bytes,
      );
      if (await survives(bytes)) outcomes.read += 1;
      else outcomes.refused += 1;
    }),
    { seed, numRuns: runs },
  );
  // Neither is every mutation harmless, nor is every file refused.
  expect(outcomes.read).toBeGreaterThan(runs / 100);
  expect(outcomes.refused).toBeGreaterThan(runs / 4);
}

const readFixture = (name: string) =>
  Uint8Array.from(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));
const whole = (bytes: Uint8Array): Target => ({ bytes, from: 0, to: bytes.length });

async function pickleOfZip(bytes: Uint8Array): Promise<Target> {
  const source = bytesSource('fixture', bytes);
  const entry = [...(await readZipDirectory(source)).values()].find(({ name }) => name.endsWith('data.pkl'));
  if (entry === undefined) throw new Error('no data.pkl');
  const from = await locateZipEntry(source, entry);
  return { bytes, from, to: from + entry.size };
}

/** From the first pickle to the last, which is the list of keys: up to APPENDS and STOP. */
async function picklesOfLegacy(bytes: Uint8Array): Promise<Target> {
  return { bytes, from: 0, to: Buffer.from(bytes).lastIndexOf('e.') + 2 };
}

describe.each([
  ['zip', '.pth', pickleOfZip],
  ['legacy', '-legacy.pth', picklesOfLegacy],
] as const)('damaged %s files', (_, suffix, findPickle) => {
  const files = fixtures.map((name) => readFixture(name + suffix));

  it('are read or refused when anything in them is damaged', async () => {
    await checkDamage(files.map(whole));
  });

  it('are read or refused when their pickles are damaged', async () => {
    await checkDamage(await Promise.all(files.map((bytes) => findPickle(bytes))));
  });

  it('are refused wherever they are cut off', async () => {
    const [types] = files;
    const lengths = Array.from({ length: types?.length ?? 0 }, (_, length) => length);
    const outcomes = await Promise.all(
      lengths.map((length) => survives(types?.subarray(0, length) ?? new Uint8Array())),
    );
    expect(outcomes.length).toBeGreaterThan(1000);
    expect(outcomes).not.toContain(true);
  });
});

describe('damaged safetensors files', () => {
  let files: Uint8Array[] = [];

  beforeAll(async () => {
    const pieces = ['types.pth', 'views.pth', 'nested.pth'].map(async (name) => {
      const { stateDict } = await openCheckpoint(bytesSource(name, readFixture(name)));
      return collect(writeSafetensors(convertTensors(stateDict), { metadata: { from: name } }));
    });
    files = await Promise.all(pieces);
  });

  it('are read or refused when anything in them is damaged', async () => {
    await checkDamage(files.map(whole));
  });

  it('are read or refused when their headers are damaged', async () => {
    await checkDamage(
      files.map((bytes) => ({ bytes, from: 0, to: 8 + new DataView(bytes.buffer).getUint32(0, true) })),
    );
  });

  it('are refused wherever they are cut off', async () => {
    for (const bytes of files) {
      const lengths = Array.from(bytes.keys());
      const outcomes = await Promise.all(lengths.map((length) => survives(bytes.subarray(0, length))));
      expect(outcomes).not.toContain(true);
    }
  });
});
