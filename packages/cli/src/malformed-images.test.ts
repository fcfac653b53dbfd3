import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRandomSource, type RandomSource } from '@diffir/core';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { asSharp, testImage } from './testing/images';
import { runInFolder } from './testing/run-cli';
import { simpleNetwork } from './testing/simple-network';
import { temporaryFolder } from './testing/temporary-folder';

const folder = temporaryFolder();
const MUTANTS = 200;

/** Real files of every format and several kinds, by extension. */
async function originals(): Promise<readonly (readonly [string, Uint8Array])[]> {
  const size = { width: 40, height: 30 };
  const rgb = () =>
    asSharp(testImage(size))
      .withIccProfile('p3')
      .withExif({ IFD0: { Artist: 'Somebody' } });
  const rgba = () => asSharp(testImage({ ...size, channels: 4 }));
  const deep = () => asSharp(testImage({ ...size, sixteenBit: true }));
  const files = [
    ['png', rgb().png()],
    ['png', rgba().png({ progressive: true })],
    ['png', deep().png()],
    ['png', rgb().png({ palette: true })],
    ['jpg', rgb().jpeg()],
    ['jpg', rgb().jpeg({ progressive: true })],
    ['webp', rgb().webp()],
    ['webp', rgba().webp({ lossless: true })],
    ['tif', rgb().tiff({ compression: 'lzw' })],
    ['tif', deep().tiff({ compression: 'none' })],
    ['avif', rgb().avif()],
    ['avif', rgba().avif({ lossless: true })],
    ['gif', rgb().gif()],
  ] as const;
  return Promise.all(files.map(async ([extension, file]) => [extension, await file.toBuffer()] as const));
}

type Mutation = (bytes: Uint8Array, random: RandomSource) => Uint8Array;

/** A position, in the first bytes, where the structure is, as often as in all of them. */
const position = (bytes: Uint8Array, random: RandomSource) =>
  Math.floor(random() * (random() < 0.5 ? Math.min(64, bytes.length) : bytes.length));

const mutations: readonly Mutation[] = [
  function cut(bytes, random) {
    return bytes.subarray(0, position(bytes, random));
  },
  function flipBits(bytes, random) {
    for (let count = 1 + random() * 8; count > 0; count--) {
      const at = position(bytes, random);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    }
    return bytes;
  },
  function overwrite(bytes, random) {
    const start = position(bytes, random);
    return bytes.fill(random() < 0.5 ? 0 : 255, start, start + 1 + Math.floor(random() * 16));
  },
  function scramble(bytes, random) {
    const start = position(bytes, random);
    return bytes.map((byte, at) => (at >= start && at < start + 32 ? Math.floor(random() * 256) : byte));
  },
  function removePart(bytes, random) {
    const start = position(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + Math.floor(random() * 40))]);
  },
  function repeatPart(bytes, random) {
    const start = position(bytes, random);
    return Buffer.concat([bytes.subarray(0, start + 50), bytes.subarray(start)]);
  },
];

it(`fails malformed images by name and does the rest: ${MUTANTS} mutants`, { timeout: 120_000 }, async () => {
  const random = createRandomSource(17);
  const files = await originals();
  await mkdir(folder.file('in'));
  const names = Array.from({ length: MUTANTS }, (_, index) => {
    const [extension = '', original = new Uint8Array()] = files[index % files.length] ?? [];
    const mutate = mutations[Math.floor(index / files.length) % mutations.length];
    const bytes = mutate?.(new Uint8Array(original), random) ?? original;
    return { name: `${String(index).padStart(3, '0')}.${extension}`, bytes };
  });
  for (const { name, bytes } of names) await writeFile(folder.file('in', name), bytes);
  const good = ['050-good.jpg', '100-good.png', '999-good.webp'];
  for (const name of good) await asSharp(testImage()).toFile(folder.file('in', name));

  const network = await simpleNetwork('identity', folder.path);
  const argv = ['restore', 'in', '-o', 'out', '--format', 'png', '--suffix', '-x', '--json', ...network];
  const { code, stdout, stderr } = await runInFolder(argv, { cwd: folder.path });
  const entries = stdout
    .trim()
    .split('\n')
    .map((line): { input: string; output: string; error?: string } => JSON.parse(line));
  const inputs = [...names.map(({ name }) => name), ...good].map((name) => `in/${name}`);
  expect(code).toBe(1);
  expect(entries.map(({ input }) => input).sort()).toEqual(inputs.sort());

  const failed = entries.flatMap(({ input, error }) => (error === undefined ? [] : [{ input, error }]));
  // Most mutations break a file; some hit what does not matter.
  expect(failed.length).toBeGreaterThan(MUTANTS / 2);
  for (const { input, error } of failed) expect(error.startsWith(`${input}: `)).toBe(true);
  expect(stderr.trimEnd().split('\n').sort()).toEqual(failed.map(({ error }) => `diffir: ${error}`).sort());

  const done = entries.filter(({ error }) => error === undefined);
  expect(done.map(({ input }) => input)).toEqual(expect.arrayContaining(good.map((name) => `in/${name}`)));
  expect((await readdir(folder.file('out'))).map((name) => `out/${name}`).sort()).toEqual(
    done.map(({ output }) => output).sort(),
  );
  for (const { output } of done) {
    await expect(
      sharp(await readFile(folder.file(output)), { failOn: 'warning' }).stats(),
    ).resolves.toBeDefined();
  }
});
