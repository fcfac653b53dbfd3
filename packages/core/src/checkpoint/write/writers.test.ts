import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CheckpointError } from '../../errors/checkpoint-error';
import { bytesSource } from '../bytes-source';
import type { Checkpoint } from '../checkpoint';
import { openCheckpoint } from '../open-checkpoint';
import { writeSafetensors } from '../safetensors/write-safetensors';
import { collect } from '../testing/collect';
import { writePth } from '../torch/write-pth';
import { convertTensors } from './convert-tensors';
import type { TensorToWrite } from './tensor-to-write';

async function openFixture(name: string): Promise<Checkpoint> {
  const bytes = readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
  return openCheckpoint(bytesSource(name, bytes));
}

const openBytes = (bytes: Uint8Array) => openCheckpoint(bytesSource('written', bytes));

/** Names, types, shapes and bytes of all tensors. */
async function everything({ stateDict }: Checkpoint) {
  return Promise.all(
    [...stateDict].map(async ([name, tensor]) => {
      return [name, tensor.dtype, tensor.shape, [...(await tensor.loadBytes())]] as const;
    }),
  );
}

function tensor(name: string, values: Float32Array, shape = [values.length]): TensorToWrite {
  return { name, dtype: 'f32', shape, bytes: async () => new Uint8Array(values.buffer) };
}

afterEach(() => {
  vi.useRealTimers();
});

describe.each([
  ['writePth', writePth],
  ['writeSafetensors', writeSafetensors],
] as const)('%s', (_, write) => {
  it.each(['types.pth', 'views-legacy.pth', 'lightning.pth'])('keeps %s bit by bit', async (name) => {
    const checkpoint = await openFixture(name);
    const written = await openBytes(await collect(write(convertTensors(checkpoint.stateDict))));
    expect(await everything(written)).toEqual(await everything(checkpoint));
    expect(written.siblings).toEqual([]);
  });

  it('writes a shared tensor once and reads it under all its names', async () => {
    const values = Float32Array.from({ length: 3000 }, (_, index) => index);
    const shared = { ...tensor('copy', values), sameAs: 'original' };
    const bytes = await collect(write([tensor('original', values), shared], { metadata: { task: 'x' } }));
    expect(bytes.length).toBeLessThan(1.5 * values.byteLength);
    const { stateDict, metadata } = await openBytes(bytes);
    expect([...stateDict.keys()]).toEqual(['original', 'copy']);
    expect(stateDict.get('copy')).toBe(stateDict.get('original'));
    expect(await stateDict.get('copy')?.load()).toEqual(values);
    expect(metadata).toEqual({ task: 'x' });
  });

  it('keeps metadata', async () => {
    const metadata = { task: 'deblurring', empty: '', Größe: '48' };
    const written = await openBytes(await collect(write([tensor('a', Float32Array.of(1))], { metadata })));
    expect(written.metadata).toEqual(metadata);
    expect([...written.stateDict.keys()]).toEqual(['a']);
  });

  it('writes the same bytes for the same tensors', async () => {
    const { stateDict } = await openFixture('types.pth');
    const first = await collect(write(convertTensors(stateDict)));
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2040, 5, 6) });
    expect(await collect(write(convertTensors(stateDict)))).toEqual(first);
  });

  it('has one tensor in memory at a time', async () => {
    let open = 0;
    const tensors = ['a', 'b', 'c'].map((name) => ({
      ...tensor(name, new Float32Array(100_000)),
      async bytes() {
        open += 1;
        return new Uint8Array(400_000);
      },
    }));
    let largest = 0;
    let written = 0;
    for await (const piece of write(tensors)) {
      written += piece.length;
      largest = Math.max(largest, open * 400_000 - written);
    }
    expect(open).toBe(3);
    expect(largest).toBeLessThanOrEqual(400_000);
  });

  it('passes on what goes wrong while reading a tensor', async () => {
    const failing = {
      ...tensor('b', Float32Array.of(1)),
      bytes: () => Promise.reject(new Error('unplugged')),
    };
    await expect(collect(write([tensor('a', Float32Array.of(1)), failing]))).rejects.toThrow('unplugged');
  });

  it('refuses two tensors of one name, and bytes that do not fit the shape', async () => {
    const a = tensor('a', Float32Array.of(1));
    await expect(collect(write([a, a]))).rejects.toThrow(CheckpointError);
    await expect(collect(write([a, a]))).rejects.toThrow('"a": two tensors of this name cannot be written');
    const short = tensor('b', Float32Array.of(1), [2, 3]);
    await expect(collect(write([a, short]))).rejects.toThrow(CheckpointError);
    await expect(collect(write([a, short]))).rejects.toThrow(
      'b: has 4 bytes where its shape [2, 3] takes 24',
    );
  });

  it('writes many tensors, with sizes and names of every length', async () => {
    const tensors = Array.from({ length: 300 }, (_, i) =>
      tensor(
        `${'long.'.repeat(i % 60)}${i}.weight`,
        Float32Array.from({ length: 3 * i }, (_, j) => j),
        [3, i],
      ),
    );
    const written = await openBytes(await collect(write(tensors)));
    expect([...written.stateDict].map(([name, { shape }]) => [name, shape])).toEqual(
      tensors.map(({ name, shape }) => [name, shape]),
    );
    expect(await written.stateDict.get(tensors[299]?.name ?? '')?.load()).toHaveLength(897);
  });
});

describe('writeSafetensors', () => {
  it('begins every tensor at a multiple of its values’ size', async () => {
    const { stateDict } = await openFixture('types.pth');
    const bytes = await collect(writeSafetensors(convertTensors(stateDict)));
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header: Record<string, { data_offsets: [number, number] }> = JSON.parse(
      new TextDecoder().decode(bytes.subarray(8, 8 + length)),
    );
    const starts = (names: readonly string[]) => names.map((name) => header[name]?.data_offsets[0] ?? -1);
    expect(starts(['f64', 'i64', 'scalar']).every((start) => start % 8 === 0)).toBe(true);
    expect(starts(['f32', 'i32', 'empty']).every((start) => start % 4 === 0)).toBe(true);
    expect(starts(['f16', 'bf16', 'i16']).every((start) => start % 2 === 0)).toBe(true);
  });

  it('refuses the name that the format keeps for itself', async () => {
    const reserved = tensor('__metadata__', Float32Array.of(1));
    await expect(collect(writeSafetensors([reserved]))).rejects.toThrow(CheckpointError);
  });
});

describe('writePth', () => {
  it('begins every storage at a multiple of 64 bytes, as torch does', async () => {
    const marker = Float32Array.of(1234.5, 6789.25);
    const tensors = ['a', 'a.much.longer.name'].map((name) => tensor(name, marker));
    const bytes = await collect(writePth(tensors));
    const pattern = [...new Uint8Array(marker.buffer)];
    const starts = [...bytes.keys()].filter((start) => pattern.every((byte, i) => bytes[start + i] === byte));
    expect(starts).toHaveLength(2);
    expect(starts.map((start) => start % 64)).toEqual([0, 0]);
  });
});
