import { spawnSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { createRestorer as createCoreRestorer, createRegistry, priorNoise } from '@diffir/core';
import ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { describeOnnxChecker } from '../../../../../tools/optional-suites';
import { describeShared, sharedPath } from '../../../../../tools/shared';
import { nodeHost } from '../../io/node-host';
import { builtinPlugins } from '../../plugins/builtin-plugins';
import { runInFolder } from '../../testing/run-cli';
import { temporaryFolder } from '../../testing/temporary-folder';

const folder = temporaryFolder();
const exportModel = (...argv: string[]) => runInFolder(['export', ...argv], { cwd: folder.path });

interface Size {
  readonly height: number;
  readonly width: number;
}

const cases = [
  { name: 'deblur-tiny', file: 'stage2.pth', task: 'deblur', multiple: 8 },
  { name: 'inpainting-tiny', file: 'lightning.ckpt', task: 'inpaint', multiple: 8 },
  { name: 'srgan-x4-tiny', file: 'stage2.pth', task: 'sr', multiple: 8 },
  { name: 'realsr-x2-tiny', file: 'stage2.pth', task: 'real-sr', multiple: 16 },
  { name: 'realsr-x1-tiny', file: 'stage2.pth', task: 'real-sr', multiple: 32 },
] as const;

/** Values in [0,1] that look like nothing in particular, `[H,W,C]`. */
function pattern({ height, width }: Size, channels: number, step: number): Float32Array {
  return Float32Array.from({ length: height * width * channels }, (_, index) => ((index * step) % 256) / 256);
}

/** A hole in the middle, `[H,W,1]`. */
function hole({ height, width }: Size): Float32Array {
  return Float32Array.from({ length: height * width }, (_, index) => {
    const [row, column] = [Math.floor(index / width), index % width];
    return row >= height / 4 && row < height / 2 && column >= width / 4 && column < width / 2 ? 1 : 0;
  });
}

function toPlanar(values: Float32Array, channels: number): Float32Array {
  const pixels = values.length / channels;
  return Float32Array.from(
    values,
    (_, index) => values[(index % pixels) * channels + Math.floor(index / pixels)] ?? 0,
  );
}

/** What the file computes in a session with stock options. */
async function runFile(path: string, size: Size, mask: boolean): Promise<Float32Array> {
  const { height, width } = size;
  const session = await ort.InferenceSession.create(path);
  const feeds = {
    image: new ort.Tensor('float32', toPlanar(pattern(size, 3, 89), 3), [1, 3, height, width]),
    noise: new ort.Tensor('float32', priorNoise(5, 256), [1, 256]),
    ...(mask && { mask: new ort.Tensor('float32', hole(size), [1, 1, height, width]) }),
  };
  const { restored } = await session.run(feeds);
  await session.release();
  return Float32Array.from(restored?.data as Float32Array);
}

/** What restoring computes on WebAssembly, as the file lays it out. */
async function restore(path: string, task: string, size: Size): Promise<Float32Array> {
  const restorer = await createCoreRestorer({
    registry: createRegistry(builtinPlugins),
    host: nodeHost(),
    backend: 'wasm',
    model: path,
    task,
  });
  const image = { ...size, channels: 3, data: pattern(size, 3, 89) } as const;
  const mask = { ...size, channels: 1, data: hole(size) } as const;
  const { data } = await restorer.restore(image, { seed: 5, tile: 0, ...(task === 'inpaint' && { mask }) });
  await restorer.dispose();
  return toPlanar(Float32Array.from(data), 3);
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? Number.NaN))), 0);
}

/** One file for all sizes computes what restoring does. */
async function expectThreeSizes(model: string, task: string, multiple: number): Promise<void> {
  expect(await exportModel(model, '--task', task, '-o', 'model.onnx', '--dynamic')).toMatchObject({
    code: 0,
    stderr: '',
  });
  for (const [rows, columns] of [
    [1, 1],
    [3, 2],
    [2, 5],
  ] as const) {
    const size = { height: rows * multiple, width: columns * multiple };
    const [actual, expected] = [
      await runFile(folder.file('model.onnx'), size, task === 'inpaint'),
      await restore(model, task, size),
    ];
    // The project's bound; single precision accounts for 1e-6.
    expect(largestDifference(actual, expected)).toBeLessThanOrEqual(1e-4);
  }
}

describeShared('diffir export', () => {
  it.each(cases)(
    '$name: one file for three sizes',
    { timeout: 180_000 },
    async ({ name, file, task, multiple }) => {
      await expectThreeSizes(sharedPath('parity', name, file), task, multiple);
    },
  );

  it('writes a graph for one size, and half-size weights that compute nearly the same', async () => {
    const checkpoint = sharedPath('parity/deblur-tiny/stage2.pth');
    await exportModel(checkpoint, '-o', 'full.onnx', '--size', '16x24');
    const { code } = await exportModel(checkpoint, '-o', 'half.onnx', '--size', '16x24', '--dtype', 'f16');
    expect(code).toBe(0);
    const [full, half] = await Promise.all(['full.onnx', 'half.onnx'].map((name) => stat(folder.file(name))));
    expect(half?.size).toBeLessThan((full?.size ?? 0) * 0.7);
    const size = { height: 16, width: 24 };
    const difference = largestDifference(
      await runFile(folder.file('full.onnx'), size, false),
      await runFile(folder.file('half.onnx'), size, false),
    );
    // Weights rounded to 11 bits through a few dozen layers; exactly equal would mean they were not.
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(0.01);
  });
});

describe('diffir export', () => {
  it('writes the filling of holes too, for three sizes', { timeout: 180_000 }, async () => {
    await expectThreeSizes('inpaint-small', 'inpaint', 8);
  });

  it('refuses a wrong name, a size the network cannot take, and an existing file', async () => {
    expect(await exportModel('-o', 'model.pb')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('.onnx'),
    });
    expect(await exportModel('-o', 'model.onnx', '--size', '20')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('multiples of 8'),
    });
    expect(await exportModel('-o', 'model.onnx', '--size', '16', '--dynamic')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--size'),
    });
    expect(await readdir(folder.path)).toEqual([]);
    expect((await exportModel('-o', 'model.onnx')).code).toBe(0);
    expect(await exportModel('-o', 'model.onnx')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('exists already'),
    });
  });
});

describeOnnxChecker('exported files', () => {
  it('are accepted by the checker of ONNX itself', async () => {
    await exportModel('-o', 'any.onnx');
    await exportModel('-o', 'fixed.onnx', '--size', '64', '--dtype', 'f16');
    const script =
      'import onnx,sys\nfor f in sys.argv[1:]: onnx.checker.check_model(onnx.load(f), full_check=True)';
    const { status, stderr } = spawnSync('/usr/bin/python3', ['-c', script, 'any.onnx', 'fixed.onnx'], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
