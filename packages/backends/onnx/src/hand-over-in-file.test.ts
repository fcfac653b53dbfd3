import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handOverInFile } from './hand-over-in-file';
import type { OnnxModel, OnnxTensor } from './model-file/onnx-model';
import { makeTemporaryFolder } from './temporary-folder';

vi.mock('./temporary-folder', { spy: true });

/** A constant that notes every time its bytes are made. */
function countedConstant(bytes: number, value: number, made: number[]): OnnxTensor {
  return {
    type: 'float32',
    shape: [bytes / 4],
    byteLength: bytes,
    data() {
      made.push(value);
      return new Uint8Array(bytes).fill(value);
    },
  };
}

const MEGABYTE = 2 ** 20;

function modelOf(initializers: [string, OnnxTensor][]): OnnxModel {
  return { name: 'm', opset: 17, nodes: [], inputs: [], outputs: [], initializers: new Map(initializers) };
}

const session = (release = async () => {}) => ({ release }) as InferenceSession;

function folderOf(options: InferenceSession.SessionOptions): string | undefined {
  const extra = options.extra as { session?: { model_external_initializers_file_folder_path?: string } };
  return extra?.session?.model_external_initializers_file_folder_path;
}

describe('handing over in a file', () => {
  let folder: string;
  const systemFolder = process.env.TMPDIR;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'diffir-test-'));
    process.env.TMPDIR = folder;
  });
  afterEach(async () => {
    if (systemFolder === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = systemFolder;
    await rm(folder, { recursive: true, force: true });
  });

  it('writes each weight once, none into the bytes, and leaves no file', async () => {
    const made: number[] = [];
    const model = modelOf([
      ['a', countedConstant(MEGABYTE, 1, made)],
      ['b', countedConstant(MEGABYTE + 4, 2, made)],
      ['c', countedConstant(MEGABYTE, 3, made)],
      ['shape', countedConstant(16, 9, made)],
    ]);
    const handedOver = await handOverInFile(model, async (bytes, options) => {
      expect(bytes.length).toBeLessThan(1000);
      expect(options.externalData).toBeUndefined();
      const file = await readFile(join(folderOf(options) ?? '', 'weights'));
      // Tensors begin at multiples of 64 bytes.
      expect(file.length).toBe(3 * MEGABYTE + 64);
      expect([file[0], file[MEGABYTE], file[MEGABYTE + 3], file[file.length - 1]]).toEqual([1, 2, 2, 3]);
      return session();
    });
    expect(made.sort()).toEqual([1, 2, 3, 9]);
    expect(readdirSync(folder)).toEqual([]);
    await handedOver.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes small weights together, each where it is said to lie', async () => {
    const sizes = Array.from({ length: 3000 }, (_, index) => 1024 + 4 * (index % 40));
    const model = modelOf(
      sizes.map((bytes, index) => [`w${index}`, countedConstant(bytes, index % 251, [])]),
    );
    await handOverInFile(model, async (_, options) => {
      const file = await readFile(join(folderOf(options) ?? '', 'weights'));
      let offset = 0;
      for (const [index, bytes] of sizes.entries()) {
        const expected = new Uint8Array(Math.ceil(bytes / 64) * 64).fill(index % 251, 0, bytes);
        expect(file.subarray(offset, offset + expected.length).equals(expected)).toBe(true);
        offset += expected.length;
      }
      expect(file.length).toBe(offset);
      return session();
    });
  });

  it('leaves no file where the session cannot be made', async () => {
    const model = modelOf([['a', countedConstant(MEGABYTE, 1, [])]]);
    const refusal = new Error('refused');
    let seen = '';
    const result = handOverInFile(model, async (_, options) => {
      seen = folderOf(options) ?? '';
      expect(existsSync(seen)).toBe(true);
      throw refusal;
    });
    await expect(result).rejects.toBe(refusal);
    expect(seen).not.toBe('');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes without a file for little, and where none can be written', async () => {
    const check = async (model: OnnxModel) => {
      const released: string[] = [];
      const handedOver = await handOverInFile(model, async (_, options) => {
        expect(folderOf(options)).toBeUndefined();
        expect(options.externalData).toHaveLength(1);
        return session(async () => void released.push('session'));
      });
      await handedOver.release();
      expect(released).toEqual(['session']);
    };
    await check(modelOf([['a', countedConstant(MEGABYTE - 64, 1, [])]]));
    process.env.TMPDIR = join(folder, 'missing');
    await check(modelOf([['a', countedConstant(MEGABYTE, 1, [])]]));
  });

  it('removes with the session what could not be removed earlier', async () => {
    const order: string[] = [];
    const path = await mkdtemp(join(folder, 'mapped-'));
    vi.mocked(makeTemporaryFolder).mockResolvedValueOnce({
      path,
      async remove() {
        order.push('remove');
        if (order.length === 1) throw new Error('EBUSY');
      },
    });
    const model = modelOf([['a', countedConstant(MEGABYTE, 1, [])]]);
    const handedOver = await handOverInFile(model, async () =>
      session(async () => void order.push('release')),
    );
    await handedOver.release();
    expect(order).toEqual(['remove', 'release', 'remove']);
  });
});
