import { describe, expect, it } from 'vitest';
import { axisTicks, logarithmicTicks } from './axis-ticks';
import { renderReport } from './render-report';
import type { RunLogRecord } from './run-records';

const time = '2026-01-01T00:00:00.000Z';
const training = (iteration: number): RunLogRecord => ({
  kind: 'training',
  iteration,
  losses: { pixel: 1 / iteration, prior: 0.1, total: 1 / iteration + 0.1 },
  gradientNorm: 1,
  learningRate: 1e-4,
  iterationsPerSecond: 2,
  time,
});

describe('a report', () => {
  const html = renderReport({
    title: 'run <1>',
    records: [
      ...Array.from({ length: 3000 }, (_, index) => training(index + 1)),
      {
        kind: 'validation',
        iteration: 3000,
        psnr: 28.5,
        inputPsnr: 26.25,
        images: [{ name: 'a&b', psnr: 28.5 }],
        seconds: 1,
        time,
      },
    ],
    facts: { backend: '"wasm"' },
    samples: [{ caption: 'a', url: 'data:image/jpeg;base64,AA==' }],
    config: 'task: deblur # <script>',
  });

  it('needs nothing but itself', () => {
    expect(html).not.toMatch(/<script|<link|https?:|@import/i);
    expect([...html.matchAll(/ src="([^"]*)"/g)].map(([, url]) => url)).toEqual([
      'data:image/jpeg;base64,AA==',
    ]);
  });

  it('draws every loss, PSNR and rate, thinned out', () => {
    expect(html.match(/<svg/g)).toHaveLength(4);
    const [loss = ''] = html.match(/<svg.*?<\/svg>/s) ?? [];
    expect(loss.match(/<polyline/g)).toHaveLength(3);
    for (const name of ['pixel', 'prior', 'total']) expect(loss).toContain(`>${name}</tspan>`);
    for (const [, points = ''] of loss.matchAll(/points="([^"]*)"/g)) {
      expect(points.split(' ').length).toBeLessThanOrEqual(1000);
    }
    expect(html).toContain('28.50 dB');
  });

  it('escapes what it is given', () => {
    for (const text of ['run &lt;1&gt;', 'a&amp;b', '&quot;wasm&quot;', '&lt;script&gt;'])
      expect(html).toContain(text);
  });
});

describe('ticks', () => {
  it.each([
    [0, 1000, [0, 200, 400, 600, 800, 1000]],
    [26.3, 28.7, [26.5, 27, 27.5, 28, 28.5]],
    [-2, -1.3, [-2, -1.8, -1.6, -1.4]],
  ])('from %f to %f', (low, high, expected) => {
    expect(axisTicks(low, high)).toEqual(expected);
  });

  it.each([
    [0.03, 0.3, [0.05, 0.1, 0.2]],
    [1e-5, 1, [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]],
    [0.1, 0.19, [0.1, 0.126, 0.158]],
  ])('from %f to %f on a logarithmic axis', (low, high, expected) => {
    const ticks = logarithmicTicks(Math.log10(low), Math.log10(high));
    expect(ticks.map((tick) => Number((10 ** tick).toPrecision(3)))).toEqual(expected);
  });
});
