import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../errors/checkpoint-error';
import { bytesSource } from '../bytes-source';
import { openCheckpoint } from '../open-checkpoint';
import { countingSource } from '../testing/counting-source';

interface FileParts {
  readonly header: unknown;
  readonly data?: Uint8Array;
  readonly claimedLength?: number;
}

function makeFile({ header, data = new Uint8Array(0), claimedLength }: FileParts): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(BigUint64Array.of(BigInt(claimedLength ?? json.length)).buffer);
  return Uint8Array.from([...length, ...json, ...data]);
}

const open = (parts: FileParts) => openCheckpoint(bytesSource('a.safetensors', makeFile(parts)));
const entry = (dtype: string, shape: readonly number[], start: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [start, end],
});
const floats = new Uint8Array(Float32Array.of(1, 2, 3).buffer);

describe('openSafetensors', () => {
  it('reads names, types, shapes, values and metadata', async () => {
    const header = {
      __metadata__: { licence: 'MIT' },
      second: entry('F16', [2], 12, 16),
      first: entry('F32', [3, 1], 0, 12),
      flag: entry('BOOL', [], 16, 17),
      none: entry('I64', [4, 0], 17, 17),
    };
    const data = Uint8Array.from([...floats, 0, 0x3c, 0, 0x40, 1]);
    const { stateDict, format, metadata, selection, siblings } = await open({ header, data });
    expect(format).toBe('safetensors');
    expect(metadata).toEqual({ licence: 'MIT' });
    expect(selection).toBe('top level');
    expect(siblings).toEqual([]);
    expect([...stateDict].map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual([
      ['second', 'f16', [2]],
      ['first', 'f32', [3, 1]],
      ['flag', 'bool', []],
      ['none', 'i64', [4, 0]],
    ]);
    expect([...((await stateDict.get('first')?.load()) ?? [])]).toEqual([1, 2, 3]);
    expect([...((await stateDict.get('second')?.load()) ?? [])]).toEqual([1, 2]);
    expect([...((await stateDict.get('second')?.loadBytes()) ?? [])]).toEqual([0, 0x3c, 0, 0x40]);
    expect([...((await stateDict.get('flag')?.load()) ?? [])]).toEqual([1]);
    expect(await stateDict.get('none')?.load()).toHaveLength(0);
  });

  it('takes __proto__ for a name like any other', async () => {
    const header = `{"__proto__":${JSON.stringify(entry('F32', [3], 0, 12))}}`;
    const { stateDict } = await open({ header, data: floats });
    expect([...stateDict.keys()]).toEqual(['__proto__']);
    expect('data_offsets' in {}).toBe(false);
  });

  it('takes wrappers off the names', async () => {
    const header = { 'module.a': entry('F32', [3], 0, 12) };
    const { stateDict, selection } = await open({ header, data: floats });
    expect([...stateDict.keys()]).toEqual(['a']);
    expect(selection).toBe('top level, prefix module. removed');
  });

  it('reads the header alone, then only what is asked for', async () => {
    const data = new Uint8Array(1_000_000);
    const header = { a: entry('F32', [249_000], 0, 996_000), b: entry('F32', [1000], 996_000, 1_000_000) };
    const source = countingSource(bytesSource('a.safetensors', makeFile({ header, data })));
    const { stateDict } = await openCheckpoint(source);
    expect(source.asked.total).toBeLessThan(1000);
    await stateDict.get('b')?.load();
    expect(source.asked.total).toBeLessThan(5000);
  });

  it.each<[string, FileParts, string]>([
    ['a header that is no JSON', { header: '{"a":' }, 'its header is not JSON'],
    ['a header that is no text', { header: '{"a\ud800' }, 'its header is not JSON'],
    [
      'a header that is nested without end',
      { header: `{"a":${'['.repeat(100_000)}` },
      'its header is not JSON',
    ],
    ['no tensors', { header: {} }, 'holds no tensors'],
    ['a tensor without fields', { header: { a: 5 } }, 'tensor "a" is not described'],
    [
      'a tensor without a type',
      { header: { a: { shape: [], data_offsets: [0, 0] } } },
      'tensor "a" has no type',
    ],
    [
      'a tensor without a shape',
      { header: { a: { dtype: 'F32', data_offsets: [0, 0] } } },
      'tensor "a" has no shape',
    ],
    ['a fractional shape', { header: { a: entry('F32', [1.5], 0, 6) } }, 'tensor "a" has no shape'],
    ['a negative shape', { header: { a: entry('F32', [-1], 0, 0) } }, 'tensor "a" has no shape'],
    ['a tensor without a place', { header: { a: { dtype: 'F32', shape: [] } } }, 'tensor "a" has no place'],
    [
      'another length than the shape',
      { header: { a: entry('F32', [2], 0, 12) }, data: floats },
      'another length',
    ],
    ['an end before the start', { header: { a: entry('F32', [1], 4, 0) }, data: floats }, 'another length'],
    [
      'a shape without end',
      { header: { a: entry('F32', [2 ** 52, 2 ** 52], 0, 12) }, data: floats },
      'another length',
    ],
    [
      'a gap',
      { header: { a: entry('F32', [2], 4, 12) }, data: floats },
      'a gap or overlap before tensor "a"',
    ],
    [
      'an overlap',
      { header: { a: entry('F32', [2], 0, 8), b: entry('F32', [2], 4, 12) }, data: floats },
      'a gap or overlap before tensor "b"',
    ],
    [
      'a file cut off',
      { header: { a: entry('F32', [4], 0, 16) }, data: floats },
      'take 16 bytes where the file has 12',
    ],
    [
      'something behind',
      { header: { a: entry('F32', [2], 0, 8) }, data: floats },
      'take 8 bytes where the file has 12',
    ],
    ['metadata that are no strings', { header: { __metadata__: { a: 1 } } }, 'its metadata are not strings'],
    ['metadata that are no map', { header: { __metadata__: 'a' } }, 'its metadata are not strings'],
  ])('refuses %s', async (_, parts, message) => {
    await expect(open(parts)).rejects.toThrow(CheckpointError);
    await expect(open(parts)).rejects.toThrow(/^a\.safetensors: damaged: /);
    await expect(open(parts)).rejects.toThrow(message);
  });

  it('refuses types that it does not have', async () => {
    const opening = open({ header: { a: entry('F8_E4M3', [12], 0, 12) }, data: floats });
    await expect(opening).rejects.toThrow(
      'tensor "a" has values of the type "F8_E4M3", which is not supported',
    );
    await expect(opening).rejects.toThrow(CheckpointError);
  });

  it('refuses a header larger than any, before reading it', async () => {
    const bytes = makeFile({ header: '{}', data: new Uint8Array(1000), claimedLength: 200_000_000 });
    const source = countingSource({ ...bytesSource('a.safetensors', bytes), size: 300_000_000 });
    await expect(openCheckpoint(source)).rejects.toThrow('its header is larger than 100 MB');
    expect(source.asked.largest).toBeLessThan(1000);
  });
});
