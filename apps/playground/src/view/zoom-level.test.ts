import { describe, expect, it } from 'vitest';
import { fitSize } from './fit-size';
import { maxZoom, pixelSize, showsSquares, zoomPercent, zoomToPixels } from './zoom-level';

describe('a picture that is made to fit', () => {
  it('keeps its proportions and touches the nearer border', () => {
    expect(fitSize({ width: 400, height: 200 }, { width: 1000, height: 300 })).toEqual({
      width: 600,
      height: 300,
    });
    expect(fitSize({ width: 100, height: 300 }, { width: 50, height: 600 })).toEqual({
      width: 50,
      height: 150,
    });
    expect(fitSize({ width: 100, height: 300 }, { width: 0, height: 600 })).toEqual({ width: 0, height: 0 });
  });

  it('of scale times the size is shown at the same place and size', () => {
    const room = { width: 733, height: 411 };
    expect(fitSize({ width: 480, height: 320 }, room)).toEqual(fitSize({ width: 1920, height: 1280 }, room));
  });
});

describe('zoom', () => {
  const setup = {
    picture: { width: 4000, height: 2000 },
    shown: { width: 1000, height: 500 },
    pixelRatio: 2,
  };
  const small = { picture: { width: 100, height: 50 }, shown: { width: 1000, height: 500 }, pixelRatio: 1 };

  it('is told in screen pixels per pixel', () => {
    expect(zoomPercent(setup, 1)).toBe(50);
    expect(zoomPercent(setup, 2)).toBe(100);
    expect(zoomPercent(small, 1)).toBe(1000);
  });

  it('reaches pixel for pixel, unless the whole picture is shown larger already', () => {
    expect(zoomPercent(setup, zoomToPixels(setup))).toBe(100);
    expect(zoomToPixels(small)).toBe(1);
  });

  it('ends where single pixels are easy to see', () => {
    expect(pixelSize(setup, maxZoom(setup))).toBe(24);
    expect(maxZoom(small)).toBe(8);
    expect(maxZoom({ ...small, shown: { width: 0, height: 0 } })).toBe(8);
  });

  it('shows squares only once somebody zooms in to see them', () => {
    expect(showsSquares(small, 1)).toBe(false);
    expect(showsSquares(small, 1.1)).toBe(true);
    expect(showsSquares(setup, 11)).toBe(false);
    expect(showsSquares(setup, 12)).toBe(true);
  });
});
