import { describe, expect, it } from 'vitest';
import { pairByName } from './pair-by-name';

const files = (...places: string[]) => places.map((place) => ({ place }));

describe('pairing', () => {
  it('goes by name, not by order or format', () => {
    const { pairs, mismatches } = pairByName(files('b.jpg', 'x/a.1.png'), files('x\\a.1.tif', 'b.png'));
    expect(mismatches).toEqual([]);
    expect(pairs.map(({ name, lq, gt }) => [name, lq.place, gt.place])).toEqual([
      ['b', 'b.jpg', 'b.png'],
      ['x/a.1', 'x/a.1.png', 'x\\a.1.tif'],
    ]);
  });

  it('names every file without a partner, and names that are taken twice', () => {
    const { pairs, mismatches } = pairByName(files('a.png', 'b.png', 'b.jpg'), files('b.png', 'c.png'));
    expect(pairs).toEqual([]);
    expect(mismatches).toEqual([
      'a.png has no GT picture',
      'b: several files have this name (b.png, b.jpg, b.png)',
      'c.png has no LQ picture',
    ]);
  });
});
