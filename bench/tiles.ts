/**
 * What tile size and overlap cost and gain: PSNR against the sharp original, how much the tile borders
 * show, and how many pixels the network computes for one of the picture's. Prints a Markdown table.
 *
 *     node scripts/run.mjs bench/tiles.ts <folder of originals> [options]
 *       --lq <folder>        blurred pictures of the same names; default: synthetic camera shake
 *       --model <file>       default: the shipped deblur-small
 *       --limit <n>          how many pictures, drawn by --seed (default 1); default: all
 *       --crop <w>x<h>       the middle of each picture; default: all of it
 *       --settings <list>    tile:overlap, comma-separated; the whole picture is always first
 *       --seams-only         no PSNR, for networks that have not learned anything
 *
 * An inpainting network gets holes: bands of 40 rows in every 64.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandomSource, type Image, planSpans, type RandomSource, toUnitRange } from '@diffir/core';
import { blurByCameraShake } from '@diffir/tasks';
import { createRestorer } from 'diffir';
import sharp from 'sharp';
import { measureSeams } from '../packages/cli/src/testing/seam-metric';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lq: { type: 'string' },
    model: { type: 'string', default: 'packages/models/weights/deblur-small.safetensors' },
    limit: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    crop: { type: 'string' },
    settings: { type: 'string', default: '128:32,192:32,256:8,256:16,256:32,256:64,384:32,512:32' },
    'seams-only': { type: 'boolean', default: false },
  },
});
const [folder = ''] = positionals;

interface Picture {
  readonly name: string;
  readonly lq: Image;
  readonly gt: Image;
}

async function load(path: string): Promise<Image> {
  const picture = sharp(path).removeAlpha().toColourspace('srgb');
  const { width, height } = await picture.metadata();
  const [w = width, h = height] = values.crop?.split('x').map(Number) ?? [];
  const box = { width: Math.min(w, width), height: Math.min(h, height) };
  const { data, info } = await picture
    .extract({ ...box, left: (width - box.width) >> 1, top: (height - box.height) >> 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height, channels: 3 };
}

/** `count` of the items, drawn without replacement, in their own order. */
function draw<T>(items: readonly T[], count: number, random: RandomSource): readonly T[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  const chosen = new Set(
    keyed
      .sort((a, b) => a.key - b.key)
      .slice(0, count)
      .map(({ item }) => item),
  );
  return items.filter((item) => chosen.has(item));
}

async function loadPictures(): Promise<readonly Picture[]> {
  const random = createRandomSource(Number(values.seed));
  const names = draw((await readdir(folder)).sort(), Number(values.limit), random);
  const pictures: Picture[] = [];
  for (const name of names) {
    const gt = await load(join(folder, name));
    const unit = { ...gt, data: toUnitRange(gt.data) };
    const lq = values.lq === undefined ? blurByCameraShake(unit, random) : await load(join(values.lq, name));
    pictures.push({ name, lq: values['seams-only'] ? gt : lq, gt });
  }
  return pictures;
}

function psnr(a: Image, b: Image): number {
  let squares = 0;
  for (let index = 0; index < a.data.length; index++) {
    squares += ((a.data[index] ?? 0) - (b.data[index] ?? 0)) ** 2;
  }
  return 10 * Math.log10((255 ** 2 * a.data.length) / squares);
}

const inHole = (_: number, y: number) => y % 64 < 40;

function bandsOfHoles({ width, height }: Image): Image {
  const data = Uint8Array.from({ length: width * height }, (_, index) =>
    inHole(0, Math.floor(index / width)) ? 255 : 0,
  );
  return { data, width, height, channels: 1 };
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const fixed = (numbers: readonly number[], digits: number) =>
  numbers.length > 0 ? mean(numbers).toFixed(digits) : '–';

const restorer = await createRestorer({ model: values.model, backend: 'wasm' });
const { scale, sizeMultiple: multiple, inputChannels } = restorer.model;
const masked = restorer.task.mask === 'required';
const pictures = await loadPictures();
const wholes = new Map<Picture, Image>();
const settings = [[0, 0], ...values.settings.split(',').map((setting) => setting.split(':').map(Number))];
console.log(`${pictures.length} pictures, ${inputChannels} channels, ×${scale}`);
console.log(
  `blurred: ${fixed(values['seams-only'] ? [] : pictures.map(({ lq, gt }) => psnr(lq, gt)), 3)} dB`,
);
console.log('| tile | overlap | dB | over whole, dB (least to most) | seams | edges | computed |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
for (const [tile = 0, overlap = 0] of settings) {
  const columns: Record<'scores' | 'gains' | 'seams' | 'edges' | 'computed', number[]> = {
    scores: [],
    gains: [],
    seams: [],
    edges: [],
    computed: [],
  };
  for (const picture of pictures) {
    const { lq, gt } = picture;
    const mask = masked ? { mask: bandsOfHoles(lq) } : {};
    const result = await restorer.restore(lq, { tile, overlap, ...mask });
    if (tile === 0) wholes.set(picture, result);
    const whole = wholes.get(picture) ?? result;
    if (!values['seams-only']) {
      columns.scores.push(psnr(result, gt));
      columns.gains.push(psnr(result, gt) - psnr(whole, gt));
    }
    if (tile === 0) continue;
    const spans = [lq.height, lq.width].map((length) => planSpans({ length, tile, overlap, multiple }));
    const [rows = [], across = []] = spans;
    columns.computed.push(
      (rows.length * across.length * (rows[0]?.size ?? 0) * (across[0]?.size ?? 0)) / (lq.width * lq.height),
    );
    if (rows.length * across.length === 1) continue;
    const enlarged = spans.map((list) =>
      list.map(({ start, size }) => ({ start: start * scale, size: size * scale })),
    );
    const [enlargedRows = [], enlargedColumns = []] = enlarged;
    const { difference, edges } = measureSeams({
      tiled: result,
      whole,
      rows: enlargedRows,
      columns: enlargedColumns,
      ...(masked && { counts: inHole }),
    });
    columns.seams.push(difference);
    columns.edges.push(edges);
  }
  const { scores, gains, seams, edges, computed } = columns;
  const spread =
    gains.length > 1 ? ` (${Math.min(...gains).toFixed(2)} to ${Math.max(...gains).toFixed(2)})` : '';
  const gain = tile === 0 || gains.length === 0 ? '' : `${fixed(gains, 3)}${spread}`;
  const size = tile === 0 ? 'whole' : String(tile);
  console.log(
    `| ${size} | ${tile === 0 ? '' : overlap} | ${fixed(scores, 3)} | ${gain} | ${fixed(seams, 2)} | ${fixed(edges, 3)} | ${fixed(computed, 2)} |`,
  );
}
await restorer.dispose();
