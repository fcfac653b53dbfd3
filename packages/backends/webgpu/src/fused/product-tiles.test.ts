import { describe, expect, it } from 'vitest';
import { productTiles } from './product-tiles';

/** Default limits of WebGPU. */
const [MAX_THREADS, MAX_MEMORY] = [256, 16_384];

describe('productTiles', () => {
  it('keeps to the limits of every device and computes few columns in vain', () => {
    for (let columns = 1; columns <= 1200; columns++) {
      for (const rows of [35, 5000, 65_536]) {
        const { threads, block, perThread, depth } = productTiles(rows, columns, 3);
        expect(threads.columns * threads.rows).toBeLessThanOrEqual(MAX_THREADS);
        expect(4 * depth * (block.rows + block.columns)).toBeLessThanOrEqual(MAX_MEMORY);
        expect(block.columns).toBe(threads.columns * perThread.columns);
        expect(block.rows).toBe(threads.rows * perThread.rows);
        const across = Math.ceil(columns / block.columns);
        expect(across * block.columns - columns).toBeLessThan(8 * across);
      }
    }
  });

  it('makes blocks tall where there are many rows', () => {
    expect(productTiles(65_536, 96, 1).block).toEqual({ columns: 96, rows: 128 });
    expect(productTiles(16_384, 96, 1).block).toEqual({ columns: 96, rows: 64 });
    expect(productTiles(1024, 384, 1).block).toEqual({ columns: 96, rows: 32 });
  });
});
