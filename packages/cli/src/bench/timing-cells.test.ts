import { describe, expect, it } from 'vitest';
import { markdownTable } from './markdown-table';
import { timingCells, timingFigures, timingHead } from './timing-cells';

describe('timing figures', () => {
  const measurements = [1, 4, 2].map((seconds) => ({ seconds, peakBytes: seconds * 2 ** 20 }));

  it('count two operations for each multiply–accumulate of the median pass', () => {
    expect(timingFigures(measurements, 3e9)).toMatchObject({ gflops: 3, peakBytes: 4 * 2 ** 20 });
  });

  it('keep what the backend counted last', () => {
    const counted = measurements.map((measurement) => ({ ...measurement, counters: { dispatches: 9 } }));
    expect(timingFigures(counted, 1).counters).toEqual({ dispatches: 9 });
  });

  it('make a table', () => {
    const cells = timingCells(timingFigures(measurements, 3e9));
    expect(
      markdownTable([
        ['', ...timingHead],
        ['wasm', ...cells],
      ]),
    ).toBe(
      [
        '|  | median s | min s | quartiles s | GFLOP/s | peak memory |',
        '| --- | ---: | ---: | ---: | ---: | ---: |',
        '| wasm | 2.00 | 1.00 | 1.50–3.00 | 3.0 | 4.0 MiB |',
      ].join('\n'),
    );
  });
});
