import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors/checkpoint-error';
import { bytesSource } from './bytes-source';
import type { Checkpoint } from './checkpoint';
import { openCheckpoint } from './open-checkpoint';
import { countingSource } from './testing/counting-source';

// The files are written by fixtures/make-fixtures.py, where their values are.
const fixture = (name: string) =>
  bytesSource(name, readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));

async function open(name: string): Promise<Checkpoint> {
  return openCheckpoint(fixture(name));
}

async function values({ stateDict }: Checkpoint, name: string): Promise<number[] | undefined> {
  const tensor = stateDict.get(name);
  return tensor === undefined ? undefined : [...(await tensor.load())];
}

const quarters = (...counts: number[]) => counts.map((count) => count / 4);
const upTo = (length: number) => Array.from({ length }, (_, index) => index);

describe.each([
  ['zip', ''],
  ['legacy', '-legacy'],
] as const)('openCheckpoint, %s form', (format, suffix) => {
  it('reads every element type', async () => {
    const checkpoint = await open(`types${suffix}.pth`);
    expect(checkpoint.format).toBe(format);
    expect(checkpoint.name).toBe(`types${suffix}.pth`);
    expect(checkpoint.selection).toBe('top level');
    const third = Math.fround(1 / 3);
    expect(await values(checkpoint, 'f64')).toEqual([third, -2.5, Infinity]);
    expect(await values(checkpoint, 'f32')).toEqual([third, -2.5, Math.fround(3e38)]);
    // 1365 · 2^-12 is the half nearest to a third, 2^-24 to 6e-8.
    expect(await values(checkpoint, 'f16')).toEqual([1365 / 4096, -2.5, 65504, 2 ** -24]);
    // 171 · 2^-9 and 226 · 2^120 are the bfloat16 nearest to a third and 3e38.
    expect(await values(checkpoint, 'bf16')).toEqual([171 / 512, -2.5, 226 * 2 ** 120]);
    expect(await values(checkpoint, 'i64')).toEqual([-3, 0, 2 ** 40]);
    for (const type of ['i32', 'i16', 'i8']) expect(await values(checkpoint, type)).toEqual([-3, 0, 1, 100]);
    expect(await values(checkpoint, 'u8')).toEqual([0, 1, 255]);
    expect(await values(checkpoint, 'bool')).toEqual([1, 0, 1]);
    expect(checkpoint.stateDict.get('scalar')?.shape).toEqual([]);
    expect(await values(checkpoint, 'scalar')).toEqual([77]);
    expect(checkpoint.stateDict.get('empty')?.shape).toEqual([0, 3]);
    expect(await values(checkpoint, 'empty')).toEqual([]);
    const types = [...checkpoint.stateDict].slice(0, 10).map(([name, { dtype }]) => [name, dtype]);
    expect(types.every(([name, dtype]) => name === dtype)).toBe(true);
  });

  it('reads views: transposed, sliced, permuted, expanded', async () => {
    const checkpoint = await open(`views${suffix}.pth`);
    expect(await values(checkpoint, 'matrix')).toEqual(quarters(...upTo(12)));
    expect(await values(checkpoint, 'transposed')).toEqual(quarters(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11));
    expect(await values(checkpoint, 'column')).toEqual(quarters(1, 5, 9));
    expect(await values(checkpoint, 'block')).toEqual(quarters(5, 6, 9, 10));
    const reversed = upTo(24).map((i) => {
      const [x, y, c, n] = [Math.floor(i / 12), Math.floor(i / 6) % 2, Math.floor(i / 2) % 3, i % 2];
      return 12 * n + 4 * c + 2 * y + x;
    });
    expect(checkpoint.stateDict.get('reversed_axes')?.shape).toEqual([2, 2, 3, 2]);
    expect(await values(checkpoint, 'reversed_axes')).toEqual(quarters(...reversed));
    expect(await values(checkpoint, 'channels_last')).toEqual(quarters(...upTo(24)));
    expect(await values(checkpoint, 'expanded')).toEqual([1.5, 1.5, 1.5, 2.5, 2.5, 2.5]);
    expect(await values(checkpoint, 'parameter')).toEqual(quarters(0, 1, 2, 3));
    expect(await values(checkpoint, 'strided_half')).toEqual(quarters(0, 3, 8, 11));
  });

  it('gives the bytes of a tensor as they are stored', async () => {
    const { stateDict } = await open(`views${suffix}.pth`);
    const bytes = await stateDict.get('strided_half')?.loadBytes();
    // 0, 0.75, 2 and 2.75 as halves.
    expect([...new Uint16Array(bytes?.buffer ?? new ArrayBuffer(0))]).toEqual([0, 0x3a00, 0x4000, 0x4180]);
  });

  it('reads of a shared storage only what a tensor needs', async () => {
    const source = countingSource(fixture(`views${suffix}.pth`));
    const { stateDict } = await openCheckpoint(source);
    // The first look at a storage also reads what stands in front of it.
    await stateDict.get('matrix')?.load();
    const before = source.asked.total;
    // Values 1 to 9 of the matrix, of which the column is every fourth.
    await stateDict.get('column')?.load();
    expect(source.asked.total - before).toBe(9 * 4);
  });

  it('prefers averaged parameters, takes wrappers off, passes over what is no tensor', async () => {
    const checkpoint = await open(`nested${suffix}.pth`);
    expect(checkpoint.selection).toBe('params_ema, prefix module. removed');
    expect(checkpoint.siblings).toEqual(['params', 'optimizer']);
    expect(checkpoint.metadata).toEqual({ iter: '5', name: 'run' });
    expect([...checkpoint.stateDict.keys()]).toEqual(['a.weight', 'a.bias']);
    expect(await values(checkpoint, 'a.weight')).toEqual([1, 1.25]);
  });

  it('finds a state dict inside a state dict, whatever its tensors are called', async () => {
    const checkpoint = await open(`twice${suffix}.pth`);
    expect(checkpoint.selection).toBe('model.state_dict');
    expect([...checkpoint.stateDict.keys()]).toEqual(['a', '__proto__', 'constructor']);
    expect(await values(checkpoint, '__proto__')).toEqual([0]);
  });

  it('reads Lightning files past classes it does not know', async () => {
    const checkpoint = await open(`lightning${suffix}.pth`);
    expect(checkpoint.selection).toBe('state_dict, prefix generator. selected');
    expect(checkpoint.siblings).toEqual(['optimizer_states', 'generatorS1', 'discriminator']);
    expect(checkpoint.metadata).toEqual({ epoch: '3', 'pytorch-lightning_version': '1.2.9' });
    expect([...checkpoint.stateDict.keys()]).toEqual(['G.weight', 'condition.weight']);
    expect(await values(checkpoint, 'G.weight')).toEqual([1, 1.25]);
  });

  it('runs nothing that a file asks for', async () => {
    const checkpoint = await open(`hostile${suffix}.pth`);
    expect([...checkpoint.stateDict.keys()]).toEqual(['a']);
    expect(await values(checkpoint, 'a')).toEqual(quarters(0, 1));
    // What the commands in the file would have made.
    expect(existsSync('diffir-fixture-ran')).toBe(false);
  });

  it.each([
    [`no-tensors${suffix}.pth`, 'holds no tensors; save the state dict itself, or under "params"'],
    [
      `elsewhere${suffix}.pth`,
      'no state dict where one is expected; there are tensors under "weights_of_mine"',
    ],
    [`complex${suffix}.pth`, 'values of the type "torch.ComplexFloatStorage", which is not supported'],
  ])('refuses %s and says why', async (name, message) => {
    const source = countingSource(fixture(name));
    const opening = openCheckpoint(source);
    await expect(opening).rejects.toThrow(CheckpointError);
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.toThrow(new RegExp(`^${name}: `));
    expect(source.asked.closed).toBe(1);
  });
});

describe('openCheckpoint', () => {
  it.each(['protocol-4.pth', 'protocol-5-legacy.pth'])('reads newer pickles: %s', async (name) => {
    expect(await values(await open(name), 'a')).toEqual(quarters(0, 1, 2, 3));
  });

  it('closes its source when told to', async () => {
    const source = countingSource(fixture('nested.pth'));
    const checkpoint = await openCheckpoint(source);
    expect(source.asked.closed).toBe(0);
    await checkpoint.close();
    expect(source.asked.closed).toBe(1);
  });

  it('reports what is wrong with a file even if closing it goes wrong too', async () => {
    const source = { ...bytesSource('a.png', Uint8Array.of(1, 2)), close: () => Promise.reject(new Error()) };
    await expect(openCheckpoint(source)).rejects.toThrow('a.png: not a checkpoint');
  });
});
