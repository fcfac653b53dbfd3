import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../errors/checkpoint-error';
import type { StateDict, StoredTensor, StoredType } from '../state-dict';
import { bytesOf } from '../values/typed-views';
import { valuesToFloat32 } from '../values/values-to-float32';
import { convertTensors, type TargetType } from './convert-tensors';

function stored(dtype: StoredType, values: ArrayBufferView, shape: readonly number[]): StoredTensor {
  const bytes = bytesOf(values);
  return {
    dtype,
    shape,
    load: async () => valuesToFloat32(dtype, bytes),
    loadBytes: async () => new Uint8Array(bytes),
  };
}

const stateDict: StateDict = new Map([
  ['f64', stored('f64', Float64Array.of(1 + 2 ** -11 + 2 ** -40, -0), [1, 2])],
  ['f32', stored('f32', Float32Array.of(1 + 2 ** -11, 65504, Number.POSITIVE_INFINITY), [3, 1])],
  ['f16', stored('f16', Uint16Array.of(0x3c01, 0x7e01), [2, 1])],
  ['bf16', stored('bf16', Uint16Array.of(0x3f81), [1, 1])],
  ['num_batches_tracked', stored('i64', BigInt64Array.of(100_000n), [])],
  ['flag', stored('bool', Uint8Array.of(1), [1])],
]);

async function convert(dtype: TargetType) {
  const converted = [...convertTensors(stateDict, { dtype })].map(async (tensor) => {
    return [tensor.name, tensor.dtype, tensor.shape, await tensor.bytes()] as const;
  });
  return new Map((await Promise.all(converted)).map(([name, ...rest]) => [name, rest]));
}

describe('convertTensors', () => {
  it('keeps everything bit by bit unless told otherwise', async () => {
    for (const { name, dtype, shape, bytes } of convertTensors(stateDict)) {
      expect(dtype).toBe(stateDict.get(name)?.dtype);
      expect(shape).toBe(stateDict.get(name)?.shape);
      expect(await bytes()).toEqual(await stateDict.get(name)?.loadBytes());
    }
  });

  it('makes floating-point tensors float32 and leaves the rest', async () => {
    const converted = await convert('f32');
    expect(converted.get('f64')).toEqual(['f32', [1, 2], bytesOf(Float32Array.of(1 + 2 ** -11, -0))]);
    expect(converted.get('f32')).toEqual(['f32', [3, 1], await stateDict.get('f32')?.loadBytes()]);
    expect(converted.get('f16')?.slice(0, 2)).toEqual(['f32', [2, 1]]);
    expect(converted.get('bf16')).toEqual(['f32', [1, 1], bytesOf(Float32Array.of(1 + 2 ** -7))]);
    expect(converted.get('num_batches_tracked')).toEqual(['i64', [], bytesOf(BigInt64Array.of(100_000n))]);
    expect(converted.get('flag')).toEqual(['bool', [1], Uint8Array.of(1)]);
  });

  it('rounds to halves once, ties to even', async () => {
    const converted = await convert('f16');
    expect(converted.get('f64')).toEqual(['f16', [1, 2], bytesOf(Uint16Array.of(0x3c01, 0x8000))]);
    expect(converted.get('f32')).toEqual(['f16', [3, 1], bytesOf(Uint16Array.of(0x3c00, 0x7bff, 0x7c00))]);
    expect(converted.get('f16')).toEqual(['f16', [2, 1], bytesOf(Uint16Array.of(0x3c01, 0x7e01))]);
    expect(converted.get('bf16')).toEqual(['f16', [1, 1], bytesOf(Uint16Array.of(0x3c08))]);
    expect(converted.get('num_batches_tracked')?.[0]).toBe('i64');
  });

  it('leaves vectors and scalars their digits when matrices become halves', () => {
    const betas = Float32Array.of(0.1, 0.99);
    const tensors = new Map([
      ['betas', stored('f32', betas, [2])],
      ['temperature', stored('f64', Float64Array.of(1), [])],
      ['weight', stored('f32', betas, [2, 1])],
    ]);
    const types = [...convertTensors(tensors, { dtype: 'f16' })].map(({ dtype }) => dtype);
    expect(types).toEqual(['f32', 'f32', 'f16']);
  });

  it('says which names share a tensor', () => {
    const tensor = stored('f32', Float32Array.of(1), [1]);
    const twin = stored('f32', Float32Array.of(1), [1]);
    const tensors = new Map([
      ['a', tensor],
      ['b', twin],
      ['c', tensor],
    ]);
    expect([...convertTensors(tensors)].map(({ sameAs }) => sameAs)).toEqual([undefined, undefined, 'a']);
  });

  it.each([
    [
      'f32',
      Float32Array.of(1, -65505),
      'f16',
      'G.a: has the value -65505, too large for f16; convert to f32',
    ],
    ['bf16', Uint16Array.of(0x7f00), 'f16', 'too large for f16'],
    ['f64', Float64Array.of(65504.001), 'f16', 'G.a: has the value 65504.001, too large for f16'],
    ['f64', Float64Array.of(4e38), 'f32', 'G.a: has the value 4e+38, too large for f32; keep the type'],
  ] as const)('refuses %s values too large for the target', async (dtype, values, target, message) => {
    const tensors = new Map([['G.a', stored(dtype, values, [1, values.length])]]);
    const [converted] = convertTensors(tensors, { dtype: target });
    await expect(converted?.bytes()).rejects.toThrow(CheckpointError);
    await expect(converted?.bytes()).rejects.toThrow(message);
  });

  it('reads nothing before it is asked to', () => {
    let reads = 0;
    const counted: StoredTensor = {
      dtype: 'f32',
      shape: [1],
      load: async () => Float32Array.of(++reads),
      loadBytes: async () => new Uint8Array(4 * ++reads),
    };
    const converted = [...convertTensors(new Map([['a', counted]]), { dtype: 'f16' })];
    expect(converted).toHaveLength(1);
    expect(reads).toBe(0);
  });
});
