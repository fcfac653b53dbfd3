import { describe, expect, it } from 'vitest';
import { createGraphBuilder } from './graph-builder';
import { allRows, recomputedRows, storedRows } from './rows';

const bands = [
  { start: 0, size: 4 },
  { start: 4, size: 4 },
  { start: 8, size: 2 },
];

describe('rows', () => {
  it('are stored once for each band, and handed out as they are', () => {
    const builder = createGraphBuilder('f32');
    const computed: number[] = [];
    const rows = storedRows(builder, bands, ({ start }) => {
      computed.push(start);
      return `band${start}`;
    });
    expect(rows.at({ start: 4, size: 4 })).toBe('band4');
    expect(rows.at({ start: 4, size: 4 })).toBe('band4');
    expect(computed).toEqual([4]);
    expect(builder.nodes).toEqual([]);
  });

  it('are cut and joined for any other run, once for all who ask', () => {
    const builder = createGraphBuilder('f32');
    const rows = storedRows(builder, bands, ({ start }) => `band${start}`);
    const name = rows.at({ start: 3, size: 6 });
    expect(rows.at({ start: 3, size: 6 })).toBe(name);
    expect(builder.nodes.map(({ operator, inputs }) => [operator, inputs[0]])).toEqual([
      ['Slice', 'band0'],
      ['Slice', 'band8'],
      ['Concat', builder.nodes[0]?.outputs[0]],
    ]);
    expect(builder.nodes[2]?.inputs[1]).toBe('band4');
    expect(allRows(rows)).not.toBe(name);
  });

  it('are computed for just the run that is asked for where that is cheaper', () => {
    const asked: string[] = [];
    const rows = recomputedRows(10, ({ start, size }) => {
      asked.push(`${start}+${size}`);
      return `v${asked.length}`;
    });
    expect([
      rows.at({ start: 3, size: 6 }),
      rows.at({ start: 3, size: 6 }),
      rows.at({ start: 0, size: 10 }),
    ]).toEqual(['v1', 'v1', 'v2']);
  });
});
