import type { MetricRequest, Score } from '@diffir/metrics';
import { describe, expect, it } from 'vitest';
import { structureProblems } from '../../testing/well-formed-html';
import { chooseImages } from './choose-images';
import { csvReport } from './csv-report';
import { evaluationReport } from './evaluation-report';
import { htmlReport } from './html/html-report';
import { jsonReport } from './json-report';
import { markdownReport } from './markdown-report';

const psnr = (value: number): Score => ({ metric: 'psnr', value, settings: { channel: 'rgb', border: 0 } });
const fid: Score = { metric: 'fid', value: 4.5, settings: { images: 3 } };
const request = (metric: 'psnr' | 'fid'): MetricRequest => ({ metric });

const names = ['a,"b".png', 'c.png', 'd|<e>.png', 'failed.png'];
const scores = (...values: number[]) =>
  new Map(values.map((value, index) => [names[index] ?? '', [psnr(value)]]));

const report = evaluationReport({
  title: 'Evaluation on <gt>',
  facts: [['ground truth', 'a & b']],
  requests: [
    { key: 'fid', request: request('fid') },
    { key: 'psnr', request: request('psnr') },
  ],
  names,
  outcomes: [
    { name: 'input', scores: scores(20, 30, 22, 10), sets: [fid] },
    { name: 'model', scores: scores(25, 24, Number.POSITIVE_INFINITY), sets: [{ ...fid, value: 2 }] },
  ],
  failures: [{ contestant: 'model', image: 'failed.png', error: 'failed.png: it is <damaged>' }],
});

describe('evaluationReport', () => {
  it('takes means over the images that every model has, and scores of sets as they are', () => {
    const [input, model] = report.contestants;
    expect(input?.totals.map((total) => total?.value)).toEqual([4.5, 24]);
    expect(model?.totals.map((total) => total?.value)).toEqual([2, Number.POSITIVE_INFINITY]);
    expect(report.images.map(({ name }) => name)).toEqual(names.slice(0, 3));
    expect(report.columns.map(({ perImage }) => perImage)).toEqual([false, true]);
  });
});

describe('chooseImages', () => {
  it('takes the best, median and worst of the first model, each once', () => {
    const chosen = chooseImages(report).map(({ role, image }) => [role, image.name]);
    expect(chosen).toEqual([
      ['best', 'd|<e>.png'],
      ['median', 'a,"b".png'],
      ['worst', 'c.png'],
    ]);
    expect(chooseImages({ ...report, images: report.images.slice(0, 1) })).toHaveLength(1);
    expect(chooseImages({ ...report, images: [] })).toEqual([]);
  });

  it('knows that lower is better for some metrics', () => {
    const columns = report.columns.map((column) =>
      column.perImage ? ({ ...column, metric: 'lpips' } as const) : column,
    );
    expect(chooseImages({ ...report, columns })[0]?.image.name).toBe('c.png');
  });
});

describe('csvReport', () => {
  it('has a row for each image and model, then the means and their intervals', () => {
    const [head, ...rows] = csvReport(report).split('\n');
    expect(head).toBe('image,model,fid,psnr');
    expect(rows.slice(0, 3)).toEqual([
      '"a,""b"".png",input,,20',
      '"a,""b"".png",model,,25',
      'c.png,input,,30',
    ]);
    // Some of the resamples are three times the same image.
    expect(rows.slice(6, 9)).toEqual(['(mean),input,4.5,24', '(lower),input,,20', '(upper),input,,30']);
    expect(rows.at(-1)).toBe('');
    expect(rows).toHaveLength(3 * 2 + 3 * 2 + 1);
  });
});

describe('jsonReport', () => {
  it('keeps its shape', () => {
    expect(JSON.parse(jsonReport(report))).toMatchObject({
      format: 1,
      title: 'Evaluation on <gt>',
      settings: { 'ground truth': 'a & b' },
      metrics: [
        { key: 'fid', metric: 'fid', name: 'FID', unit: null, better: 'lower', settings: { images: 3 } },
        { key: 'psnr', metric: 'psnr', name: 'PSNR', unit: 'dB', better: 'higher' },
      ],
      models: [
        {
          name: 'input',
          scores: {
            fid: { value: 4.5 },
            psnr: {
              value: 24,
              interval: { confidence: 0.95, resamples: 10_000, seed: 0 },
              summary: { count: 3 },
            },
          },
        },
        { name: 'model', scores: { psnr: { value: 'Infinity' } } },
      ],
      images: [
        { name: names[0], scores: { input: { psnr: 20 }, model: { psnr: 25 } } },
        { name: names[1] },
        { name: names[2], scores: { model: { psnr: 'Infinity' } } },
      ],
      failures: [{ contestant: 'model', image: 'failed.png', error: 'failed.png: it is <damaged>' }],
    });
  });
});

describe('markdownReport', () => {
  it('shows means with intervals, settings, failures and every image', () => {
    const text = markdownReport(report);
    expect(text).toMatch(/^\| {2}\| FID ↓ \| PSNR \(dB\) ↑ \|\n/m);
    expect(text).toMatch(/^\| input \| 4\.5000 \| 24\.00 \[\d+\.\d\d, \d+\.\d\d\] \|$/m);
    expect(text).toContain('PSNR (dB) ↑: channel rgb, border 0.');
    expect(text).toContain('- model: failed.png: it is <damaged>');
    expect(text).toContain('| d\\|<e>.png | 22.00 | ∞ |');
  });
});

describe('htmlReport', () => {
  const strips = [
    {
      heading: 'best: d|<e>.png',
      images: [{ name: 'input', scores: 'PSNR 22', uri: 'data:image/webp;base64,AA' }],
    },
  ];
  const html = htmlReport(report, strips);

  it('is well-formed and asks for nothing from outside', () => {
    expect(structureProblems(html)).toEqual([]);
    expect(html).not.toMatch(/(?:https?:)?\/\/\w/);
    const loaded = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(loaded).toEqual(['data:,', 'data:image/webp;base64,AA']);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/url\(|@import/);
  });

  it('shows text as text', () => {
    expect(html).toContain('<h1>Evaluation on &lt;gt&gt;</h1>');
    expect(html).toContain('<h3>best: d|&lt;e&gt;.png</h3>');
    expect(html).toContain('it is &lt;damaged&gt;');
  });

  it('can be used with the keyboard, in light and dark', () => {
    expect(html).toMatch(/<div class="strip" tabindex="0" role="group" aria-label="/);
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain('color-scheme: light dark');
  });
});
