import { describe, expect, it } from 'vitest';
import { photoPoint } from './photo-point';

describe('a place on the page', () => {
  it('is found in the photo, wherever and however large it is shown', () => {
    const box = { left: -100, top: 50, width: 800, height: 400 };
    const photo = { width: 400, height: 200 };
    expect(photoPoint({ x: -100, y: 50 }, box, photo)).toEqual({ x: 0, y: 0 });
    expect(photoPoint({ x: 300, y: 150 }, box, photo)).toEqual({ x: 200, y: 50 });
    expect(photoPoint({ x: 700, y: 450 }, box, photo)).toEqual({ x: 400, y: 200 });
  });
});
